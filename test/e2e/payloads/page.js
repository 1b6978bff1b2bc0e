/** Shows payloads wherever a ticket holds somebody's words: in subjects, names, messages, and the names of files. */

const batch = await (await fetch(`/batch.json${location.search}`)).json();
const payloads = batch.map(({ payload }) => payload);
const at = '2026-01-05T10:00:00.000Z';
const [list, detail] = ['ticket-list', 'ticket-detail'].map((name) => document.createElement(name));

const status = { id: 'open', category: 'open', label: payloads[0] };
const company = { id: 'c1', name: payloads[0] };
const contact = { id: 'a1', name: payloads[0], email: 'a@acme.example', locale: 'en', company };
const ticket = (payload, place) => ({
  id: `t${place}`,
  number: place,
  subject: payload,
  status,
  turn: 'support',
  requester: { id: `r${place}`, name: payload },
  company: { id: `c${place}`, name: payload },
  createdAt: at,
  updatedAt: at,
  unread: false,
  snippet: { text: payload, marks: [[0, 3]] },
  properties: { articleUrl: payload, articleTitle: payload },
  why: { relation: 'company', company: { id: `c${place}`, name: payload }, condition: null },
});
const file = (name, place) => ({ id: `f${place}`, name, type: 'text/html', size: 9, inline: false, contentId: null });
const message = (payload, place) => ({
  id: `m${place}`,
  kind: 'message',
  createdAt: at,
  author: { id: `r${place}`, name: payload, side: place % 2 ? 'support' : 'contact' },
  text: payload,
  html: place % 3 ? batch[place].html : null,
  status: null,
  attachments: [file(payload, place)],
});

const backend = {
  session: async () => ({ contact, permission: 'company', expiresAt: null, draftKey: null }),
  portal: async () => ({
    name: payloads[0],
    slug: 'payloads',
    locale: 'en',
    locales: ['en'],
    signIn: ['password'],
    features: ['download', 'reply'],
    forms: [],
    statuses: [status],
    words: { ticket: null },
    limits: { attachmentBytes: 1, attachmentsPerMessage: 0, messageLength: 1000 },
  }),
  listTickets: async () => ({ items: payloads.map(ticket), nextCursor: null }),
  getTicket: async () => ({
    ...ticket(payloads.at(-1), 1),
    actions: ['reply'],
    participants: payloads.map((name, place) => ({ id: `p${place}`, name })),
    rating: null,
    readAt: null,
    followUpOf: { id: 't2', number: 2, subject: payloads[0] },
    followUps: payloads.map((subject, place) => ({ id: `t${place}`, number: place, subject })),
  }),
  listMessages: async () => ({ items: payloads.map(message), nextCursor: null, previousCursor: null }),
  download: async () => new Blob(['x']),
  reply: async () => message('x', 0),
};

detail.setAttribute('ticket-id', 't1');
for (const element of [list, detail]) {
  element.backend = backend;
  document.body.append(element);
}
while (![list, detail].every((element) => element.matches(':defined:state(ready)')))
  await new Promise((resolve) => requestAnimationFrame(resolve));

/** All elements, through shadow roots. */
const composed = (root) =>
  [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? composed(one.shadowRoot) : [])]);
const bodies = () => composed(detail.shadowRoot).filter((one) => one.part.contains('html'));

// What was asked for before has been answered when this has.
const last = new Image();
last.src = '/last.svg';
await last.decode();

const bad =
  /^(script|style|link|meta|base|iframe|frame|object|embed|form|input|button|textarea|select|template|svg|math)$|-/;
const found = bodies()
  .flatMap((body) => composed(body.shadowRoot))
  .flatMap((one) => {
    const attributes = [...one.attributes].filter(
      ({ name, value }) =>
        /^(on|style$|srcdoc|id$|name$|slot|is$|src|background|poster|ping|form)/.test(name) ||
        (name === 'href' && !/^(https?:|mailto:|tel:)/i.test(value)),
    );
    return bad.test(one.localName) || attributes.length ? [one.cloneNode().outerHTML] : [];
  });
document.body.dataset.found = JSON.stringify(found);
document.body.dataset.html = bodies().length;
