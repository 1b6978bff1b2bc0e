import * as z from 'zod/mini';
import { DeskError } from '../connector.js';
import { RtClient } from './client.js';
import { ourQueues } from './query.js';
import { idsSchema, queueSchema, rtSchema, userSchema } from './schemas.js';
import type { RtDeps, RtSettings } from './settings.js';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What to do about it; `null` where nothing is to be done. */
  readonly hint: string | null;
}

/** Throws what to do about it. */
type Check = (signal: AbortSignal) => Promise<void>;

/** Says what an administrator has to set in RT or here. Changes nothing; stops at the first thing without which nothing works. */
export async function checkRt(settings: RtSettings, deps: RtDeps, signal: AbortSignal): Promise<readonly Finding[]> {
  const client = new RtClient(settings, deps);
  const findings: Finding[] = [];
  const check = async (name: string, run: Check) => {
    try {
      await run(signal);
      findings.push({ check: name, ok: true, hint: null });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!(error instanceof Advice || error instanceof DeskError)) throw error;
      findings.push({ check: name, ok: false, hint: error instanceof DeskError ? adviceFor(error) : error.message });
    }
    return findings.at(-1)?.ok === true;
  };

  const works =
    (await check('RT can be reached', () => reachable(client, signal))) &&
    (await check('the service account can log in', () => version(client, signal)));
  if (!works) return findings;
  for (const queue of settings.queues) await check(`the queue ${queue}`, () => queueAllows(client, queue, signal));
  await check('tickets can be read', () => tickets(client, settings, signal));
  await check('comments stay hidden', () => comments(client, settings, signal));
  await check('contacts can be found', () => users(client, settings, signal));
  if (settings.replyAs === 'mail-gateway') await check('the mail gateway', () => gateway(client, settings, signal));
  return findings;
}

class Advice extends Error {
  override readonly name = 'Advice';
}

/** What can be done about an RT that does not answer as it should. */
function adviceFor(error: DeskError): string {
  const { kind, detail } = error;
  if (kind !== 'unavailable') return `This is not for the service account (${detail}).`;
  return `RT does not answer as it should (${[detail, ...networkCode(error)].join(', ')}). Is the address right, can this server reach it, and does RT run?`;
}

/** Why there was no answer, in the words of the network: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
function networkCode({ cause }: DeskError): readonly string[] {
  const inner: unknown = cause instanceof Error ? cause.cause : undefined;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? [inner.code] : [];
}

async function reachable(client: RtClient, signal: AbortSignal) {
  const { status } = await client.send({ name: 'reach RT', path: '/REST/2.0/rt', as: 'nobody' }, signal);
  if (status !== 401) throw new Advice(`There is no REST 2 of RT at the address: it answers ${status} instead of 401.`);
}

async function version(client: RtClient, signal: AbortSignal) {
  const request = { name: 'read the version', path: '/REST/2.0/rt' };
  const { Version } = await client.get(rtSchema, request, signal).catch((error: unknown) => {
    if (!(error instanceof DeskError) || error.kind !== 'misconfigured') throw error;
    throw new Advice('RT refuses the service account: its name or its password is wrong, or RT has disabled it.');
  });
  if (!Version.startsWith('5.')) throw new Advice(`RT is of version ${Version.replace(/[^\w.+~-]/g, '')}, not 5.`);
}

async function queueAllows(client: RtClient, name: string, signal: AbortSignal) {
  const path = `/REST/2.0/queue/${encodeURIComponent(name)}`;
  const queue = await client.find(queueSchema, { name: 'read a queue', path }, signal);
  if (!queue) throw new Advice('The queue is not there, or the service account has no right SeeQueue in it.');
  if (!queue._hyperlinks.some(({ ref }) => ref === 'create')) {
    throw new Advice('The service account has no right CreateTicket in the queue.');
  }
}

const linksSchema = z.object({ _hyperlinks: z.array(z.object({ ref: z.optional(z.string()) })) });

/** Rights show only on a ticket; without one there is nothing to see. */
async function tickets(client: RtClient, settings: RtSettings, signal: AbortSignal) {
  const id = await newestTicket(client, settings, signal);
  if (id === null) {
    throw new Advice('There is no ticket yet, or the service account has no right ShowTicket in the queues.');
  }
  const ticket = await client.find(linksSchema, { name: 'read a ticket', path: `/REST/2.0/ticket/${id}` }, signal);
  const has = (right: string) => ticket?._hyperlinks.some(({ ref }) => ref === right) === true;
  if (!has('correspond')) throw new Advice('The service account has no right ReplyToTicket in the queues.');
  if (!has('lifecycle')) {
    throw new Advice(
      'The service account has no right ModifyTicket in the queues, or the newest ticket is at its end.',
    );
  }
}

