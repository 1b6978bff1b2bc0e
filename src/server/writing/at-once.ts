import { messageFields, statusAfter } from '../../policy/index.js';
import { createBuiltinConnector } from '../connectors/builtin/builtin-connector.js';
import type { Connector } from '../connectors/connector.js';
import type { Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { once } from '../idempotency.js';
import { contextOf } from '../identity/session.js';
import { insertFollowUp } from '../index/follow-ups.js';
import { accountStatuses } from '../index/staff.js';
import type { TicketRow } from '../index/ticket.js';
import { type PortalStatus, pipelineOf } from '../settings/portal.js';
import { lockUploads } from './uploads.js';
import { withKnownStatus } from './with-known-status.js';
import { checkEarlier, type ContactWrites, type Writes, lockFor, readView } from './writes.js';

/** A transaction brings it all or nothing: no write is ever tried twice. */
const attempt = { id: '', again: false };
const never = new AbortController().signal;

/** Writes into the built-in desk: the key, the question to the policy, what is written and the answer are one transaction. */
export function createWritesAtOnce(deps: AppDeps): ContactWrites {
  /** The portal is as the request has found it, unless one of its statuses has gone since. */
  function run<T>(asked: Writes, work: (tx: Transaction, who: Writes) => Promise<T>): Promise<T> {
    const { portal, session } = asked;
    const context = contextOf(portal, session.viewer.id);
    const write = (who: Writes) => deps.database.tx(context, (tx) => work(tx, who));
    return withKnownStatus(
      () => write(asked),
      async () => {
        const step = { statement: accountStatuses, params: [portal.account] };
        const [statuses] = (await deps.database.batch(context, [step])) as [PortalStatus[]];
        return write({ ...asked, portal: { ...portal, statuses } });
      },
    );
  }

  const connect = (
    tx: Transaction,
    { portal, session }: Writes,
    ticket: TicketRow | null,
    now: Date,
    uploads: readonly string[] = [],
  ): Connector => createBuiltinConnector({ tx, ticket, portal, session, now, uploads, newId: deps.newId });

  return {
    create(asked, key, input) {
      const now = deps.clock();
      return run(asked, (tx, who) =>
        once(tx, who.session, key, ['create', input], now, async () => {
          const { subject, message: text, properties = {}, followUp, attachments = [] } = input;
          await checkEarlier(tx, who, followUp);
          await lockUploads(tx, who, attachments, now);
          const [inbox] = who.portal.inboxes;
          if (inbox === undefined) throw new Error(`portal ${who.portal.slug} has no inbox`);
          const ticket = { attempt, by: who.session, inbox: String(inbox), subject, text, properties, files: [] };
          const id = await connect(tx, who, null, now, attachments).create(ticket, never);
          if (followUp) await tx.query(insertFollowUp, [who.portal.account, id, followUp]);
          return readView(tx, who, id);
        }),
      );
    },

    reply(asked, key, ticket, input) {
      const now = deps.clock();
      const { session } = asked;
      return run(asked, (tx, who) =>
        once(tx, session, key, ['reply', ticket, input], now, async () => {
          const { body: text, attachments = [] } = input;
          const { row, joins } = await lockFor(tx, who, ticket, 'reply');
          const files = await lockUploads(tx, who, attachments, now);
          const reply = { attempt, by: session, ticket, text, joins, files: [] };
          return messageFields({
            publicId: await connect(tx, who, row, now, attachments).reply(reply, never),
            kind: 'message',
            internal: false,
            createdAt: now,
            author: { publicId: session.publicId, name: session.name, side: 'contact' },
            text,
            html: null,
            status: null,
            attachments: files.map(({ public_id: id, ...file }) => ({
              ...file,
              publicId: id,
              inline: false,
              contentId: null,
            })),
          });
        }),
      );
    },

    setState: (asked, ticket, action) =>
      run(asked, async (tx, who) => {
        const { row } = await lockFor(tx, who, ticket, action);
        const status = statusAfter(pipelineOf(who.portal.statuses, row.inbox_id), action);
        const change = { attempt, by: who.session, ticket, status };
        await connect(tx, who, row, deps.clock()).setStatus(change, never);
        return readView(tx, who, ticket);
      }),
  };
}
