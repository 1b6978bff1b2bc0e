import type { Mutation } from './mutation.js';
import { all, routeTests, wallTests, without } from './mutation.js';

/** Row level security and the functions that it rests on: the second wall, condition by condition. */

const sql = 'src/server/migrations/002-visibility.sql';
const search = 'src/server/migrations/003-search.sql';
const filters = 'src/server/migrations/016-list-filters.sql';
const settingUp = 'src/server/migrations/026-setting-up.sql';
const uploads = 'src/server/migrations/011-uploads.sql';
const uploadParts = 'src/server/migrations/024-upload-parts.sql';
const preferences = 'src/server/migrations/017-preferences.sql';

const inbox = '\n    AND inbox_id = ANY ((SELECT app_inboxes())::bigint[])';
const parties = `
    AND (requester_id = (SELECT app_viewer())
      OR EXISTS (SELECT FROM ticket_contacts tc WHERE tc.account_id = tickets.account_id
        AND tc.contact_id = (SELECT app_viewer()) AND tc.ticket_id = tickets.id OFFSET 0)
      OR EXISTS (SELECT FROM ticket_companies tc WHERE tc.account_id = tickets.account_id
        AND tc.company_id = (SELECT app_company()) AND tc.ticket_id = tickets.id OFFSET 0))`;
const seen = (name: string) => `${name}
  USING (account_id = (SELECT app_account()) AND deleted_at IS NULL${inbox}${parties});`;
const visibleTickets = seen('CREATE POLICY visible ON tickets FOR SELECT TO portico_app');
const touchTickets = seen('CREATE POLICY touch ON tickets FOR UPDATE TO portico_app');

const ofMessage = `
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = messages.account_id AND t.id = messages.ticket_id OFFSET 0)`;
const visibleMessages = `CREATE POLICY visible ON messages FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account()) AND NOT internal${ofMessage});`;
const writeMessages = `WITH CHECK (account_id = (SELECT app_account()) AND NOT internal AND side = 'contact'
    AND contact_id = (SELECT app_viewer())${ofMessage});`;
const ownMarks = `CREATE POLICY own ON read_marks TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer())
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = read_marks.account_id AND t.id = read_marks.ticket_id OFFSET 0));`;
const ownKeys = `CREATE POLICY own ON idempotency_keys TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()));`;
const ownSessions = `CREATE POLICY own ON sessions TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()) AND portal_id = (SELECT app_portal()));`;
const ownUploads = `CREATE POLICY own ON uploads TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()));`;
const ownPreferences = `CREATE POLICY own ON preferences TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()));`;
const writtenUpload = `
    AND EXISTS (SELECT FROM uploads u WHERE u.account_id = attachments.account_id
      AND u.public_id = attachments.public_id AND u.file_key = attachments.file_key AND u.received IS NULL OFFSET 0)`;
const newTicket = `WITH CHECK (account_id = (SELECT app_account()) AND requester_id = (SELECT app_viewer())${inbox});`;
const requesterOfTie = `
    AND EXISTS (SELECT FROM ticket_contacts tc WHERE tc.account_id = ticket_companies.account_id
      AND tc.contact_id = (SELECT app_viewer()) AND tc.ticket_id = ticket_companies.ticket_id
      AND tc.role = 'requester' OFFSET 0)`;
const companyOfTie = `
    AND EXISTS (SELECT FROM contact_companies cc WHERE cc.account_id = ticket_companies.account_id
      AND cc.contact_id = (SELECT app_viewer()) AND cc.company_id = ticket_companies.company_id AND cc.is_primary OFFSET 0)`;
const takePart = `WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()) AND role = 'participant'
    AND sees_ticket(ticket_id));`;
const mine = ' AND contact_id = (SELECT app_viewer())';
const asked = ' AND contact_id = (SELECT app_contact())';

