import type { TestDatabase } from '../support/database.js';
import type { AppFixture, Visitor } from './app-fixture.js';
import type { SmallWorld } from './small-world.js';
import { addStaff, staffPassword } from './staff-visitor.js';

/** The server of a test, whose settings are asked for and changed. */
export interface AskedServer {
  readonly database: TestDatabase;
  readonly fixture: AppFixture;
  readonly world: SmallWorld;
  /** From whose browser; the admin token says who it is. */
  readonly visitor: Visitor;
}

/** By operation, in an order in which each finds what it needs. */
export type Asks = Readonly<Record<string, () => Promise<Response>>>;

export const staff = { authorization: 'Bearer test-admin-token' };

/** One ask for each route by which staff comes in. */
function staffAsks(
  { fixture }: AskedServer,
  asAdmin: (method: string, path: string, body?: object) => Promise<Response>,
): Asks {
  const olga = fixture.visitor();
  const onPage = (method: string, path: string, body?: object) =>
    olga.request(method, `/admin/api/v1${path}`, { ...(body && { body }) });
  let welcomed: { id: string; email: string; token: string };
  return {
    'admin-createStaff': () => asAdmin('POST', '/staff', { name: 'Ada', email: 'ada@staff.example', role: 'agent' }),
    'admin-lookAtWelcome': async () => {
      welcomed = await addStaff(fixture, { name: 'olga', role: 'admin' });
      return onPage('POST', '/welcome/look', { token: welcomed.token });
    },
    'admin-welcome': () => onPage('POST', '/welcome', { token: welcomed.token, password: staffPassword, name: 'Olga' }),
    'admin-getStaffSession': () => onPage('GET', '/session'),
    'admin-listStaff': () => onPage('GET', '/staff'),
    'admin-staffSignOut': () => onPage('DELETE', '/session'),
    'admin-staffSignIn': () => onPage('POST', '/session', { email: welcomed.email, password: staffPassword }),
    'admin-updateStaff': () => onPage('PATCH', `/staff/${welcomed.id}`, { name: 'Olga B' }),
    'admin-createStaffLink': () => onPage('POST', `/staff/${welcomed.id}/link`),
  };
}

