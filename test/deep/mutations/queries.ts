import { all, policyTests, routeTests, without } from './mutation.js';
import type { Mutation } from './mutation.js';

/** Policy calls in routes, conditions of queries, and checks of who asks: the first wall. */

const truth = ['test/policy/truth.node.test.ts'];
const altered = ['test/server/wire.node.test.ts', 'test/server/sideways-altered.node.test.ts'];
const asRequester = '{ ...session.viewer, id: row.parties[0]?.id as number }';

/** Through which a viewer who may not see would see, were it not for the database. */
export const policyCalls: readonly Mutation[] = all(
  [
    {
      name: 'every projection lets through',
      file: 'src/policy/project.ts',
      find: 'relationOf(viewer, factsOf(ticket), portal);',
      replace: "relationOf(viewer, factsOf(ticket), portal) ?? 'requester';",
    },
    {
      name: 'notes are projected',
      file: 'src/policy/project.ts',
      find: 'message.internal ? null : messageFields(message)',
      replace: 'messageFields(message)',
      tests: ['test/policy/message.node.test.ts'],
    },
    {
      name: 'one ticket: the policy call',
      file: 'src/server/routes/tickets.ts',
      find: 'projectTicketDetail(session.viewer,',
      replace: `projectTicketDetail(${asRequester},`,
    },
    {
      name: 'a list: the policy call',
      file: 'src/server/routes/ticket-list.ts',
      find: 'projectTicket(session.viewer,',
      replace: `projectTicket(${asRequester},`,
    },
    {
      name: 'a read mark: the policy call',
      file: 'src/server/routes/tickets.ts',
      find: 'const { row } = toTicket(who, session, who.rows[0]);',
      replace: `const row = who.rows[0]?.[0] as TicketRow;
          if (!row) throw new ApiError('not-found');`,
    },
    {
      name: 'a thread: the policy call',
      file: 'src/server/routes/messages.ts',
      find: 'toTicket(who, session, found[0]);',
      replace: "if (!found[0]?.length) throw new ApiError('not-found');",
    },
    {
      name: 'a file: the policy call',
      file: 'src/server/routes/attachments.ts',
      find: 'const { row } = toTicket(who, session, (await current({ portal, session, rows: found }, steps)).rows[0]);',
      replace: `const [row] = found[0] as TicketRow[];
          if (!row) throw new ApiError('not-found');`,
    },
    {
      name: 'a reply: the policy call',
      file: 'src/server/writing/writes.ts',
      find: 'projectTicketDetail(session.viewer,',
      replace: `projectTicketDetail(${asRequester},`,
    },
    {
      name: 'an event: the policy call',
      file: 'src/server/events/view.ts',
      find: 'projectTicket(session.viewer,',
      replace: `projectTicket(${asRequester},`,
      tests: ['test/server/events.node.test.ts'],
    },
  ],
  { tests: policyTests },
);

const deleted = 'ticket.deleted || ';
export const policyRules: readonly Mutation[] = all(
  [
    {
      name: 'policy: account',
      file: 'src/policy/visibility.ts',
      find: 'if (ticket.account !== viewer.account || portal.account !== viewer.account) return null;',
      replace: '',
    },
    without('src/policy/visibility.ts', 'policy: deleted', 'if (ticket.deleted || !portal', deleted),
    {
      name: 'policy: inbox',
      file: 'src/policy/visibility.ts',
      find: ' || !portal.inboxes.includes(ticket.inbox)',
      replace: '',
    },
    {
      name: 'policy: enabled',
      file: 'src/policy/visibility.ts',
      find: '!viewer.enabled || ',
      replace: '',
    },
    {
      name: 'policy: verified',
      file: 'src/policy/visibility.ts',
      find: ' || !viewer.verified',
      replace: '',
    },
    {
      name: 'policy: the company is one of the ticket’s',
      file: 'src/policy/visibility.ts',
      find: ' && ticket.companies.includes(viewer.primaryCompany)',
      replace: '',
    },
    {
      name: 'policy: the permission',
      file: 'src/policy/visibility.ts',
      find: "colleague && permissionOf(viewer, portal.permission) === 'company'",
      replace: 'colleague',
    },
    {
      name: 'policy: an empty group',
      file: 'src/policy/visibility.ts',
      find: 'group.length > 0 && ',
      replace: '',
    },
  ],
  { tests: truth },
);

