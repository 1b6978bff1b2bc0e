import { projectMessage } from '../../policy/index.js';
import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import { reply } from '../connectors/builtin/contact-writes.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { once } from '../idempotency.js';
import { contextOf } from '../identity/session.js';
import { ticketStep } from '../index/ticket.js';
import type { MessageRow, ThreadPosition } from '../index/thread.js';
import { threadStep, toMessageRecord } from '../index/thread.js';
import { createSealer, cursorSeconds } from '../seal.js';
import { labelOf } from '../settings/portal.js';
import { toTicket } from './tickets.js';

export function messageHandlers(
  deps: AppDeps,
): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'listMessages' | 'reply'> {
  const cursors = createSealer(deps.secret, 'message cursor', deps.clock);

  return {
    listMessages: {
      async read({ params, query }) {
        const { before, after } = query;
        if (before !== undefined && after !== undefined) throw invalid('after', 'exclusive');
        const direction = after === undefined ? 'before' : 'after';
        const cursor = before ?? after;
        const opened = cursor === undefined ? null : await cursors.open(cursor);
        if (cursor !== undefined && !opened) throw invalid(direction, 'unknown');
        const position = opened && { at: Number(opened['at']), id: Number(opened['id']) };
        const limit = Number(query.limit ?? 25);

        return {
          steps: [ticketStep(params.id), threadStep(params.id, position && { direction, position }, limit)],
          async answer({ who }) {
            const { portal, session, language } = who;
            const thread = JSON.stringify([portal.account, portal.id, session.viewer.id, params.id]);
            if (opened && opened['thread'] !== thread) throw invalid(direction, 'unknown');
            toTicket(who, session, who.rows[0]);
            const rows = (who.rows[1] ?? []) as MessageRow[];
            const forward = after !== undefined;
            const more = rows.length > limit;
            const page = rows.slice(0, limit);
            if (!forward) page.reverse();
            const seal = ({ created_at, id }: MessageRow) =>
              cursors.seal(
                { thread, at: created_at.getTime(), id } satisfies ThreadPosition & { thread: string },
                cursorSeconds,
              );
            const [first, last] = [page[0], page.at(-1)];
            const label = (id: string) => labelOf(portal, id, language);
            return {
              items: page.flatMap((row) => projectMessage(toMessageRecord(row, label)) ?? []),
              nextCursor: last && (forward ? more : before !== undefined) ? await seal(last) : null,
              previousCursor: first && (forward || more) ? await seal(first) : null,
            };
          },
        };
      },
    },

    reply: async ({ params, body, key, who: { portal, session, language } }) => {
      const now = deps.clock();
      return deps.database.tx(contextOf(portal, session.viewer.id), (tx) =>
        once(tx, session, key, ['reply', params.id, body], now, () =>
          reply({ tx, portal, session, now, newId: deps.newId, language }, params.id, body.body),
        ),
      );
    },
  };
}

const invalid = (path: string, code: string) => new ApiError('invalid', { fields: [{ path, code }] });
