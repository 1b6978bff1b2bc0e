import { BackendError } from '../../backend/backend-error.js';
import type { AccountBackend, Desk, AuditEntry, Inbox, OwnedStatus } from '../../backend/setup/account-backend.js';

/** What all portals of a small company have in common: always the same, whatever is asked for. */

const id = (letter: string) => letter.repeat(22);

export const inboxList: readonly [Inbox, Inbox, Inbox] = [
  {
    id: id('s'),
    name: 'Support',
    desk: false,
    tickets: 812,
    portals: [
      { slug: 'help', name: 'Tarnfield help', receives: true },
      { slug: 'pomoc', name: 'Pomoc Tarnfield', receives: true },
    ],
    staff: [],
  },
  {
    id: id('b'),
    name: 'Billing',
    desk: false,
    tickets: 97,
    portals: [{ slug: 'help', name: 'Tarnfield help', receives: false }],
    staff: [{ id: id('m'), name: 'Mia Lindqvist' }],
  },
  { id: id('r'), name: 'Returns', desk: false, tickets: 0, portals: [], staff: [] },
];

export const statusList: readonly OwnedStatus[] = [
  { id: 'new', category: 'open', label: { en: 'Received', pl: 'Przyjęte' }, inboxes: null, tickets: 12 },
  { id: 'open', category: 'open', label: { en: 'In progress', pl: 'W toku' }, inboxes: null, tickets: 41 },
  { id: 'on-hold', category: 'open', label: { en: 'With engineering' }, inboxes: null, tickets: 0 },
  {
    id: 'waiting',
    category: 'waiting_on_contact',
    label: { en: 'Awaiting your reply', pl: 'Czekamy na Twoją odpowiedź' },
    inboxes: null,
    tickets: 8,
  },
  { id: 'closed', category: 'closed', label: { en: 'Closed', pl: 'Zamknięte' }, inboxes: null, tickets: 848 },
];

/** The same, with an inbox that has some of its own. */
export const ownStatuses: readonly OwnedStatus[] = [
  { id: 'disputed', category: 'open', label: { en: 'Disputed', pl: 'Sporne' }, inboxes: [id('b')], tickets: 3 },
  ...statusList,
  { id: 'refunded', category: 'closed', label: { en: 'Refunded', pl: 'Zwrócone' }, inboxes: [id('b')], tickets: 17 },
];

const olga = { kind: 'staff', id: id('o') } as const;
const entry: AuditEntry = {
  at: '2026-03-02T08:00:00.000Z',
  portal: 'help',
  actor: olga,
  event: 'portal-changed',
  subjects: {},
  outcome: 'done',
  change: null,
  names: { actor: 'Olga Nowak' },
};

export const auditEntries: readonly AuditEntry[] = [
  {
    ...entry,
    change: {
      permission: {
        before: { kind: 'own' },
        after: { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
      },
      idleMinutes: { before: 1440, after: 60 },
      name: null,
    },
  },
  {
    ...entry,
    at: '2026-03-02T07:30:00.000Z',
    portal: null,
    event: 'contact-changed',
    subjects: { contact: id('c') },
    change: { primaryCompany: { before: null, after: id('k') }, enabled: { before: true, after: false }, email: null },
    names: { actor: 'Olga Nowak', contact: 'Bob Okafor', [id('k')]: 'Acme' },
  },
  {
    ...entry,
    at: '2026-03-01T15:12:00.000Z',
    event: 'preview',
    subjects: { contact: id('c') },
    names: { actor: 'Olga Nowak', contact: 'Bob Okafor' },
  },
  {
    ...entry,
    at: '2026-03-01T09:02:00.000Z',
    actor: { kind: 'visitor', id: null },
    event: 'sign-in',
    subjects: { contact: id('c') },
    outcome: 'refused',
    names: { contact: 'Bob Okafor' },
  },
  {
    ...entry,
    at: '2026-02-27T09:00:00.000Z',
    portal: null,
    actor: { kind: 'admin', id: null },
    event: 'status-changed',
    subjects: { status: 'waiting' },
    change: { position: { before: 1, after: 2 }, label: null },
    names: {},
  },
];

export const connectedDesk: Desk = {
  kind: 'rt',
  settings: {
    url: 'https://rt.tarnfield.example',
    user: 'portal-bot',
    queues: ['Support', 'Billing'],
    replyAs: 'service',
  },
  syncedAt: '2026-03-02T07:59:58.000Z',
  inboxes: inboxList.slice(0, 2).map(({ id: inbox, name }) => ({ id: inbox, name })),
};

export const accountAnswers: AccountBackend = {
  listInboxes: async () => inboxList,
  createInbox: async (name) => ({ ...inboxList[2], name }),
  renameInbox: async (_id, name) => ({ ...inboxList[2], name }),
  deleteInbox: async () => {},

  listStatuses: async () => statusList,
  createStatus: async (input) => ({ ...input, id: 'made', tickets: 0 }),
  updateStatus: async (asked, { category, label, inboxes }) => {
    const status = statusList.find((one) => one.id === asked) as OwnedStatus;
    return {
      ...status,
      ...(category && { category }),
      ...(label && { label }),
      ...(inboxes !== undefined && { inboxes }),
    };
  },
  deleteStatus: async () => {},

  listAudit: async ({ event, actor }) => ({
    items: auditEntries.filter(
      (one) =>
        (event?.split(',').includes(one.event) ?? true) && [undefined, one.actor.id, one.actor.kind].includes(actor),
    ),
    nextCursor: null,
  }),

  getDesk: async () => {
    throw new BackendError('not-found');
  },
  setDesk: async ({ kind, settings }) => ({ ...connectedDesk, kind, settings }),
};