/** Conditions of the SQL that a visitor's request runs. */
export const queryConditions: readonly Mutation[] = all(
  [
    {
      name: 'list: the contact',
      file: 'src/server/index/list.ts',
      find: 'ticket_contacts c WHERE c.contact_id = ${contact}',
      replace: 'ticket_contacts c WHERE true',
    },
    {
      name: 'list: the company',
      file: 'src/server/index/list.ts',
      find: 'ticket_companies c WHERE c.company_id = ${company}',
      replace: 'ticket_companies c WHERE true',
    },
    {
      name: 'list: deleted',
      file: 'src/server/index/list.ts',
      find: ' AND NOT c.deleted AND c.inbox_id',
      replace: ' AND c.inbox_id',
    },
    {
      name: 'list: inbox',
      file: 'src/server/index/list.ts',
      find: ' AND c.inbox_id = ANY ((SELECT app_inboxes())::bigint[])',
      replace: '',
    },
    {
      name: 'list: account',
      file: 'src/server/index/list.ts',
      find: ' AND c.account_id = ${account}',
      replace: '',
      held: 'ids are unique among all accounts, and row level security compares the account',
    },
    {
      name: 'list: a search shows no note',
      file: 'src/server/index/list.ts',
      find: "m.kind = 'message' AND NOT m.internal",
      replace: "m.kind = 'message'",
      held: 'words of notes find no ticket, and row level security shows no note',
    },
    {
      name: 'thread: no note',
      file: 'src/server/index/thread.ts',
      find: 'AND NOT m.internal${beyond}',
      replace: '${beyond}',
    },
    {
      name: 'thread: account',
      file: 'src/server/index/thread.ts',
      find: 'WHERE t.account_id = ${account} AND t.public_id = $1)',
      replace: 'WHERE t.public_id = $1)',
      held: 'the ticket itself is looked up within the account, and the policy asked of it',
    },
    {
      name: 'ticket: account',
      file: 'src/server/index/ticket.ts',
      find: 'WHERE t.account_id = ${account} AND t.public_id = $1',
      replace: 'WHERE t.public_id = $1',
      held: 'ids of contacts and companies are unique among all accounts, so that the policy finds no relation',
    },
    {
      name: 'file: no note',
      file: 'src/server/routes/attachments.ts',
      find: ' AND NOT m.internal',
      replace: '',
    },
    {
      name: 'file: account',
      file: 'src/server/routes/attachments.ts',
      find: 'WHERE a.account_id = ${account} AND a.public_id',
      replace: 'WHERE a.public_id',
      held: 'the ticket of the file is looked up within the account',
    },
  ],
  { tests: policyTests },
);

/** Of counts, whose numbers no policy sees. */
export const countConditions: readonly Mutation[] = all(
  [
    without('src/server/index/counts.ts', 'counts: deleted', '= ${account} AND NOT c.deleted`', ' AND NOT c.deleted'),
    without(
      'src/server/index/counts.ts',
      'counts: inbox',
      'AND c.inbox_id = g.inbox AND c.status = g.status',
      'c.inbox_id = g.inbox AND ',
    ),
    {
      name: 'counts: the contact',
      tests: policyTests,
      file: 'src/server/index/counts.ts',
      find: 'ticket_contacts c ${from} AND c.contact_id = ${contact}',
      replace: 'ticket_contacts c ${from}',
    },
    {
      name: 'counts: the company',
      tests: policyTests,
      file: 'src/server/index/counts.ts',
      find: 'ticket_companies c ${from} AND c.company_id = ${company}`',
      replace: 'ticket_companies c ${from}`',
    },
    {
      name: 'counts: whose companies',
      tests: policyTests,
      file: 'src/server/index/counts.ts',
      find: 'WHERE m.account_id = ${account} AND m.contact_id = ${contact})',
      replace: 'WHERE m.account_id = ${account})',
    },
  ],
  { tests: routeTests },
);

