import type { TicketQuery } from '../../model/index.js';
import { projectTicket, projectTicketDetail } from '../../policy/index.js';
import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import { createTicket } from '../connectors/builtin/contact-writes.js';
import { markRead } from '../connectors/builtin/statements.js';
import type { Step } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { Admitted, PortalWhos } from '../http/portal-call.js';
import { once } from '../idempotency.js';
import type { SignedIn } from '../identity/session.js';
import { contextOf } from '../identity/session.js';
import type { Position } from '../index/list.js';
import { listStep } from '../index/list.js';
import type { TicketRow } from '../index/ticket.js';
import { ticketStep, toRecord } from '../index/ticket.js';
import { createSealer, cursorSeconds } from '../seal.js';

type Names = 'listTickets' | 'createTicket' | 'getTicket' | 'markRead';

/** The ticket as the asking contact sees it. @throws ApiError `not-found`, the same for foreign, deleted and unknown */
export async function findTicket(deps: AppDeps, admitted: Admitted, session: SignedIn, publicId: string) {
  const { row, view } = await readWithTicket(deps, admitted, session, publicId, []);
  return { row, view };
}

/** The same, with the rows of more that is asked of this ticket in the same exchange. @throws ApiError `not-found` */
export async function readWithTicket(
  deps: AppDeps,
  { portal, language }: Admitted,
  session: SignedIn,
  publicId: string,
  more: readonly Step[],
) {
  const steps = [ticketStep(portal, session, publicId), ...more];
  const [found, ...rest] = await deps.database.batch(contextOf(portal, session.viewer.id), steps);
  const [row] = found as TicketRow[];
  const view = row ? projectTicketDetail(session.viewer, toRecord(portal, row, language), portal) : null;
  if (!row || !view) throw new ApiError('not-found');
  return { row, view, rest };
}

export function ticketHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, Names> {
  const cursors = createSealer(deps.secret, 'ticket cursor', deps.clock);

  return {
    listTickets: async ({ query, who: { portal, session, language } }) => {
      const asked = {
        scope: (query.scope ?? 'all') as NonNullable<TicketQuery['scope']>,
        state: query.state ?? 'all',
        sort: (query.sort ?? '-updated') as NonNullable<TicketQuery['sort']>,
        ...(query.status !== undefined && { status: query.status }),
        ...(query.q !== undefined && { q: query.q }),
      };
      const limit = Number(query.limit ?? 25);
      // A cursor leads on in exactly this list of exactly this contact.
      const list = JSON.stringify([portal.account, portal.id, session.viewer.id, asked]);
      const after = query.cursor === undefined ? null : await openCursor(cursors, query.cursor, list);
      const context = contextOf(portal, session.viewer.id);
      const step = listStep(portal, session, asked, after, limit);
      const [rows] = (await deps.database.batch(context, [step])) as [TicketRow[]];

      const page = rows.slice(0, limit);
      const items = page.flatMap((row) => {
        const found = asked.q !== undefined && row.hit ? { text: row.hit, q: asked.q } : null;
        return projectTicket(session.viewer, toRecord(portal, row, language), portal, found) ?? [];
      });
      const last = rows.length > limit ? page.at(-1) : undefined;
      const position = last && { key: Number(last.sort_key), id: last.id };
      return { items, nextCursor: position ? await cursors.seal({ list, ...position }, cursorSeconds) : null };
    },

    createTicket: async ({ body, key, who: { portal, session, language } }) => {
      const unknown = Object.keys(body.properties ?? {}).filter((name) => !portal.properties.includes(name));
      if (unknown.length > 0) {
        throw new ApiError('invalid', {
          fields: unknown.map((name) => ({ path: `properties.${name}`, code: 'unknown' })),
        });
      }
      const address = body.properties?.['articleUrl'];
      if (address !== undefined && !/^https?:\/\//i.test(address)) {
        throw new ApiError('invalid', { fields: [{ path: 'properties.articleUrl', code: 'invalid_url' }] });
      }
      const now = deps.clock();
      return deps.database.tx(contextOf(portal, session.viewer.id), (tx) =>
        once(tx, session, key, ['create', body], now, () =>
          createTicket({ tx, portal, session, now, newId: deps.newId, language }, body),
        ),
      );
    },

    getTicket: async ({ params, who }) => (await findTicket(deps, who, who.session, params.id)).view,

    markRead: async ({ params, who }) => {
      const { portal, session } = who;
      const { row } = await findTicket(deps, who, session, params.id);
      await deps.database.batch(contextOf(portal, session.viewer.id), [
        { statement: markRead, params: [portal.account, session.viewer.id, row.id, row.updated_at] },
      ]);
    },
  };
}

/** @throws ApiError `invalid` for a cursor that is made up, run out, or of another list */
async function openCursor(cursors: ReturnType<typeof createSealer>, cursor: string, list: string): Promise<Position> {
  const payload = await cursors.open(cursor);
  if (payload?.['list'] !== list) throw new ApiError('invalid', { fields: [{ path: 'cursor', code: 'unknown' }] });
  return { key: Number(payload['key']), id: Number(payload['id']) };
}
