import { projectTicketDetail, readNew } from '../../policy/index.js';
import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import { markRead } from '../connectors/builtin/statements.js';
import type { AppDeps } from '../deps.js';
import { createCurrent } from '../desks/current.js';
import type { Handlers } from '../http/mount.js';
import type { Admitted, PortalWhos } from '../http/portal-call.js';
import type { SignedIn } from '../identity/session.js';
import { contextOf } from '../identity/session.js';
import type { TicketRow } from '../index/ticket.js';
import { ticketStep, toRecord } from '../index/ticket.js';
import { createContactWrites } from '../writing/contact-writes.js';
import { createAddParticipant } from '../writing/participants.js';
import { edit } from '../writing/properties.js';
import { rate } from '../writing/ratings.js';
import { createTicketList } from './ticket-list.js';

type Names =
  | 'listTickets'
  | 'createTicket'
  | 'getTicket'
  | 'edit'
  | 'addParticipant'
  | 'close'
  | 'reopen'
  | 'rate'
  | 'markRead';

/** The ticket as the asking contact sees it, of the rows of `ticketStep`. @throws ApiError `not-found`, the same for foreign, deleted and unknown */
export function toTicket({ portal, language }: Admitted, session: SignedIn, rows: readonly unknown[] | undefined) {
  const [row] = (rows ?? []) as TicketRow[];
  const view = row ? projectTicketDetail(session.viewer, toRecord(portal, row, language), portal) : null;
  if (!row || !view) throw new ApiError('not-found');
  return { row, view };
}

export function ticketHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, Names> {
  const list = createTicketList(deps);
  const writes = createContactWrites(deps);
  const current = createCurrent(deps);
  const addParticipant = createAddParticipant(deps);

  return {
    listTickets: { read: ({ query }) => list(query) },

    createTicket: async ({ body, key, who }) => {
      const { properties, faults } = readNew(who.portal, body);
      if (faults.length > 0) throw new ApiError('invalid', { fields: faults });
      return writes(who.portal).create(who, key, body.properties ? { ...body, properties } : body);
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

    edit: ({ params, body, who }) => edit(deps, who, params.id, body),

    addParticipant: ({ params, body, who }) => addParticipant(who, params.id, body),

    close: ({ params, who }) => writes(who.portal).setState(who, params.id, 'close'),
    reopen: ({ params, who }) => writes(who.portal).setState(who, params.id, 'reopen'),

    rate: {
      async read({ params }) {
        const steps = [ticketStep(params.id)];
        return {
          steps,
          async answer({ who, body }) {
            // Of the ticket as it is in its desk now, if that answers.
            await current(who, steps);
            return rate(deps, who, params.id, body);
          },
        };
      },
    },

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