/** Takes `gone` out of the last place of `find`, where it is there twice. */
const withoutLast = (name: string, find: string, gone: string, file = sql): Mutation => {
  const at = find.lastIndexOf(gone);
  return { name, file, find, replace: find.slice(0, at) + find.slice(at + gone.length) };
};
const drop = (name: string, find: string, gone: string, more: Partial<Mutation> = {}) =>
  without(sql, name, find, gone, more);

export const policies: readonly Mutation[] = all(
  [
    drop('tickets: deleted', visibleTickets, ' AND deleted_at IS NULL'),
    drop('tickets: inbox', visibleTickets, inbox),
    drop('tickets: parties', visibleTickets, parties),
    drop('tickets: the contact of a tie', visibleTickets, 'tc.contact_id = (SELECT app_viewer()) AND ', {
      held: 'a visitor reads their own ties alone, by the policy of ticket_contacts',
    }),
    drop('tickets: the company of a tie', visibleTickets, 'tc.company_id = (SELECT app_company()) AND ', {
      held: 'a visitor reads ties of companies to tickets that they see alone, by the policy of ticket_companies',
    }),
    drop('tickets, changed: deleted', touchTickets, ' AND deleted_at IS NULL', {
      held: 'a change that names a ticket reads it, and so asks the policy of reading',
      tests: ['test/server/visibility.node.test.ts'],
    }),
    drop('tickets, changed: parties', touchTickets, parties),
    drop('tickets, new: requester', newTicket, ' AND requester_id = (SELECT app_viewer())'),
    drop('tickets, new: inbox', newTicket, inbox),
    drop(
      'ties: whose',
      'CREATE POLICY own ON ticket_contacts FOR SELECT TO portico_app\n  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()));',
      mine,
    ),
    drop('taking part: whose', takePart, mine),
    drop('taking part: as what', takePart, " AND role = 'participant'"),
    drop('taking part: in what is seen', takePart, '\n    AND sees_ticket(ticket_id)'),
    {
      name: 'ties of companies: which',
      file: sql,
      find: 'AND (company_id = (SELECT app_company())\n    OR EXISTS (SELECT FROM ticket_contacts tc\n',
      replace: 'AND (true\n    OR EXISTS (SELECT FROM ticket_contacts tc\n',
    },
    drop('a company of a new ticket: requester', requesterOfTie + companyOfTie, requesterOfTie),
    drop('a company of a new ticket: asked by its requester', requesterOfTie, "\n      AND tc.role = 'requester'"),
    drop('a company of a new ticket: own', companyOfTie, companyOfTie),
    drop('a company of a new ticket: primary', companyOfTie, ' AND cc.is_primary'),
    drop('messages: no note', visibleMessages, ' AND NOT internal'),
    drop('messages: of what is seen', visibleMessages, ofMessage),
    drop('messages, new: no note', writeMessages, ' AND NOT internal', {
      held: 'a note is of support, and a visitor writes as a contact alone',
    }),
    drop('messages, new: of a contact', writeMessages, " AND side = 'contact'"),
    drop('messages, new: whose', writeMessages, '\n    AND contact_id = (SELECT app_viewer())'),
    drop('messages, new: where', writeMessages, ofMessage),
    drop(
      'files: of what is seen',
      `
    AND EXISTS (SELECT FROM messages m WHERE m.account_id = attachments.account_id
      AND m.ticket_id = attachments.ticket_id AND m.id = attachments.message_id OFFSET 0)`,
      `
    AND EXISTS (SELECT FROM messages m WHERE m.account_id = attachments.account_id
      AND m.ticket_id = attachments.ticket_id AND m.id = attachments.message_id OFFSET 0)`,
    ),
    drop('marks: whose', ownMarks, mine),
    withoutLast('marks, new: whose', ownMarks, mine),
    drop('marks, new: of what is seen', ownMarks, ownMarks.slice(ownMarks.lastIndexOf('\n'), -2)),
    drop('keys: whose', ownKeys, asked),
    withoutLast('keys, new: whose', ownKeys, asked),
    without(uploads, 'uploads: whose', ownUploads, mine),
    withoutLast('uploads, new: whose', ownUploads, mine, uploads),
    without(preferences, 'preferences: whose', ownPreferences, mine),
    withoutLast('preferences, new: whose', ownPreferences, mine, preferences),
    without(
      uploadParts,
      'files, new: of a message of their own',
      '\n      AND m.contact_id = (SELECT app_viewer()) OFFSET 0',
      '\n      AND m.contact_id = (SELECT app_viewer())',
    ),
    without(uploadParts, 'files, new: which', writtenUpload, ' AND u.file_key = attachments.file_key'),
    without(uploadParts, 'files, new: whole', writtenUpload, ' AND u.received IS NULL'),
    drop('sessions: whose', ownSessions, asked),
    withoutLast('sessions, new: whose', ownSessions, asked),
    drop('sessions, new: where', ownSessions, ' AND portal_id = (SELECT app_portal())'),
    drop(
      'companies of contacts: whose',
      'CREATE POLICY own ON contact_companies FOR SELECT TO portico_app\n  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()));',
      asked,
    ),
    {
      name: 'statuses: account',
      file: sql,
      find: 'CREATE POLICY known ON statuses FOR SELECT TO portico_app USING (account_id = (SELECT app_account()));',
      replace: 'CREATE POLICY known ON statuses FOR SELECT TO portico_app USING (true);',
    },
    {
      name: 'companies: which',
      file: sql,
      find: 'AND (EXISTS (SELECT FROM contact_companies cc WHERE cc.account_id = companies.account_id',
      replace: 'AND (true OR EXISTS (SELECT FROM contact_companies cc WHERE cc.account_id = companies.account_id',
    },
  ],
  { tests: wallTests },
);

