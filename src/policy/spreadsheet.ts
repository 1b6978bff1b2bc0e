import type { TicketView } from './project.js';

/**
 * Tickets as a spreadsheet: CSV (RFC 4180) in UTF-8, the same bytes whichever backend writes it. By hand: what a library would
 * add to one rule of quoting is its size, and the guard below is ours in any case.
 */

type SheetTicket = Pick<
  TicketView,
  'number' | 'subject' | 'status' | 'turn' | 'requester' | 'company' | 'createdAt' | 'updatedAt' | 'properties'
>;

/** A property of tickets that has a column. */
export interface SheetProperty {
  readonly name: string;
  readonly label: string;
  /** What its values are called, where they are not shown as they are. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | null;
}

const english = {
  columns: ['Number', 'Subject', 'Status', 'Whose turn', 'Requester', 'Company', 'Created (UTC)', 'Updated (UTC)'],
  turns: { contact: 'Your turn', support: 'Support' },
  cut: (rows: string) => `The list goes on: this file ends after ${rows} tickets.`,
};
const polish: typeof english = {
  columns: ['Numer', 'Temat', 'Status', 'Czyja kolej', 'Autor', 'Firma', 'Utworzono (UTC)', 'Zaktualizowano (UTC)'],
  turns: { contact: 'Twoja kolej', support: 'Pomoc techniczna' },
  cut: (rows) => `To nie wszystko: ten plik kończy się po ${rows} zgłoszeniach.`,
};

const wordsOf = (language: string) => (/^pl\b/.test(language) ? polish : english);

/** First line of the file. Before it the mark without which Excel on Windows takes UTF-8 for the code page of the machine. */
export const sheetHead = (properties: readonly SheetProperty[], language: string): string =>
  `\ufeff${lineOf([...wordsOf(language).columns, ...properties.map(({ label }) => label)])}`;

/** The line of one ticket. Times are UTC in the one form that spreadsheets of every language read as a time. */
export function sheetLine(ticket: SheetTicket, properties: readonly SheetProperty[], language: string): string {
  const { number, subject, status, turn, requester, company, createdAt, updatedAt } = ticket;
  return lineOf([
    number,
    subject,
    status.label,
    turn && wordsOf(language).turns[turn],
    requester.name,
    company?.name ?? null,
    timeOf(createdAt),
    timeOf(updatedAt),
    ...properties.map(({ name, options }) => {
      const value = ticket.properties[name] ?? null;
      return options?.find((option) => option.value === value)?.label ?? value;
    }),
  ]);
}

/** Last line of a file that does not hold the whole list. */
export function sheetCut(rows: number, properties: readonly SheetProperty[], language: string): string {
  const { columns, cut } = wordsOf(language);
  const empty = Array<null>(columns.length + properties.length - 1).fill(null);
  return lineOf([cut(new Intl.NumberFormat(language).format(rows)), ...empty]);
}

const timeOf = (iso: string) => iso.slice(0, 19).replace('T', ' ');

const lineOf = (cells: readonly (string | number | null)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(value: string | number | null): string {
  const text = typeof value === 'string' ? harmless(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Text that no spreadsheet runs: an apostrophe stands before what would begin a formula. Within the text as well, where it
 * begins a cell to who parts cells by semicolons, as spreadsheets do in half of Europe: then no quotes hold it together.
 */
const harmless = (text: string): string =>
  /^-?\d+(\.\d+)?$/.test(text) ? text : text.replace(/(?<=^|[;\r\n])(?=[=+\-@\t\r＝＋－＠])/g, "'");
