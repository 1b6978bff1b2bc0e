import type { ExportQuery } from '../model/index.js';
import { sheetHead, sheetLine } from '../policy/index.js';
import type { Cursors } from './cursors.js';
import { listTickets } from './list.js';
import { type Language, propertiesOf } from './records.js';
import type { State } from './state.js';
import type { WorldContact } from './world.js';

/** The whole list as CSV. */
export function exportTickets(
  state: State,
  cursors: Cursors,
  contact: WorldContact,
  query: ExportQuery,
  language: Language,
): string {
  const properties = propertiesOf(state.world, language);
  const { items } = listTickets(state, cursors, contact, { ...query, limit: Number.POSITIVE_INFINITY }, language);
  return [sheetHead(properties, language), ...items.map((ticket) => sheetLine(ticket, properties, language))].join('');
}
