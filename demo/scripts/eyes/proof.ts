import type { PortalBackend } from '../../../src/index.js';
import type { StaffMessage, StaffTicketDetail } from '../staff-client.js';
import { type Relation, relationBy } from './rule.js';
import type { Desk, Permission, Viewpoint } from './scene.js';

/** One question that was asked as one person, and how the answer compares with the rule. */
export interface Asked {
  /** Key of the person. */
  readonly who: string;
  readonly kind: 'ticket' | 'messages' | 'file' | 'list' | 'search' | 'absent';
  /** Number of the ticket, name of the file, state of the list. */
  readonly about: string;
  /** `leak`: the answer says more than the rule allows; `wrong`: it says less, or something else. */
  readonly verdict: 'right' | 'leak' | 'wrong';
  /** The person may have it, and got it. */
  readonly given: boolean;
  readonly got: string;
}

/** A ticket of the account, as Support sees it. */
interface Known {
  readonly ticket: StaffTicketDetail;
  readonly messages: readonly StaffMessage[];
}

const together = 4;

/**
 * Asks as every person for every ticket, its thread, its files, by search and in lists, and compares with what the rule
 * says of the tickets as Support sees them. What a person may not see must be answered exactly as what was never there.
 *
 * @param onProgress hears how many questions have been answered
 */
export async function prove(
  views: readonly Viewpoint[],
  desk: Desk,
  permission: Permission,
  onProgress: (asked: number) => void = () => {},
): Promise<readonly Asked[]> {
  const listed = await desk.listTickets();
  const known: Known[] = [];
  await eachOf(listed, async ({ id }) => {
    const [ticket, messages] = await Promise.all([desk.getTicket(id), desk.listMessages(id)]);
    known.push({ ticket, messages });
  });
  known.sort((one, other) => one.ticket.number - other.ticket.number);
  const asked: Asked[] = [];
  const note = (one: Asked) => {
    asked.push(one);
    onProgress(asked.length);
  };
  await Promise.all(views.map((view) => askAs(view, known, permission, note)));
  return asked;
}

async function askAs(
  { looker, backend }: Viewpoint,
  known: readonly Known[],
  permission: Permission,
  note: (asked: Asked) => void,
): Promise<void> {
  const relations = new Map<string, Relation | null>(
    known.map(({ ticket }) => [ticket.id, relationBy(permission, looker, ticket)]),
  );
  const put = (kind: Asked['kind'], about: string, verdict: Asked['verdict'], given: boolean, got: string) =>
    note({ who: looker.key, kind, about, verdict, given, got });

  // Nobody has ever had these ids: the measure of what "not there" looks like.
  const nobodys = newId();
  const absent = {
    ticket: await textOf(() => backend.getTicket(nobodys)),
    messages: await textOf(() => backend.listMessages(nobodys)),
    file: await textOf(() => backend.download(nobodys)),
  };
  for (const [kind, answer] of Object.entries(absent)) {
    put('absent', kind, isRefusal(answer) ? 'right' : 'leak', false, answer);
  }

  /** A closed door must look like no door. */
  async function askForNothing(kind: 'ticket' | 'messages' | 'file', about: string, ask: () => Promise<unknown>) {
    const got = await textOf(ask);
    put(kind, about, got === absent[kind] && isRefusal(got) ? 'right' : 'leak', false, got);
  }

  await eachOf(known, async ({ ticket, messages }) => {
    const relation = relations.get(ticket.id) ?? null;
    const about = `#${ticket.number}`;
    const getTicket = () => backend.getTicket(ticket.id);
    const getThread = () => idsOf((cursor) => threadPage(backend, ticket.id, cursor));
    if (relation === null) {
      await askForNothing('ticket', about, getTicket);
      await askForNothing('messages', about, getThread);
    } else {
      const why = await answerOf(async () => (await getTicket()).why.relation);
      put('ticket', about, why === relation ? 'right' : 'wrong', true, String(why));
      const open = messages.filter(({ internal }) => !internal).map(({ id }) => id);
      const thread = await answerOf(getThread);
      put('messages', about, compare(thread, open), true, sizeOf(thread));
    }
    for (const { internal, attachments } of messages) {
      for (const file of attachments) {
        const download = () => backend.download(file.id);
        if (relation === null || internal) await askForNothing('file', file.name, download);
        else {
          const size = await answerOf(async () => (await download()).size);
          put('file', file.name, size === file.size ? 'right' : 'wrong', true, String(size));
        }
      }
    }
    const visible = known.filter((one) => relations.get(one.ticket.id)).map((one) => one.ticket.id);
    const found = await answerOf(() => idsOf((cursor) => listPage(backend, { q: String(ticket.number) }, cursor)));
    const beyond = Array.isArray(found) && found.some((id) => !visible.includes(id));
    const lost = !Array.isArray(found) || found.includes(ticket.id) !== (relation !== null);
    put('search', about, beyond ? 'leak' : lost ? 'wrong' : 'right', relation !== null, sizeOf(found));
  });

  for (const state of ['all', 'open', 'closed'] as const) {
    const fits = ({ ticket }: Known) =>
      state === 'all' || (ticket.status.category === 'closed') === (state === 'closed');
    const expected = known.filter((one) => relations.get(one.ticket.id) && fits(one)).map(({ ticket }) => ticket.id);
    const list = await answerOf(() => idsOf((cursor) => listPage(backend, { state }, cursor)));
    put('list', state, compare(list, expected), true, sizeOf(list));
  }
}

const isRefusal = (text: string): boolean => text.includes('"code":"not-found"');

/** What is more than expected is a leak, what is less is wrong. */
function compare(got: unknown, expected: readonly string[]): Asked['verdict'] {
  if (!Array.isArray(got)) return 'wrong';
  if (got.some((id: string) => !expected.includes(id))) return 'leak';
  return new Set(got).size === expected.length ? 'right' : 'wrong';
}

const sizeOf = (answer: unknown): string => (Array.isArray(answer) ? String(answer.length) : String(answer));

interface IdPage {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

async function idsOf(ask: (cursor: string | null) => Promise<IdPage>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: IdPage = await ask(cursor);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  return ids;
}

async function threadPage(backend: PortalBackend, id: string, cursor: string | null): Promise<IdPage> {
  const page = await backend.listMessages(id, { limit: 100, ...(cursor && { before: cursor }) });
  return { items: page.items, next: page.previousCursor };
}

async function listPage(
  backend: PortalBackend,
  query: { readonly q: string } | { readonly state: 'all' | 'open' | 'closed' },
  cursor: string | null,
): Promise<IdPage> {
  const page = await backend.listTickets({ ...query, limit: 100, ...(cursor && { cursor }) });
  return { items: page.items, next: page.nextCursor };
}

/** The answer, or why there was none, in words. */
async function answerOf<T>(ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** All that an answer tells: of a refusal, everything that the caller can read. */
async function textOf(ask: () => Promise<unknown>): Promise<string> {
  try {
    return `an answer: ${JSON.stringify(await ask())}`.slice(0, 120);
  } catch (error) {
    const { name, message, code, fields, retryAfter } = error as Error & Record<string, unknown>;
    return JSON.stringify({ name, message, code, fields, retryAfter });
  }
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: together }, worker));
}

/** 128 random bits in base64url, as every public id. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