/** Who asks at all. */
export const admission: readonly Mutation[] = all(
  [
    {
      name: 'a session is needed',
      file: 'src/server/http/portal-call.ts',
      find: 'if (!route.open) throw',
      replace: 'if (false as boolean) throw',
    },
    {
      name: 'staff: a token is needed',
      file: 'src/server/identity/staff.ts',
      find: "if (!payload) throw new ApiError('unauthenticated');\n  return { ...(payload['member']",
      replace: "if (!payload) return firstMember(deps, account);\n  return { ...(payload['member']",
    },
    {
      name: 'admin: the token is needed',
      file: 'src/server/identity/staff.ts',
      find: 'if (!(await sameSecret(readBearer(c), deps.adminToken))) throw',
      replace: 'if (!readBearer(c)) throw',
    },
    {
      name: 'admin: who asks is asked',
      file: 'src/server/routes/admin/admin-call.ts',
      find: 'await readAdmin(deps, c);',
      replace: '',
    },
    {
      name: 'the origin',
      file: 'src/server/http/guard.ts',
      find: "if (!originAllowed(request, caller, portal)) throw new ApiError('forbidden');\n  if (",
      replace: 'if (',
      tests: ['test/server/wire.node.test.ts'],
    },
    {
      name: 'the header that no form can send',
      file: 'src/server/http/guard.ts',
      find: "?? '')) {\n    throw new ApiError('forbidden');",
      replace: "?? '')) {",
      tests: ['test/server/wire.node.test.ts'],
    },
    {
      name: 'staff: deleted tickets',
      file: 'src/server/index/staff.ts',
      find: 'WHERE t.account_id = $1 AND t.deleted_at IS NULL`;',
      replace: 'WHERE t.account_id = $1`;',
    },
    {
      name: 'staff: account',
      file: 'src/server/index/staff.ts',
      find: 'WHERE t.account_id = $1 AND t.deleted_at IS NULL`;',
      replace: 'WHERE $1::bigint IS NOT NULL AND t.deleted_at IS NULL`;',
      held: 'row level security of staff is the account of the transaction',
      tests: routeTests,
    },
  ],
  { tests: routeTests },
);

/** What binds a cursor, a position and a key to whom it was given. */
export const bindings: readonly Mutation[] = all(
  [
    {
      name: 'cursor of a list',
      file: 'src/server/routes/ticket-list.ts',
      find: 'if (cursor && cursor.list !== list) throw unknownCursor();',
      replace: '',
    },
    {
      name: 'cursor of a list: whose',
      file: 'src/server/routes/ticket-list.ts',
      find: 'if (cursor && cursor.owner !== owner) throw unknownCursor();',
      replace: '',
    },
    {
      name: 'cursor of a thread',
      file: 'src/server/routes/messages.ts',
      find: "if (opened && opened['thread'] !== thread) throw invalid(direction, 'unknown');",
      replace: '',
    },
    {
      name: 'cursor of staff',
      file: 'src/server/routes/staff/tickets.ts',
      find: "cursor?.['list'] !== list",
      replace: '!cursor',
    },
    {
      name: 'position of a stream',
      file: 'src/server/events/position.ts',
      find: "if (payload?.['owner'] !== owner) return null;",
      replace: 'if (!payload) return null;',
    },
    {
      name: 'one spelling of what is sealed',
      file: 'src/server/seal.ts',
      find: 'if (!isAsSealed(text)) return null;',
      replace: '',
    },
    {
      name: 'a key for each purpose',
      file: 'src/server/seal.ts',
      find: 'const key = deriveKey(secret, purpose)',
      replace: "const key = deriveKey(secret, 'all')",
    },
    {
      name: 'an ETag: whose',
      file: 'src/server/http/portal-call.ts',
      find: 'tagOf([portal.account, portal.id, contact], request, body)',
      replace: 'tagOf([], request, body)',
      tests: ['test/server/etag.node.test.ts'],
    },
    {
      name: 'an export goes on for who is signed in',
      file: 'src/server/routes/export.ts',
      find: "if (!arrival?.session) throw new ApiError('session-expired');",
      replace: 'if (!arrival?.session) return;',
      tests: ['test/server/export.node.test.ts'],
    },
    {
      name: 'the same key with another request',
      file: 'src/server/idempotency.ts',
      find: "if (!earlier?.same) throw new ApiError('rejected');",
      replace: "if (!earlier) throw new ApiError('rejected');",
      tests: ['test/server/idempotency.node.test.ts', 'test/server/wire.node.test.ts'],
    },
    {
      name: 'a stream ends with its view',
      file: 'src/server/events/view.ts',
      find: ' && scopeOf(who) === scope ?',
      replace: ' ?',
      tests: ['test/server/events.node.test.ts', 'test/server/events-return.node.test.ts'],
    },
    {
      name: 'a reply that the policy does not allow',
      file: 'src/server/writing/writes.ts',
      find: "if (!view.actions.includes(action)) throw new ApiError('forbidden');",
      replace: '',
      tests: ['test/server/conversation.node.test.ts', 'test/server/permission.node.test.ts'],
    },
  ],
  { tests: altered },
);
