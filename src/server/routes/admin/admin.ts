import { type adminRoutes, importBytes } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import { setParties } from '../../connectors/builtin/set-parties.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import type { Handlers } from '../../http/mount.js';
import { hashNewPassword } from '../../identity/password.js';
import {
  type CompanyRow,
  createCompany,
  deleteCompany,
  listCompanies,
  readCompany,
  toCompany,
  updateCompany,
} from '../../settings/admin/companies.js';
import {
  checkIssuer,
  createConnection,
  deleteConnection,
  listConnections,
  updateConnection,
} from '../../settings/admin/connections.js';
import { exportContact } from '../../settings/admin/contact-data.js';
import { eraseContact } from '../../settings/admin/contact-erasure.js';
import {
  createContactProperty,
  deleteContactProperty,
  listContactProperties,
  updateContactProperty,
} from '../../settings/admin/contact-properties.js';
import { importContacts } from '../../settings/admin/import-contacts.js';
import { readTable } from '../../settings/admin/import-table.js';
import { checkDesk, readDesk, setDesk } from '../../settings/admin/desk.js';
import { invite, inviteMany, listInvitations, revokeInvitation } from '../../settings/admin/invitations.js';
import { addHostKey, listHostKeys, removeHostKey } from '../../settings/admin/host-keys.js';
import { decideOrigin, listOrigins } from '../../settings/admin/origins.js';
import type { ContactRow } from '../../settings/admin/people.js';
import { createContact, listContacts, readContact, toContact, updateContact } from '../../settings/admin/people.js';
import type { AdminPortalRow } from '../../settings/admin/portals.js';
import { adminPortals, createPortal, readPortal, toAdminPortal, updatePortal } from '../../settings/admin/portals.js';
import { readInspection } from '../../settings/inspection.js';
import { refuse } from '../../settings/admin/writing.js';
import { accountHandlers } from './account.js';
import { type AdminWho, type AdminWhos, contextOf, createPages, createWrite } from './admin-call.js';
import { setupHandlers } from './setup.js';
import { staffAccountHandlers } from './staff.js';
import { visibilityHandlers } from './visibility.js';