/** One ask for each route of the administrator; `ticket` is one that is there, and `issuer` a provider. */
export function adminAsks(server: AskedServer, ticket: string, issuer: string): Asks {
  const { database, fixture, visitor, world } = server;
  const ask = (method: string, path: string, body?: object) =>
    visitor.request(method, `/admin/api/v1${path}`, { headers: staff, ...(body && { body }) });
  const parties = async () => {
    const { items } = (await (await ask('GET', '/contacts?q=max')).json()) as { items: [{ id: string }] };
    return { requester: items[0].id, contacts: [], participants: [], companies: [world.companies.acme] };
  };
  const connection = { label: 'Acme', issuer, clientId: 'portal' };
  const domains = async () =>
    ((await (await ask('GET', '/domains')).json()) as { items: { id: string }[] }).items.map(({ id }) => id);
  const lastInbox = async () =>
    ((await (await ask('GET', '/inboxes')).json()) as { items: { id: string }[] }).items.at(-1)?.id;
  const property = async () =>
    ((await (await ask('GET', '/contact-properties')).json()) as { items: { id: string }[] }).items[0]?.id;
  const permission = { kind: 'company-if', groups: [[{ property: 'role', operator: 'is-unknown' }]] };
  const connect = async () => {
    const made = await ask('POST', '/portals/help/connections', connection);
    return ((await made.json()) as { id: string }).id;
  };
  return {
    'admin-listPortals': () => ask('GET', '/portals'),
    'admin-createPortal': () => ask('POST', '/portals', { slug: 'shop', name: 'Shop' }),
    'admin-applyConfig': () =>
      ask('POST', '/config', { config: { portals: [{ slug: 'by-file', name: 'File' }] }, apply: true }),
    'admin-getPortal': () => ask('GET', '/portals/help'),
    'admin-updatePortal': () => ask('PATCH', '/portals/help', { permission: { kind: 'company' } }),
    'admin-listContacts': () => ask('GET', '/contacts?limit=2'),
    'admin-createContact': () => ask('POST', '/contacts', { email: 'new@example.com', name: 'New' }),
    'admin-updateContact': async () => ask('PATCH', `/contacts/${(await parties()).requester}`, { enabled: false }),
    'admin-exportContact': async () => ask('GET', `/contacts/${(await parties()).requester}/export`),
    'admin-eraseContact': async () => {
      const made = await ask('POST', '/contacts', { email: 'short@example.com', name: 'Short' });
      return ask('DELETE', `/contacts/${((await made.json()) as { id: string }).id}`);
    },
    'admin-importContacts': () =>
      ask('POST', '/contacts/import', { csv: 'email,name\nnew@example.com,New\nnobody,', dryRun: true }),
    'admin-createContactProperty': () =>
      ask('POST', '/contact-properties', {
        name: 'tier',
        label: 'Tier',
        type: 'choice',
        options: ['gold', 'silver'],
      }),
    'admin-listContactProperties': () => ask('GET', '/contact-properties'),
    'admin-updateContactProperty': async () =>
      ask('PATCH', `/contact-properties/${await property()}`, { label: 'Level', options: ['gold'] }),
    'admin-deleteContactProperty': async () => ask('DELETE', `/contact-properties/${await property()}`),
    'admin-listCompanies': () => ask('GET', '/companies?q=acme'),
    'admin-getContact': async () => ask('GET', `/contacts/${(await parties()).requester}`),
    'admin-getCompany': () => ask('GET', `/companies/${world.companies.globex}`),
    'admin-createCompany': () => ask('POST', '/companies', { name: 'New' }),
    'admin-updateCompany': () => ask('PATCH', `/companies/${world.companies.globex}`, { name: 'Globe' }),
    'admin-deleteCompany': () => ask('DELETE', `/companies/${world.companies.globex}`),
    'admin-explain': () => ask('GET', `/portals/help/explain?contact=max@example.com&ticket=${ticket}`),
    'admin-preview': () => ask('GET', '/portals/help/preview?contact=ann@example.com&q=router'),
    'admin-listAudit': () => ask('GET', '/audit?limit=100'),
    'admin-invite': async () => {
      const domain = (await (
        await ask('POST', '/domains', { host: 'club.example.com', locale: 'en' })
      ).json()) as object;
      const club = { slug: 'club', name: 'Club', domain: (domain as { id: string }).id, accessGroups: ['Members'] };
      await ask('POST', '/portals', club);
      return ask('POST', '/portals/club/invitations', { email: 'guest@example.com' });
    },
    'admin-listHostKeys': () => ask('GET', '/portals/help/host-keys'),
    'admin-addHostKey': () =>
      ask('POST', '/portals/help/host-keys', { kid: 'site', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } }),
    'admin-removeHostKey': () => ask('DELETE', '/portals/help/host-keys/site'),
    'admin-listConnections': () => ask('GET', '/portals/help/connections'),
    'admin-createConnection': () => ask('POST', '/portals/help/connections', connection),
    'admin-updateConnection': async () =>
      ask('PATCH', `/portals/help/connections/${await connect()}`, { label: 'Globex' }),
    'admin-deleteConnection': async () => ask('DELETE', `/portals/help/connections/${await connect()}`),
    'admin-listOrigins': async () => {
      await fixture.visitor().request('GET', '/session', { headers: { 'x-test-origin': 'https://docs.acme.example' } });
      return ask('GET', '/portals/help/origins');
    },
    'admin-decideOrigin': () =>
      ask('POST', '/portals/help/origins', { origin: 'https://docs.acme.example', decision: 'allow' }),
    'admin-listInvitations': async () => {
      await ask('POST', '/portals/help/invitations', { email: 'other@example.com' });
      return ask('GET', '/portals/help/invitations');
    },
    'admin-inviteMany': () =>
      ask('POST', '/portals/club/invitations/many', {
        people: [{ email: 'fourth@example.com' }, { email: 'nobody' }],
      }),
    'admin-revokeInvitation': async () => {
      const made = await ask('POST', '/portals/help/invitations', { email: 'third@example.com' });
      return ask('DELETE', `/portals/help/invitations/${((await made.json()) as { id: string }).id}`);
    },
    ...staffAsks(server, ask),
    'admin-getSetup': () => ask('GET', '/setup'),
    'admin-createDomain': () => ask('POST', '/domains', { host: 'help.acme.example', locale: 'pl' }),
    'admin-listDomains': () => ask('GET', '/domains'),
    'admin-getAddress': async () => ask('GET', `/address?domain=${(await domains())[1]}&slug=admin`),
    'admin-updateDomain': async () => ask('PATCH', `/domains/${(await domains())[1]}`, { locale: 'de' }),
    'admin-deleteDomain': async () => ask('DELETE', `/domains/${(await domains())[1]}`),
    'admin-getEffect': () => ask('POST', '/portals/help/effect', { permission }),
    'admin-askWhatIf': () => ask('POST', '/portals/help/what-if', { permission, contact: 'ann@example.com' }),
    'admin-listPages': async () => {
      await database.asSuperuser(`INSERT INTO seen_pages (account_id, portal_id, url, seen_at)
        SELECT account_id, id, 'https://docs.acme.example/', '2026-11-01' FROM portals`);
      return ask('GET', '/portals/help/pages');
    },
    'admin-createInbox': () => ask('POST', '/inboxes', { name: 'Returns' }),
    'admin-listInboxes': () => ask('GET', '/inboxes'),
    'admin-updateInbox': async () => ask('PATCH', `/inboxes/${await lastInbox()}`, { name: 'Repairs' }),
    'admin-deleteInbox': async () => ask('DELETE', `/inboxes/${await lastInbox()}`),
    'admin-createStatus': () => ask('POST', '/statuses', { category: 'open', label: { en: 'On hold' } }),
    'admin-listStatuses': () => ask('GET', '/statuses'),
    'admin-updateStatus': () => ask('PATCH', '/statuses/on-hold', { position: 0 }),
    'admin-deleteStatus': () => ask('DELETE', '/statuses/on-hold?replacement=new'),
    'admin-setParties': async () => ask('PUT', `/tickets/${ticket}/parties`, await parties()),
  };
}
