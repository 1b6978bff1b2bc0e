import { projectMessage } from '../../policy/index.js';
import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import { reply } from '../connectors/builtin/contact-writes.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { once } from '../idempotency.js';
import { contextOf } from '../identity/session.js';
import type { MessageRow, ThreadPosition } from '../index/thread.js';
import { threadStep, toMessageRecord } from '../index/thread.js';
import { createSealer, cursorSeconds } from '../seal.js';
import { labelOf } from '../settings/portal.js';
import { readWithTicket } from './tickets.js';

export function messageHandlers(
  deps: AppDeps,
): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'listMessages' | 'reply'> {
  const cursors = createSealer(deps.secret, 'message cursor', deps.clock);

  return {
    listMessages: async ({ params, query, who }) => {
      const { portal, session, language } = who;
      const thread = JSON.stringify([portal.account, portal.id, session.viewer.id, params.id]);
      const cursor = query.before ?? query.after;
      if (query.before !== undefined && query.after !== undefined) {
        throw new ApiError('invalid', { fields: [{ path: 'after', code: 'exclusive' }] });
      }
      let from: Parameters<typeof threadStep>[2] = null;
      if (cursor !== undefined) {
        const payload = await cursors.open(cursor);
        const path = query.before === undefined ? 'after' : 'before';
        if (payload?.['thread'] !== thread) throw new ApiError('invalid', { fields: [{ path, code: 'unknown' }] });
        from = { direction: path, position: { at: Number(payload['at']), id: Number(payload['id']) } };
      }
      const limit = Number(query.limit ?? 25);
      const asked = [threadStep(portal, params.id, from, limit)];
      const { rest } = await readWithTicket(deps, who, session, params.id, asked);
      const [rows] = rest as [MessageRow[]];

      const forward = from?.direction === 'after';
      const more = rows.length > limit;
      const page = rows.slice(0, limit);
      if (!forward) page.reverse();
      const seal = ({ created_at, id }: MessageRow) =>
        cursors.seal(
          { thread, at: created_at.getTime(), id } satisfies ThreadPosition & { thread: string },
          cursorSeconds,
        );
      const [first, last] = [page[0], page.at(-1)];
      return {
        items: page.flatMap((row) => projectMessage(toMessageRecord(row, (id) => labelOf(portal, id, language))) ?? []),
        nextCursor: last && (forward ? more : query.before !== undefined) ? await seal(last) : null,
        previousCursor: first && (forward || more) ? await seal(first) : null,
      };
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
