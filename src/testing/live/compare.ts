import * as z from 'zod/mini';

import type { Ticket } from '../../model/index.js';
import { problemSchema } from '../../wire/index.js';
import { ConformanceError, holds } from '../conformance/check.js';
import { Skipped } from './live-case.js';
import { allTickets, type Answer, type LivePerson } from './portal.js';

/** An id of the right form that no server has ever given away. */
export const absentId = 'AAAAAAAAAAAAAAAAAAAAAA';

/** Status and JSON, read by the schema that the wire has for it. A key that the schema does not know is a failure. */
export function readAs<T>(schema: z.ZodMiniType<T>, answer: Answer, what: string, status = 200): T {
  holds(answer.status === status, `${what}: expected ${status}, got ${answer.status}`);
  let json: unknown;
  try {
    json = JSON.parse(answer.text);
  } catch (cause) {
    throw new ConformanceError(`${what}: the answer is not JSON`, { cause });
  }
  const result = z.safeParse(schema, json);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ConformanceError(`${what}: \`${issue?.path.join('.')}\` is not as documented`);
  }
  const extra = extraKey(json, result.data);
  holds(extra === null, `${what}: \`${extra}\` is not documented`);
  return result.data;
}

/** The path of the first key that the schema dropped. */
function extraKey(sent: unknown, known: unknown, path = ''): string | null {
  if (sent === null || typeof sent !== 'object' || known === null || typeof known !== 'object') return null;
  for (const [key, value] of Object.entries(sent)) {
    const at = path ? `${path}.${key}` : key;
    if (!(key in known)) return at;
    const inside = extraKey(value, (known as Record<string, unknown>)[key], at);
    if (inside !== null) return inside;
  }
  return null;
}

/** Holds when it is the refusal with this code, as a problem document that says so too. */
export function refuses(answer: Answer, status: number, code: string, what: string): void {
  const problem = readAs(problemSchema, answer, what, status);
  holds(problem.code === code && problem.status === status, `${what}: expected ${code}, got ${problem.code}`);
  const type = answer.headers.get('content-type') ?? '';
  holds(type.startsWith('application/problem+json'), `${what}: its type is ${type || 'missing'}`);
}

/** Headers by which two refusals could be told apart. Those that differ by nature (time, request id) are not among them. */
const telling = [
  'content-type',
  'content-length',
  'cache-control',
  'etag',
  'last-modified',
  'location',
  'allow',
  'link',
];

/** Holds when both are the same to whoever receives them, byte for byte. */
export function alike(got: Answer, wanted: Answer, what: string): void {
  holds(got.status === wanted.status, `${what}: answered ${got.status}, where nothing is it is ${wanted.status}`);
  holds(got.text === wanted.text, `${what}: the body differs from that of an id that does not exist`);
  for (const name of telling) {
    holds(got.headers.get(name) === wanted.headers.get(name), `${what}: the header ${name} differs`);
  }
}

/** Up to `count` of them, from the whole length. */
export function sample<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, (items.length - 1) / (count - 1));
  return Array.from({ length: Math.min(count, items.length) }, (_, at) => items[Math.round(at * step)] as T);
}

const stateOf = (tickets: readonly Ticket[]): string =>
  tickets.map(({ id, updatedAt, status }) => `${id} ${updatedAt} ${status.id}`).join();

/** Compares something with all that the person sees, and does so again when tickets moved meanwhile. */
export async function whileStill(
  person: LivePerson,
  compare: (whole: readonly Ticket[]) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const whole = await allTickets(person.backend);
    try {
      return await compare(whole);
    } catch (error) {
      if (stateOf(await allTickets(person.backend)) === stateOf(whole)) throw error;
    }
  }
  throw new Skipped('tickets change faster than they can be compared');
}

export const ids = (tickets: readonly { readonly id: string }[]): string[] => tickets.map(({ id }) => id);

/** Holds when both have the same ids in the same order; says how many, never what is in them. */
export function sameIds(
  got: readonly { readonly id: string }[],
  wanted: readonly { readonly id: string }[],
  what: string,
) {
  const repeated = got.length - new Set(ids(got)).size;
  holds(repeated === 0, `${what}: ${repeated} came more than once`);
  const [here, there] = [new Set(ids(got)), new Set(ids(wanted))];
  const missing = wanted.filter(({ id }) => !here.has(id)).length;
  const more = got.filter(({ id }) => !there.has(id)).length;
  holds(missing + more === 0, `${what}: ${missing} missing, ${more} too many`);
  holds(ids(got).join() === ids(wanted).join(), `${what}: in another order`);
}

export interface Unseen {
  readonly ticket: Ticket;
  /** One who does see it. */
  readonly owner: LivePerson;
}

/** Tickets of the others that this person does not see. */
export function unseenBy(viewer: LivePerson, people: readonly LivePerson[]): Unseen[] {
  const found = new Map<string, Unseen>();
  const seen = new Set(ids(viewer.tickets));
  for (const owner of people) {
    for (const ticket of owner.tickets) if (!seen.has(ticket.id)) found.set(ticket.id, { ticket, owner });
  }
  return [...found.values()];
}
