import { type Explanation, explain } from '../../../policy/index.js';
import type { adminRoutes } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import type { Handlers } from '../../http/mount.js';
import { type SignedIn, contextOf as contactContext } from '../../identity/session.js';
import { type TicketRow, ticketColumns, toRecord } from '../../index/ticket.js';
import { type ContactRow, findContact } from '../../settings/admin/people.js';
import { readPortal } from '../../settings/admin/portals.js';
import { type AdminWriting, record } from '../../settings/admin/writing.js';
import { toPortal } from '../../settings/portal.js';
import { createTicketList } from '../ticket-list.js';
import { type AdminWhos, createWrite } from './admin-call.js';

/** A ticket in whatever state, with the name of its inbox. */
const anyTicket: Statement = {
  name: 'admin_ticket',
  text: `SELECT ${ticketColumns}, NULL::timestamptz AS read_at, i.name AS inbox
    FROM tickets t JOIN inboxes i ON i.account_id = t.account_id AND i.id = t.inbox_id
    WHERE t.account_id = $1 AND t.public_id = $2`,
};
const admission: Statement = { name: 'admin_admitted', text: 'SELECT admitted($1, $2, $3) AS admitted' };
const readOnly: Statement = { name: 'read_only', text: `SELECT set_config('transaction_read_only', 'on', true)` };

const missing = (path: string) => new ApiError('not-found', { fields: [{ path, code: 'unknown' }] });

/** Portal and contact, as the contact would come to the portal now. @throws ApiError `not-found` */
export async function readVisit({ tx, account, now }: AdminWriting, slug: string, contact: string) {
  const portalRow = await readPortal({ tx, account }, slug);
  const portal = { ...toPortal(portalRow), accessGroups: portalRow.access_groups };
  const [row] = await tx.query<ContactRow>(findContact, [account, contact]);
  if (!row) throw missing('contact');
  const [answer] = await tx.query<{ admitted: boolean }>(admission, [account, portal.id, row.id]);
  const session: SignedIn = {
    viewer: {
      account,
      id: row.id,
      enabled: row.enabled,
      verified: row.verified,
      primaryCompany: row.primary_company,
      properties: row.properties,
    },
    publicId: row.public_id,
    name: row.name,
    email: row.email,
    locale: row.locale,
    company: row.companies.find(({ id }) => id === row.primary_company) ?? null,
    askedAt: null,
    tokenHash: new Uint8Array(),
    page: null,
    lastSeenAt: now,
    idleUntil: now,
    absoluteUntil: now,
  };
  const language = portal.locales.includes(row.locale) ? row.locale : portal.locale;
  return { portal, session, language, companies: row.companies, admitted: answer?.admitted === true };
}

const toWire = ({ groups, ...explanation }: Explanation) => ({
  ...explanation,
  groups:
    groups?.map((group) =>
      group.map((filter) => ({
        property: filter.property,
        operator: filter.operator,
        value: 'value' in filter ? filter.value : null,
        found: filter.found,
        holds: filter.holds,
      })),
    ) ?? null,
});

/** What the owner asks about others' view. Each question is entered in the audit log before it is answered. */
export function visibilityHandlers(
  deps: AppDeps,
): Pick<Handlers<typeof adminRoutes, AdminWhos>, 'explain' | 'preview'> {
  const write = createWrite(deps);
  const list = createTicketList(deps);
  return {
    explain: ({ params, query, who }) =>
      write(who, async (writing) => {
        const { portal, session, ...visit } = await readVisit(writing, params.slug, query.contact);
        const [ticket] = await writing.tx.query<TicketRow & { inbox: string }>(anyTicket, [who.account, query.ticket]);
        if (!ticket) throw missing('ticket');
        const subjects = { contact: session.publicId, ticket: query.ticket };
        await record(writing, { event: 'explain', portal: portal.slug, subjects });
        const { viewer, name } = session;
        const asked = { ...visit, viewer, name, portal, inbox: ticket.inbox };
        return toWire(explain({ ...asked, ticket: toRecord(portal, ticket, visit.language) }));
      }),

    preview: async ({ params, query, who }) => {
      const { account: _account, contact, ...asked } = query;
      const visit = await write(who, async (writing) => {
        const found = await readVisit(writing, params.slug, contact);
        const subjects = { contact: found.session.publicId };
        await record(writing, { event: 'preview', portal: found.portal.slug, subjects });
        return found;
      });
      const { steps, answer } = await list(asked);
      // Who may not sign in gets no page.
      if (!visit.admitted) return { items: [], nextCursor: null, asOf: null };
      const context = contactContext(visit.portal, visit.session.viewer.id);
      const [, ...rows] = await deps.database.batch(context, [{ statement: readOnly }, ...steps]);
      return answer({ who: { ...visit, rows } });
    },
  };
}
