import type { adminRoutes } from '../../../wire/index.js';
import type { AppDeps } from '../../deps.js';
import type { Handlers } from '../../http/mount.js';
import { changeAccount, makeAccount } from '../../settings/admin/accounts.js';
import { runConfigFile } from '../../settings/admin/config-file/run-config-file.js';
import { createDomain, deleteDomain, listDomains, updateDomain } from '../../settings/admin/domains.js';
import { readEffect } from '../../settings/admin/effect.js';
import { readPortal } from '../../settings/admin/portals.js';
import { readAddress, readSetup } from '../../settings/admin/setup.js';
import { readWhatIf } from '../../settings/admin/what-if.js';
import { record } from '../../settings/admin/writing.js';
import { toPortal } from '../../settings/portal.js';
import { listSeenPages } from '../../settings/seen-pages.js';
import { type AdminWhos, createWrite } from './admin-call.js';
import { readVisit } from './visibility.js';

type Setup =
  | 'applyConfig'
  | 'createAccount'
  | 'updateAccount'
  | 'getSetup'
  | 'listDomains'
  | 'createDomain'
  | 'updateDomain'
  | 'deleteDomain'
  | 'getAddress'
  | 'getEffect'
  | 'askWhatIf'
  | 'listPages';

/** Where portals are, and what setting one up needs to know. */
export function setupHandlers(deps: AppDeps): Pick<Handlers<typeof adminRoutes, AdminWhos>, Setup> {
  const write = createWrite(deps);
  return {
    applyConfig: async ({ body, request }) => {
      const { hostname: ownHost } = new URL(deps.caller(request).ownBase);
      return { changes: await runConfigFile(deps, body.config, { apply: body.apply, ownHost }) };
    },

    createAccount: ({ body, request }) => makeAccount(deps, body, deps.caller(request).base),
    updateAccount: ({ body }) => changeAccount(deps, body),

    getSetup: async ({ who, request }) => {
      const { ownBase } = deps.caller(request);
      // One that cannot be opened keeps nothing at all, and whoever looks after it is told so elsewhere.
      const desk = await deps.desks.of(who.account).catch(() => null);
      const keepsProperties = desk?.connector.info.keepsProperties ?? true;
      return write(who, (reading) => readSetup(deps, reading, ownBase, keepsProperties));
    },

    listDomains: ({ who }) => write(who, async (reading) => ({ items: await listDomains(reading) })),
    createDomain: ({ body, who, request }) => {
      const { hostname } = new URL(deps.caller(request).ownBase);
      return write(who, (writing) => createDomain(writing, body, hostname));
    },
    updateDomain: ({ params, body, who }) => write(who, (writing) => updateDomain(writing, params.id, body)),
    deleteDomain: ({ params, who }) => write(who, (writing) => deleteDomain(writing, params.id)),
    getAddress: ({ query, who, request }) =>
      write(who, (reading) => readAddress(reading, query, deps.caller(request).ownBase)),

    getEffect: async ({ params, body, who }) => {
      const portal = await write(who, (reading) => readPortal(reading, params.slug));
      return readEffect(deps.database, toPortal(portal), body.permission);
    },
    askWhatIf: ({ params, body, who }) =>
      write(who, async (writing) => {
        const visit = await readVisit(writing, params.slug, body.contact);
        const { publicId: contact } = visit.session;
        // Asked again with every change of a filter: once a day and contact is enough.
        const once = `what-if ${visit.portal.slug} ${contact} ${writing.now.toISOString().slice(0, 10)}`;
        await record(writing, { event: 'preview', portal: visit.portal.slug, subjects: { contact }, once });
        return readWhatIf(writing.tx, visit, body.permission);
      }),
    listPages: ({ params, who }) =>
      write(who, async (reading) => {
        const { id } = await readPortal(reading, params.slug);
        return listSeenPages(reading.tx, { account: reading.account, id });
      }),
  };
}
