import { accessGroup, companies, contacts, staff } from './people.js';
import { propertyDefinitions } from './properties.js';
import { statuses } from './statuses.js';
import { acmeMiddle } from './tickets/acme-middle.js';
import { acmeEarly } from './tickets/acme-early.js';
import { acmeRecent } from './tickets/acme-recent.js';
import { globexEarly } from './tickets/globex-early.js';
import { globexRecent } from './tickets/globex-recent.js';
import { globexMiddle } from './tickets/globex-middle.js';
import { longThread } from './tickets/long-thread.js';
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
    permission: { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
    actions: {},
    inboxes: ['support', 'billing'],
    properties: [...propertyDefinitions.map(({ name }) => name), 'articleUrl', 'articleTitle'],
    propertyDefinitions,
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
  // Oldest first, as a help desk numbers them.
  tickets: [
    ...acmeEarly,
    longThread,
    ...acmeMiddle,
    ...acmeRecent,
    ...globexEarly,
    ...globexMiddle,
    ...globexRecent,
    ...otherTickets,
  ].sort((one, other) => one.number - other.number),
};
