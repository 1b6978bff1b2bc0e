import { type TicketView, projectTicket } from '../../policy/index.js';
import type { ExportQueryWire, TicketQueryWire } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import type { PortalWhos } from '../http/portal-call.js';
import { contextOf } from '../identity/session.js';
import { conditionsOf, readAsked } from '../index/by-property.js';
import { type ListQuery, type Position, listStep } from '../index/list.js';
import { type TicketRow, toRecord } from '../index/ticket.js';
import { type Sealer, createSealer, cursorSeconds } from '../seal.js';
import { asOf, type PortalSettings } from '../settings/portal.js';

/** Who looks at a list, with what was read of it. */
type Looking = Pick<PortalWhos['listTickets'], 'portal' | 'session' | 'language' | 'rows'>;

/** The list that is asked for, whichever part of it. */
export interface AskedList {
  readonly query: ListQuery;
  /** Understood by the portal's settings alone, and so once they are known. */
  readonly properties: Readonly<Record<string, string>> | null;
}

/** @throws ApiError `invalid` */
export const askedOf = (query: ExportQueryWire): AskedList => ({
  query: {
    scope: (query.scope ?? 'all') as ListQuery['scope'],
    state: query.state ?? 'all',
    sort: (query.sort ?? '-updated') as ListQuery['sort'],
    ...(query.status !== undefined && { status: query.status }),
    ...(query.turn !== undefined && { turn: query.turn }),
    ...(query.requester !== undefined && { requester: query.requester }),
    ...(query.q !== undefined && { q: query.q }),
  },
  properties: readAsked(query.properties),
});

/** What is asked for as this portal understands it. @throws ApiError `invalid`, naming each property at fault */
export const listQueryAt = (portal: PortalSettings, { query, properties }: AskedList): ListQuery =>
  properties ? { ...query, conditions: conditionsOf(portal, properties) } : query;

/** A page of the list as who looks sees it, of the rows of `listStep`, and where the next one begins. */
export function toTicketPage(
  { portal, session, language }: Omit<Looking, 'rows'>,
  { q }: ListQuery,
  read: readonly unknown[] | undefined,
  limit: number,
): { readonly items: TicketView[]; readonly next: Position | null } {
  const rows = (read ?? []) as TicketRow[];
  const page = rows.slice(0, limit);
  const items = page.flatMap((row) => {
    const hit = q !== undefined && row.hit ? { text: row.hit, q } : null;
    return projectTicket(session.viewer, toRecord(portal, row, language), portal, hit) ?? [];
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
    const list = JSON.stringify([asked.query, asked.properties]);
    if (cursor && cursor.list !== list) throw unknownCursor();
    return {
      steps: asked.properties ? [] : [listStep(asked.query, cursor, limit)],
      async answer({ who }: { readonly who: Looking }) {
        const { portal, session } = who;
        const owner = JSON.stringify([portal.account, portal.id, session.viewer.id]);
        if (cursor && cursor.owner !== owner) throw unknownCursor();
        const [rows] = asked.properties
          ? await deps.database.batch(contextOf(portal, session.viewer.id), [
              listStep(listQueryAt(portal, asked), cursor, limit),
            ])
          : who.rows;
        const { items, next } = toTicketPage(who, asked.query, rows, limit);
        return {
          items,
          nextCursor: next ? await cursors.seal({ owner, list, ...next }, cursorSeconds) : null,
          asOf: asOf(portal, deps.clock()),
        };
      },
    };
  };
}

/** @throws ApiError `invalid` for a cursor that is made up, run out, or no cursor of a list */
async function openCursor(cursors: Sealer, cursor: string): Promise<Position & Record<'owner' | 'list', unknown>> {
  const payload = await cursors.open(cursor);
  if (!payload) throw unknownCursor();
  return { owner: payload['owner'], list: payload['list'], key: Number(payload['key']), id: Number(payload['id']) };
}

const unknownCursor = () => new ApiError('invalid', { fields: [{ path: 'cursor', code: 'unknown' }] });