/** What was commented shows, if any of it does. Who may write comments is soon given to read them as well. */
async function comments(client: RtClient, settings: RtSettings, signal: AbortSignal) {
  const { items } = await client.get(
    idsSchema,
    {
      name: 'look for comments',
      path: '/REST/2.0/transactions',
      query: { query: "Type = 'Comment' AND ObjectType = 'RT::Ticket'", orderby: 'id', order: 'DESC', per_page: '100' },
    },
    signal,
  );
  const id = await newestTicket(client, settings, signal);
  const path = `/REST/2.0/ticket/${id}`;
  const ticket = id === null ? null : await client.find(linksSchema, { name: 'read a ticket', path }, signal);
  if (items.length > 0 || ticket?._hyperlinks.some(({ ref }) => ref === 'comment')) {
    throw new Advice(
      'The service account sees or writes comments. Take ShowTicketComments and CommentOnTicket from it: what RT does not show us, no mistake of ours can.',
    );
  }
}

async function users(client: RtClient, { user, company }: RtSettings, signal: AbortSignal) {
  const path = `/REST/2.0/user/${encodeURIComponent(user)}`;
  const own = await client.find(userSchema, { name: 'read a user', path }, signal);
  if (!own?.Privileged) throw new Advice('The service account is not privileged ("Let this user be granted rights").');
  // Who has not the right sees little of others; RT's own user is always there.
  const seen = z.object({ Disabled: z.optional(z.unknown()) });
  const other = await client.find(seen, { name: 'read a user', path: '/REST/2.0/user/1' }, signal);
  if (other?.Disabled === undefined) throw new Advice('The service account has no right AdminUsers.');
  if (company !== 'group') return;
  const groups = await client.find(
    idsSchema,
    {
      name: 'find groups',
      method: 'POST',
      path: '/REST/2.0/groups',
      body: [{ field: 'Domain', value: 'UserDefined' }],
    },
    signal,
  );
  if (!groups?.items.length) throw new Advice('There are no groups yet, or the service account has no right SeeGroup.');
}

async function newestTicket(client: RtClient, settings: RtSettings, signal: AbortSignal): Promise<string | null> {
  const query = { query: ourQueues(settings), orderby: 'id', order: 'DESC', per_page: '1' };
  const { items } = await client.get(idsSchema, { name: 'find tickets', path: '/REST/2.0/tickets', query }, signal);
  return items[0]?.id ?? null;
}

/** What it is asked to do is nothing that it can: it says so before it looks at the mail, and tells nobody. */
async function gateway(client: RtClient, { queues }: RtSettings, signal: AbortSignal) {
  const body = new FormData();
  body.set('SessionType', 'REST');
  body.set('queue', queues[0]);
  body.set('action', 'nothing');
  body.set('message', '');
  const path = '/REST/1.0/NoAuth/mail-gateway';
  const { status, text } = await client.send({ name: 'knock', method: 'POST', path, body, as: 'nobody' }, signal);
  if (status !== 200 || !/^(not ok|temporary failure)/.test(text)) {
    throw new Advice(
      `RT's mail gateway cannot be reached from here: it answers ${status}. Let this server's address in.`,
    );
  }
}
