import * as z from 'zod/mini';

import {
  emailSchema,
  importLines,
  type ImportReportWire,
  nameSchema,
  propertyName,
  propertyValue,
} from '../../../wire/index.js';
import type { CsvRow } from '../../deps.js';
import { refuse } from './writing.js';

type Line = ImportReportWire['lines'][number];
export type Refusal = NonNullable<Line['code']>;

/** Who a row is about. What its cells say nothing of is not there. */
export interface Person {
  readonly line: number;
  readonly email: string;
  readonly name?: string;
  /** Names; never empty. */
  readonly companies?: readonly string[];
  readonly primaryCompany?: string;
  readonly accessGroups?: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
}

/** A row that is refused whatever there is already. */
export interface Refused {
  readonly line: number;
  readonly email: string;
  readonly code: Refusal;
}

type Column = 'email' | 'name' | 'company' | 'primary company' | 'access groups';
/** Names that no property of a contact can have: a table means something else by them. */
export const reservedColumns: readonly string[] = [
  'email',
  'name',
  'company',
  'primary company',
  'access groups',
] satisfies Column[];

/** Is a text, where there is one, such as the wire would take? */
export const fits = (schema: z.ZodMiniType, text: string | undefined): boolean =>
  text === undefined || z.safeParse(schema, text).success;
/** Several in one cell. */
const several = (cell: string | undefined): string[] | undefined =>
  (cell && [
    ...new Set(
      cell
        .split(';')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  ]) ||
  undefined;

/**
 * A table of people, row by row. Columns have the names above, in any order and case; every other one is a property.
 *
 * @throws ApiError `invalid` at `csv` for a table that has no header to go by, or too many rows
 */
export function readTable([header, ...rows]: readonly CsvRow[]): (Person | Refused)[] {
  const names = readHeader(header);
  if (rows.length > importLines) throw refuse('csv', 'too-many-lines');
  const seen = new Set<string>();
  return rows.map((row) => {
    const read = readRow(names, row);
    const address = read.email.toLowerCase();
    if ('code' in read) return read;
    if (seen.has(address)) return { line: row.line, email: read.email, code: 'repeated' };
    seen.add(address);
    return read;
  });
}

function readHeader(header: CsvRow | undefined): string[] {
  if (!header?.cells) throw refuse('csv', header ? 'malformed' : 'empty');
  const names = header.cells.map((cell) => (reservedColumns.includes(cell.toLowerCase()) ? cell.toLowerCase() : cell));
  // Spreadsheets leave columns without a name at the end.
  while (names.at(-1) === '') names.pop();
  if (!names.includes('email')) throw refuse('csv', 'no-email-column');
  if (new Set(names).size < names.length) throw refuse('csv', 'column-repeated');
  if (names.some((name) => !fits(propertyName, name))) throw refuse('csv', 'column-name');
  return names;
}

function readRow(names: readonly string[], { line, cells }: CsvRow): Person | Refused {
  if (!cells) return { line, email: '', code: 'malformed' };
  const written = new Map(names.map((name, at) => [name, cells[at]]).filter(([, cell]) => cell) as [string, string][]);
  const cell = (name: Column) => written.get(name);
  const email = cell('email') ?? '';
  const refused = (code: Refusal): Refused => ({ line, email: email.slice(0, 254), code });
  if (cells.slice(names.length).some(Boolean)) return refused('columns');
  if (!fits(emailSchema, email)) return refused('email');
  const name = cell('name');
  if (!fits(nameSchema, name)) return refused('name');
  const companies = several(cell('company'));
  if (companies?.some((company) => !fits(nameSchema, company))) return refused('company');
  const primaryCompany = cell('primary company');
  const accessGroups = several(cell('access groups'));
  const properties = Object.fromEntries([...written].filter(([column]) => !reservedColumns.includes(column)));
  if (Object.values(properties).some((value) => !fits(propertyValue, value))) return refused('property');
  return {
    line,
    email,
    properties,
    ...(name && { name }),
    ...(companies && { companies }),
    ...(primaryCompany && { primaryCompany }),
    ...(accessGroups && { accessGroups }),
  };
}