const entering = 'WHERE c.account_id = asked_account AND c.id = asked_contact AND c.enabled AND c.verified;';
const bySession = `WHERE s.account_id = account AND s.portal_id = portal AND s.token_hash = asked_hash
    AND s.idle_until > at AND s.absolute_until > at AND s.origin IS NOT DISTINCT FROM page
    AND admitted(account, portal, c.id)`;
const seeing = `WHERE t.account_id = app_account() AND t.id = ticket AND t.deleted_at IS NULL AND t.inbox_id = ANY (app_inboxes())`;
const session = ['test/server/session.node.test.ts'];

export const functions: readonly Mutation[] = all(
  [
    drop('enter: enabled', entering, ' AND c.enabled'),
    drop('enter: verified', entering, ' AND c.verified'),
    {
      name: 'enter: the permission',
      file: sql,
      find: 'SELECT c.id, CASE WHEN permits_company(p.permission, c.properties) THEN cc.company_id END INTO',
      replace: 'SELECT c.id, cc.company_id INTO',
    },
    drop(
      'enter: the inboxes of the portal',
      'WHERE i.account_id = asked_account AND i.portal_id = asked_portal;',
      ' AND i.portal_id = asked_portal',
    ),
    drop('admitted: enabled', 'c.id = contact AND c.enabled AND (', ' AND c.enabled'),
    drop('admitted: verified', 'c.id = contact AND c.verified)', ' AND c.verified'),
    drop(
      'admitted: groups of the portal',
      'm.contact_id = c.id AND g.portal_id = portal)',
      ' AND g.portal_id = portal',
    ),
    drop(
      'sign-in: who is admitted',
      'lower(asked_email) AND admitted(account, portal, c.id)',
      ' AND admitted(account, portal, c.id)',
    ),
    drop('session: of the portal', bySession, ' AND s.portal_id = portal', { tests: routeTests }),
    drop('session: idle', bySession, 's.idle_until > at AND ', { tests: routeTests }),
    drop('session: absolute', bySession, 's.absolute_until > at AND ', {
      held: 'the idle limit of a session never lies behind the absolute one',
      tests: session,
    }),
    drop('session: who is admitted', bySession, '\n    AND admitted(account, portal, c.id)', { tests: routeTests }),
    drop('sees_ticket: deleted', seeing, ' AND t.deleted_at IS NULL'),
    drop('sees_ticket: inbox', seeing, ' AND t.inbox_id = ANY (app_inboxes())'),
    drop(
      'sees_ticket: the company',
      'tc.company_id = app_company() AND tc.ticket_id = t.id)));',
      'tc.company_id = app_company() AND ',
    ),
    drop(
      'sees_ticket: the contact',
      'tc.contact_id = app_viewer() AND tc.ticket_id = t.id)',
      'tc.contact_id = app_viewer() AND ',
    ),
    drop(
      'shared_with_company: the company',
      'WHERE account_id = app_account() AND company_id = app_company() AND ticket_id',
      ' AND company_id = app_company()',
    ),
    {
      name: 'permits_company: the filters',
      file: sql,
      find: 'WHERE NOT passes(properties, filter)))',
      replace: 'WHERE false))',
    },
    {
      name: 'permits_company: an empty group',
      file: sql,
      find: 'jsonb_array_length(filters) > 0 AND ',
      replace: '',
      tests: ['test/server/permission.node.test.ts', 'test/policy/truth.node.test.ts'],
    },
    without(search, 'search: the contact', 'AND c.contact_id = $2 AND c.role = ANY ($3)', 'AND c.contact_id = $2 '),
    without(search, 'search: the role', ' AND c.role = ANY ($3)', ' AND c.role = ANY ($3)', {
      tests: ['test/contract/in-process.node.test.ts'],
    }),
    without(search, 'search: the company', " AND c.company_id = $4'", ' AND c.company_id = $4'),
    without(filters, 'search: deleted', "' AND NOT c.deleted AND c.inbox_id = ANY ($5)", ' AND NOT c.deleted'),
    without(filters, 'search: inbox', ' AND c.inbox_id = ANY ($5)', ' AND c.inbox_id = ANY ($5)'),
    without(search, 'search: no words of notes', "a.kind = 'message' AND NOT a.internal GROUP", ' AND NOT a.internal'),
    {
      name: 'search: no words of notes when gathered anew',
      file: search,
      find: 'IF said.internal THEN notes := more_words(notes, tsvector_to_array(said.words));\n    ELSE',
      replace: 'IF false THEN NULL; ELSE',
      tests: ['test/server/search.node.test.ts'],
    },
  ],
  { tests: wallTests },
);

