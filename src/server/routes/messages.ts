import { projectMessage } from '../../policy/index.js';
import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import { createCurrent } from '../desks/current.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { ticketStep } from '../index/ticket.js';
import type { MessageRow, ThreadPosition } from '../index/thread.js';
import { threadStep, toMessageRecord } from '../index/thread.js';
import { createSealer, cursorSeconds } from '../seal.js';
import { labelOf, syncedAt } from '../settings/portal.js';
import { createContactWrites } from '../writing/contact-writes.js';
import { toTicket } from './tickets.js';

export function messageHandlers(
  deps: AppDeps,
): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'listMessages' | 'reply'> {
  const cursors = createSealer(deps.secret, 'message cursor', deps.clock);
  const writes = createContactWrites(deps);
  const current = createCurrent(deps);

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

        const steps = [ticketStep(params.id), threadStep(params.id, position && { direction, position }, limit)];
        return {
          steps,
          async answer({ who }) {
            const { portal, session, language } = who;
            const thread = JSON.stringify([portal.account, portal.id, session.viewer.id, params.id]);
            if (opened && opened['thread'] !== thread) throw invalid(direction, 'unknown');
            const { rows: found, isBehind } = await current(who, steps);
            toTicket(who, session, found[0]);
            const rows = (found[1] ?? []) as MessageRow[];
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
            const record = (row: MessageRow) =>
              toMessageRecord(row, (id, former) => labelOf(portal, id, language, former));
            return {
              items: page.flatMap((row) => projectMessage(record(row)) ?? []),
              nextCursor: last && (forward ? more : before !== undefined) ? await seal(last) : null,
              previousCursor: first && (forward || more) ? await seal(first) : null,
              asOf: isBehind ? syncedAt(portal) : null,
            };
          },
        };
      },
    },

    reply: ({ params, body, key, who }) => writes(who.portal).reply(who, key, params.id, body),
  };
}

const invalid = (path: string, code: string) => new ApiError('invalid', { fields: [{ path, code }] });
