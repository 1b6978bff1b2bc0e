import { type TicketView, projectTicket, projectTicketDetail } from '../../policy/index.js';
import type { ExportQueryWire, portalRoutes, TicketQueryWire } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import { markRead } from '../connectors/builtin/statements.js';
import type { AppDeps } from '../deps.js';
import { createCurrent } from '../desks/current.js';
import type { Handlers } from '../http/mount.js';
import type { Admitted, PortalWhos } from '../http/portal-call.js';
import type { SignedIn } from '../identity/session.js';
import { contextOf } from '../identity/session.js';
import type { ListQuery, Position } from '../index/list.js';
import { listStep } from '../index/list.js';
import type { TicketRow } from '../index/ticket.js';
import { ticketStep, toRecord } from '../index/ticket.js';
import type { Sealer } from '../seal.js';
import { createSealer, cursorSeconds } from '../seal.js';
import { asOf } from '../settings/portal.js';
import { createContactWrites } from '../writing/contact-writes.js';

type Names = 'listTickets' | 'createTicket' | 'getTicket' | 'close' | 'reopen' | 'markRead';

/** The ticket as the asking contact sees it, of the rows of `ticketStep`. @throws ApiError `not-found`, the same for foreign, deleted and unknown */
export function toTicket({ portal, language }: Admitted, session: SignedIn, rows: readonly unknown[] | undefined) {
  const [row] = (rows ?? []) as TicketRow[];
  const view = row ? projectTicketDetail(session.viewer, toRecord(portal, row, language), portal) : null;
  if (!row || !view) throw new ApiError('not-found');
  return { row, view };
}

/** Who looks at a list, with what was read of it. */
type Looking = Pick<PortalWhos['listTickets'], 'portal' | 'session' | 'language' | 'rows'>;

/** The list that is asked for, whichever part of it. */
export const askedOf = (query: ExportQueryWire): ListQuery => ({
  scope: (query.scope ?? 'all') as ListQuery['scope'],
  state: query.state ?? 'all',
  sort: (query.sort ?? '-updated') as ListQuery['sort'],
  ...(query.status !== undefined && { status: query.status }),
  ...(query.q !== undefined && { q: query.q }),
});

/** A page of the list as who looks sees it, of the rows of `listStep`, and where the next one begins. */
export function toTicketPage(
  { portal, session, language }: Omit<Looking, 'rows'>,
  asked: ListQuery,
  read: readonly unknown[] | undefined,
  limit: number,
): { readonly items: TicketView[]; readonly next: Position | null } {
  const rows = (read ?? []) as TicketRow[];
  const page = rows.slice(0, limit);
  const items = page.flatMap((row) => {
    const found = asked.q !== undefined && row.hit ? { text: row.hit, q: asked.q } : null;
    return projectTicket(session.viewer, toRecord(portal, row, language), portal, found) ?? [];
  });
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items, next: last ? { key: Number(last.sort_key), id: last.id } : null };
}

/** Lists tickets as whoever turns out to look may see them. */
export function createTicketList(deps: AppDeps) {
  const cursors = createSealer(deps.secret, 'ticket cursor', deps.clock);

  return async (query: TicketQueryWire) => {
    const asked = askedOf(query);
    const limit = Number(query.limit ?? 25);
    const cursor = query.cursor === undefined ? null : await openCursor(cursors, query.cursor);
    // A cursor leads on in exactly this list of exactly this contact. The list first: in another one its position is none.
    const list = JSON.stringify(asked);
    if (cursor && cursor.list !== list) throw unknownCursor();
    return {
      steps: [listStep(asked, cursor, limit)],
      async answer({ who }: { readonly who: Looking }) {
        const { portal, session } = who;
        const owner = JSON.stringify([portal.account, portal.id, session.viewer.id]);
        if (cursor && cursor.owner !== owner) throw unknownCursor();
        const { items, next } = toTicketPage(who, asked, who.rows[0], limit);
        return {
          items,
          nextCursor: next ? await cursors.seal({ owner, list, ...next }, cursorSeconds) : null,
          asOf: asOf(portal, deps.clock()),
        };
      },
    };
  };
}

export function ticketHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, Names> {
  const list = createTicketList(deps);
  const writes = createContactWrites(deps);
  const current = createCurrent(deps);

  return {
    listTickets: { read: ({ query }) => list(query) },

    createTicket: async ({ body, key, who }) => {
      const unknown = Object.keys(body.properties ?? {}).filter((name) => !who.portal.properties.includes(name));
      if (unknown.length > 0) {
        throw new ApiError('invalid', {
          fields: unknown.map((name) => ({ path: `properties.${name}`, code: 'unknown' })),
        });
      }
      const address = body.properties?.['articleUrl'];
      if (address !== undefined && !/^https?:\/\//i.test(address)) {
        throw new ApiError('invalid', { fields: [{ path: 'properties.articleUrl', code: 'invalid_url' }] });
      }
      return writes(who.portal).create(who, key, body);
    },

    getTicket: {
      async read({ params }) {
        const steps = [ticketStep(params.id)];
        return {
          steps,
          answer: async ({ who }) => toTicket(who, who.session, (await current(who, steps)).rows[0]).view,
        };
      },
    },

    close: ({ params, who }) => writes(who.portal).setState(who, params.id, 'close'),
    reopen: ({ params, who }) => writes(who.portal).setState(who, params.id, 'reopen'),

    markRead: {
      read: async ({ params }) => ({
        steps: [ticketStep(params.id)],
        async answer({ who }) {
          const { portal, session } = who;
          const { row } = toTicket(who, session, who.rows[0]);
          await deps.database.batch(contextOf(portal, session.viewer.id), [
            { statement: markRead, params: [portal.account, session.viewer.id, row.id, row.updated_at] },
          ]);
        },
      }),
    },
  };
}

/** @throws ApiError `invalid` for a cursor that is made up, run out, or no cursor of a list */
async function openCursor(cursors: Sealer, cursor: string): Promise<Position & Record<'owner' | 'list', unknown>> {
  const payload = await cursors.open(cursor);
  if (!payload) throw unknownCursor();
  return { owner: payload['owner'], list: payload['list'], key: Number(payload['key']), id: Number(payload['id']) };
}

const unknownCursor = () => new ApiError('invalid', { fields: [{ path: 'cursor', code: 'unknown' }] });
