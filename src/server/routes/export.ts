import { type TicketView, sheetCut, sheetHead, sheetLine } from '../../policy/index.js';
import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos, PortalWho } from '../http/portal-call.js';
import { findArrival } from '../identity/arrival.js';
import { auditStep } from '../identity/audit.js';
import { createLimits } from '../identity/limits.js';
import { contextOf } from '../identity/session.js';
import { type Position, listStep } from '../index/list.js';
import { propertiesIn } from '../settings/portal.js';
import { type AskedList, askedOf, listQueryAt, toTicketPage } from './ticket-list.js';

/** Tickets that are read, and in memory, at once. */
const pageSize = 100;
/** Of one file: beyond it, nobody opens it in a spreadsheet. */
const mostTickets = 50_000;

type Who = PortalWho<(typeof portalRoutes)['exportTickets']>;

export function exportHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'exportTickets'> {
  const limits = createLimits(deps);

  return {
    exportTickets: async ({ query, who }) => {
      const { portal, session } = who;
      await limits.export(portal, session.publicId);
      await deps.database.batch(contextOf(portal, session.viewer.id), [
        auditStep(portal.account, deps.clock(), {
          actor: 'contact',
          actorId: session.publicId,
          event: 'export',
          portal: portal.slug,
        }),
      ]);
      const text = exportText(deps, who, askedOf(query));
      // What fails before the first line is still told by a status.
      const first = await text.next();
      const answer = new Headers();
      answer.set('content-type', 'text/csv; charset=utf-8');
      answer.set('content-disposition', 'attachment; filename="tickets.csv"');
      return new Response(streamOf(first, text), { headers: answer });
    },
  };
}

/**
 * The list as CSV, page by page. Each page is asked for as a request of its own would: whoever is signed out meanwhile, or
 * loses what they saw, gets no more of it.
 *
 * @throws ApiError `session-expired`
 */
export async function* exportText(
  deps: AppDeps,
  { portal, caller, language }: Pick<Who, 'portal' | 'caller' | 'language'>,
  asked: AskedList,
  most = mostTickets,
): AsyncGenerator<string, void> {
  const properties = propertiesIn(portal, language);
  const query = listQueryAt(portal, asked);
  let head = sheetHead(properties, language);
  let after: Position | null = null;
  for (let left = most; left > 0; left -= pageSize) {
    const limit = Math.min(left, pageSize);
    const arrival = await findArrival(deps, caller, portal.slug, [listStep(query, after, limit)]);
    if (!arrival?.session) throw new ApiError('session-expired');
    const who = { portal: arrival.portal, session: arrival.session, language };
    const page: { items: readonly TicketView[]; next: Position | null } = toTicketPage(
      who,
      query,
      arrival.rows[0],
      limit,
    );
    yield head + page.items.map((ticket) => sheetLine(ticket, properties, language)).join('');
    if (!page.next) return;
    head = '';
    after = page.next;
  }
  yield sheetCut(most, properties, language);
}

/** Reads on when the reader does, and so no further once they are gone. */
function streamOf(first: IteratorResult<string, void>, text: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | null = first;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = next ?? (await text.next());
        next = null;
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 0 },
  );
}
