import { backendVersion } from '../backend/portal-backend.js';

const key = Symbol.for('portico.interfaces');

/**
 * Elements of two versions of the interface work on one page, but share no backend and no session: whoever wonders about it
 * finds a warning in the console, once.
 */
export function noteVersion(version = backendVersion): void {
  const page = globalThis as typeof globalThis & { [key]?: Set<number> };
  const versions = (page[key] ??= new Set());
  if (versions.has(version)) return;
  versions.add(version);
  if (versions.size !== 2) return;
  const both = [...versions].join(' and ');
  // oxlint-disable-next-line no-console -- It is for whoever builds the page, and nobody else.
  console.warn(`Portico: elements of interface versions ${both} are on this page, and share nothing.`);
}