export function adminHandlers(deps: AppDeps): Handlers<typeof adminRoutes, AdminWhos> {
  const write = createWrite(deps);
  const page = createPages(deps);
  const { backup } = deps;

  /** Rows of a list, by account, words asked for, id before the first, and how many. */
  const rowsOf =
    <Row>(who: AdminWho, statement: Statement, q: string | undefined) =>
    async (beyond: number | null, rows: number) => {
      const params = [who.account, q ?? null, beyond ?? 0, rows];
      const [found] = (await deps.database.batch(contextOf(who), [{ statement, params }])) as [Row[]];
      return found;
    };

  return {
    backup: async () => {
      // Where the server lives in a page there is nothing to keep.
      if (!backup) throw new ApiError('not-found');
      return new Response(backup(), { headers: { 'content-type': 'application/gzip' } });
    },

    inspect: async ({ request }) => ({
      ...(await readInspection(deps.database)),
      seen: {
        base: deps.caller(request).base,
        ip: deps.caller(request).ip,
        forwardedFor: (request.headers.get('x-forwarded-for') ?? '').split(',').filter((entry) => entry.trim()).length,
      },
    }),

    ...staffAccountHandlers(deps),

    listPortals: async ({ who, request }) => {
      const steps = [{ statement: adminPortals, params: [who.account, null] }];
      const [rows] = (await deps.database.batch(contextOf(who), steps)) as [AdminPortalRow[]];
      const { ownBase } = deps.caller(request);
      return { items: rows.map((row) => toAdminPortal(row, ownBase)) };
    },
    createPortal: ({ body, who, request }) =>
      write(who, async (writing) => toAdminPortal(await createPortal(writing, body), deps.caller(request).ownBase)),
    getPortal: ({ params, who, request }) =>
      write(who, async (reading) =>
        toAdminPortal(await readPortal(reading, params.slug), deps.caller(request).ownBase),
      ),
    updatePortal: ({ params, body, who, request }) =>
      write(who, async (writing) =>
        toAdminPortal(await updatePortal(writing, params.slug, body), deps.caller(request).ownBase),
      ),

    listContacts: ({ query, who }) =>
      page([who.account, 'contacts', query.q], query, rowsOf<ContactRow>(who, listContacts, query.q), toContact),
    getContact: ({ params, who }) => write(who, async (reading) => toContact(await readContact(reading, params.id))),
    createContact: async ({ body, who }) => {
      // Hashing is slow on purpose: no transaction waits for it.
      const { password, ...contact } = body;
      const about = [contact.name, contact.email];
      const hash = password === undefined ? null : await hashNewPassword(deps, password, about);
      return write(who, (writing) => createContact(writing, contact, hash));
    },
    updateContact: ({ params, body, who }) => write(who, (writing) => updateContact(deps, writing, params.id, body)),

    exportContact: ({ params, who }) => write(who, (writing) => exportContact(writing, params.id)),
    eraseContact: async ({ params, who }) => {
      const keys = await write(who, (writing) => eraseContact(deps, writing, params.id));
      for (const key of keys) await deps.files.remove(who.account, key);
    },
    importContacts: ({ body, who }) => {
      const { readCsv } = deps;
      // Where the server lives in a page nobody comes by a table.
      if (!readCsv) throw new ApiError('not-found');
      if (new TextEncoder().encode(body.csv).byteLength > importBytes) throw refuse('csv', 'too-large');
      // No transaction waits for the reading.
      const table = readTable(readCsv(body.csv));
      return write(who, (writing) => importContacts(writing, table, body.dryRun));
    },

    listContactProperties: ({ who }) => write(who, listContactProperties),
    createContactProperty: ({ body, who }) => write(who, (writing) => createContactProperty(writing, body)),
    updateContactProperty: ({ params, body, who }) =>
      write(who, (writing) => updateContactProperty(writing, params.id, body)),
    deleteContactProperty: ({ params, who }) => write(who, (writing) => deleteContactProperty(writing, params.id)),

    listCompanies: ({ query, who }) =>
      page([who.account, 'companies', query.q], query, rowsOf<CompanyRow>(who, listCompanies, query.q), toCompany),
    getCompany: ({ params, who }) => write(who, (reading) => readCompany(reading, params.id)),
    createCompany: ({ body, who }) => write(who, (writing) => createCompany(writing, body)),
    updateCompany: ({ params, body, who }) => write(who, (writing) => updateCompany(writing, params.id, body)),
    deleteCompany: ({ params, who }) => write(who, (writing) => deleteCompany(writing, params.id)),

    listHostKeys: ({ params, who }) => write(who, (reading) => listHostKeys(reading, params.slug)),
    addHostKey: ({ params, body, who }) => write(who, (writing) => addHostKey(writing, params.slug, body)),
    removeHostKey: ({ params, who }) => write(who, (writing) => removeHostKey(writing, params.slug, params.kid)),

    listOrigins: ({ params, who }) => write(who, (reading) => listOrigins(reading, params.slug)),
    decideOrigin: ({ params, body, who }) => write(who, (writing) => decideOrigin(writing, params.slug, body)),

    listInvitations: ({ params, who }) => write(who, (reading) => listInvitations(reading, params.slug)),
    invite: async ({ params, body, who, request }) => {
      const { base } = deps.caller(request);
      const invitation = await write(who, (writing) => invite(deps, writing, params.slug, body, base));
      deps.mail?.wake();
      return invitation;
    },
    inviteMany: async ({ params, body, who, request }) => {
      const { base } = deps.caller(request);
      const report = await write(who, (writing) => inviteMany(deps, writing, params.slug, body, base));
      deps.mail?.wake();
      return report;
    },
    revokeInvitation: ({ params, who }) => write(who, (writing) => revokeInvitation(writing, params.slug, params.id)),

    listConnections: ({ params, who }) => write(who, (reading) => listConnections(reading, params.slug)),
    createConnection: async ({ params, body, who }) => {
      // No transaction waits for a provider.
      const issuer = await checkIssuer(deps, who.account, body.issuer);
      return write(who, (writing) => createConnection(deps, writing, params.slug, body, issuer));
    },
    updateConnection: async ({ params, body, who }) => {
      const issuer = body.issuer === undefined ? null : await checkIssuer(deps, who.account, body.issuer);
      return write(who, (writing) => updateConnection(deps, writing, params, body, issuer));
    },
    deleteConnection: ({ params, who }) => write(who, (writing) => deleteConnection(writing, params)),

    getDesk: ({ who }) => write(who, readDesk),
    setDesk: async ({ body, who }) => {
      // No transaction waits for a desk.
      const checked = await checkDesk(deps, who.account, body);
      return write(who, (writing) => setDesk(writing, checked));
    },

    ...visibilityHandlers(deps),
    ...setupHandlers(deps),
    ...accountHandlers(deps, page),

    setParties: async ({ params, body, who }) => {
      await deps.desks.refuseStaff(who.account);
      return write(who, (writing) => setParties(writing, params.id, body));
    },
  };
}
