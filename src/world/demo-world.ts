import { accessGroup, companies, contacts, staff } from './people.js';
import { statuses } from './statuses.js';
import { acmeTickets } from './tickets/acme.js';
import { globexTickets } from './tickets/globex.js';
import { otherTickets } from './tickets/others.js';
import type { World } from './world.js';

/** Tarnfield's customers and their tickets: the same in the demo, the tests and the documentation. */
export const demoWorld: World = {
  account: 'tarnfield',
  password: 'portico-demo-2026',
  portal: {
    slug: 'help',
    name: 'Tarnfield Support',
    locale: 'en',
    locales: ['en', 'pl'],
    permission: { kind: 'company-if', groups: [[{ property: 'role', is: 'manager' }]] },
    inboxes: ['support', 'billing'],
    properties: ['product', 'site', 'articleUrl', 'articleTitle'],
  },
  inboxes: [
    { id: 'support', name: 'Support' },
    { id: 'billing', name: 'Billing' },
    { id: 'partners', name: 'Installers' },
  ],
  statuses,
  companies,
  contacts,
  staff,
  accessGroup,
  // Oldest first, as a help desk would have numbered them.
  tickets: [...acmeTickets, ...globexTickets, ...otherTickets].sort((one, other) => one.number - other.number),
};
