/*
 * Lists and threads out of plain arrays: questions checked, order, pages, cursors. An API that does this itself needs
 * nothing of it.
 */

/** The one error that elements know: its code chooses their words; `fields` name the input that is wrong. */
export const problem = (code, fields = null) =>
  Object.assign(new Error(code), { name: 'BackendError', code, fields, retryAfter: null });

function check(path, isRight) {
  if (!isRight) throw problem('invalid', [{ path, code: 'unknown' }]);
}

const forms = {
  scope: /^(all|mine|participating|company(:.+)?)$/,
  state: /^(all|open|closed)$/,
  turn: /^(contact|support| )$/,
  requester: /./,
  q: /^[^\0]+$/,
  sort: /^-?(updated|created|number|status)$/,
  limit: /^([1-9]\d?|100)$/,
};

// A cursor says who asked what, and the row to go on from: for anybody or anything else there is no such row.
const seal = (question, id) => JSON.stringify([question, id]);
function placeOf(items, question, cursor, path) {
  const place = items.findIndex(({ id }) => seal(question, id) === cursor);
  check(path, place >= 0);
  return place;
}

const lists = { requester: 'mine', contact: 'mine', participant: 'participating' };

/** A page of the rows of one person, `who`; each row has its `ticket`, the ids of its `companies`, `portal` and `me`. */
export function pageOfTickets(rows, { cursor, limit = 25, ...rest } = {}, who) {
  const query = { scope: 'all', state: 'all', turn: ' ', requester: ' ', sort: '-updated', q: ' ', ...rest };
  for (const name in forms) check(name, forms[name].test({ ...query, limit }[name]));
  const { scope, state, turn, requester, sort, status, q } = query;

  const isInScope = ({ ticket, companies, me }) =>
    scope === 'all' ||
    scope === lists[ticket.why.relation] ||
    (scope.startsWith('company') && companies.includes(scope.slice('company:'.length) || me.contact.company?.id));
  const isInState = ({ category }) => state === 'all' || (category === 'closed') === (state === 'closed');
  const orders = {
    updated: ({ ticket }) => ticket.updatedAt,
    created: ({ ticket }) => ticket.createdAt,
    number: ({ ticket }) => ticket.number,
    status: ({ ticket, portal }) => portal.statuses.indexOf(ticket.status),
  };
  const by = orders[sort.replace('-', '')];

  const sorted = rows
    .filter((row) => isInScope(row) && isInState(row.ticket.status))
    .filter(({ ticket }) => status === undefined || ticket.status.id === status)
    .filter(({ ticket }) => turn === ' ' || ticket.turn === turn)
    .filter(({ ticket }) => requester === ' ' || ticket.requester.id === requester)
    .filter(({ ticket }) => ticket.subject.toLowerCase().includes(q.toLowerCase()))
    .sort((one, other) => (by(one) > by(other)) - (by(one) < by(other)));
  if (sort.startsWith('-')) sorted.reverse();

  const items = sorted.map(({ ticket }) => ticket);
  const question = [who, query];
  const from = cursor === undefined ? 0 : placeOf(items, question, cursor, 'cursor') + 1;
  const page = items.slice(from, from + limit);
  return { items: page, nextCursor: from + limit < items.length ? seal(question, page.at(-1).id) : null };
}

/** A page of a thread, oldest first; without a cursor the newest. */
export function pageOfMessages(messages, { before, after, limit = 25 } = {}, question) {
  check('limit', forms.limit.test(limit));
  const end = before === undefined ? messages.length : placeOf(messages, question, before, 'before');
  const from = after === undefined ? Math.max(0, end - limit) : placeOf(messages, question, after, 'after') + 1;
  const items = messages.slice(from, Math.min(end, from + limit));
  const nextCursor = from + items.length < messages.length ? seal(question, items.at(-1).id) : null;
  return { items, nextCursor, previousCursor: from > 0 ? seal(question, items[0].id) : null };
}
