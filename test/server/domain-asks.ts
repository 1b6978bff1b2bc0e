import type { AdminPortalWire, DomainWire } from '../../src/wire/index.js';
import { askAdmin } from './admin-client.js';
import type { SmallWorldHeld } from './use-small-world.js';

/** What tests of domains and of portals on them ask as an admin of the file's small world; `query` names another account. */
export function domainsOf(small: SmallWorldHeld) {
  const list = async (query = '') =>
    (await askAdmin<{ items: DomainWire[] }>(small, 'GET', `/domains${query}`)).body.items;
  return {
    list,
    connect: (host: string, locale = 'en', query = '') =>
      askAdmin<DomainWire>(small, 'POST', `/domains${query}`, { host, locale }),
    systemOf: async (query = '') => (await list(query)).find(({ kind }) => kind === 'system')!,
    portal: async (slug: string, query = '') =>
      (await askAdmin<AdminPortalWire>(small, 'GET', `/portals/${slug}${query}`)).body,
    create: (body: object, query = '') => askAdmin<AdminPortalWire>(small, 'POST', `/portals${query}`, body),
    change: (slug: string, body: object, query = '') =>
      askAdmin<AdminPortalWire>(small, 'PATCH', `/portals/${slug}${query}`, body),
  };
}

export const refusal = (status: number, path: string, code: string) => ({ status, body: { fields: [{ path, code }] } });
