import type { DeskStatus } from '../connector.js';
import type { RtSettings } from './settings.js';

/** RT's default lifecycle, but for `deleted`. RT tells nobody which statuses a lifecycle has. */
const known: readonly DeskStatus[] = [
  { id: 'new', category: 'open', label: { en: 'New', pl: 'Nowe' } },
  { id: 'open', category: 'open', label: { en: 'Open', pl: 'W toku' } },
  { id: 'stalled', category: 'waiting_on_contact', label: { en: 'Waiting for you', pl: 'Czeka na Ciebie' } },
  { id: 'resolved', category: 'closed', label: { en: 'Solved', pl: 'Rozwiązane' } },
  { id: 'rejected', category: 'closed', label: { en: 'Closed', pl: 'Zamknięte' } },
];

/** Statuses of the default lifecycle and those of the settings, which come after and decide where both know one. */
export function rtStatuses({ statuses = {} }: Pick<RtSettings, 'statuses'>): readonly DeskStatus[] {
  const own = Object.entries(statuses);
  return [
    ...known.map((status) => ({ ...status, category: statuses[status.id] ?? status.category })),
    ...own
      .filter(([id]) => !known.some((status) => status.id === id))
      .map(([id, category]) => ({ id, category, label: { en: id } })),
  ];
}
