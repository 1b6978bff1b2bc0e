import type { AppDeps } from '../deps.js';
import type { PortalSettings } from '../settings/portal.js';
import { createWritesAtOnce } from './at-once.js';
import { createWritesByDesk } from './by-desk.js';
import type { ContactWrites } from './writes.js';

/** Writes at once into what is ours, and by way of the desk where another one keeps the tickets. */
export function createContactWrites(deps: AppDeps): (portal: PortalSettings) => ContactWrites {
  const atOnce = createWritesAtOnce(deps);
  const byDesk = createWritesByDesk(deps);
  return ({ desk }) => (desk ? byDesk : atOnce);
}