/** What keeps accounts apart that set up portals on one server. */
export const owners: readonly Mutation[] = all(
  [
    ...['domains', 'seen_pages'].flatMap((table) => {
      const reading = `CREATE POLICY staff ON ${table} TO portico_staff USING (account_id = (SELECT app_account()))`;
      const find = `${reading}\n  WITH CHECK (account_id = (SELECT app_account()));`;
      const open = find.replace('USING (account_id = (SELECT app_account()))', 'USING (true)');
      return [
        { name: `${table}: the account`, file: settingUp, find, replace: open },
        { name: `${table}, written: the account`, file: settingUp, find, replace: `${reading} WITH CHECK (true);` },
      ];
    }),
    {
      name: 'portal_by_host: the server’s own name',
      file: settingUp,
      find: "AND coalesce(p.host, '') = CASE WHEN system_host THEN '' ELSE asked_host END;",
      replace: 'AND (p.host = asked_host OR system_host AND p.host IS NULL);',
    },
    without(
      settingUp,
      'address_taken: the account that asks',
      '(p.account_id = app_account() AND p.slug = own_slug) IS NOT TRUE',
      'p.account_id = app_account() AND ',
    ),
    without(settingUp, 'domains: one account a host', 'host text UNIQUE CHECK', ' UNIQUE'),
  ],
  { tests: ['test/server/domains.node.test.ts'] },
);
