import type { World } from './world.js';

/** In the order of a ticket's life; the first is that of a new ticket. */
export const statuses: World['statuses'] = [
  { id: 'new', category: 'open', label: { en: 'Received', pl: 'Przyjęte' } },
  { id: 'open', category: 'open', label: { en: 'In progress', pl: 'W toku' } },
  {
    id: 'waiting',
    category: 'waiting_on_contact',
    label: { en: 'Awaiting your reply', pl: 'Czekamy na Twoją odpowiedź' },
  },
  { id: 'solved', category: 'closed', label: { en: 'Solved', pl: 'Rozwiązane' } },
  { id: 'closed', category: 'closed', label: { en: 'Closed', pl: 'Zamknięte' } },
];
