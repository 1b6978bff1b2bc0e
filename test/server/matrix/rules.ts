import { adminRoutes, liveRoutes, portalRoutes, type Route, staffRoutes } from '../../../src/wire/index.js';
import { password } from '../app-fixture.js';
import { markOf } from './world.js';

/** What a viewer without the right gets, and what is sent: one rule a mounted route, by hand. */
export interface Rule {
  /**
   * `everybody`: also without a session. `contact`: whose session is alive. `ticket`, `file`: the same, for an object that
   * they see; otherwise it is not there. `staff`: bearers of a staff or the admin token, and staff of the account who is
   * signed in. `staff-ticket`: the same, of a ticket that is there, and in their inboxes. `admin`: bearers of the admin
   * token, and admins of the account who are signed in. `server`: bearers of the admin token alone.
   */
  readonly to: 'everybody' | 'contact' | 'ticket' | 'file' | 'staff' | 'staff-ticket' | 'admin' | 'server';
  /** For the first who may: afterwards it is not there. */
  readonly removes?: true;
  /** Once a ticket, and only for who takes part in it: who sees it through the company gets 403. */
  readonly parties?: true;
  /** With `parties`: as often as one likes. */
  readonly repeats?: true;
  /** As often as one likes, and only for who asked: everybody else who sees it gets 403. */
  readonly requester?: true;
  /** Instead of the status of success in the route's table. */
  readonly status?: number;
  /** Query strings to ask with, each on its own; else none. */
  readonly queries?: readonly string[];
  readonly body?: unknown;
  /** Sends a form with one file. */
  readonly file?: true;
  /** Sent only after everything was read, in the order of this list. */
  readonly writes?: true;
  /** Whose address is in the answer, whoever asks. */
  readonly tells?: string;
  /** Values of further parameters of the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** What to ask for, where the mounted path has a pattern in it. */
  readonly path?: string;
}

const lists = [
  '',
  '?limit=1',
  '?sort=status',
  '?q=words',
  '?scope=company',
  '?scope=mine',
  '?scope=participating',
  '?scope=company:{acme}',
  '?scope=company:{umbrella}',
  '?state=open&sort=number',
  '?state=closed',
  '?status=new&sort=-created',
  '?q=subject&scope=mine',
  `?q=${markOf('ann')}`,
  `?q=${markOf('note')}`,
  `?q=${markOf('deleted')}`,
  `?q=${markOf('sales')}`,
  `?q=${markOf('gus')}`,
  `?q=${markOf('umbrella')}`,
];

/** Fewer: an export is not for everybody at any time. */
const exported = [
  '',
  '?sort=status',
  '?q=words',
  '?scope=company',
  '?scope=mine',
  '?scope=company:{umbrella}',
  '?state=closed',
  `?q=${markOf('note')}`,
  `?q=${markOf('deleted')}`,
];

type RulesOf<Routes extends Record<string, Route>> = { readonly [Name in keyof Routes]: Rule };

const portal: RulesOf<typeof portalRoutes> & RulesOf<typeof liveRoutes> = {
  getPortal: { to: 'everybody' },
  getSession: { to: 'everybody' },
  listTickets: { to: 'contact', queries: lists },
  exportTickets: { to: 'contact', queries: exported },
  getTicket: { to: 'ticket' },
  listMessages: { to: 'ticket', queries: ['', '?limit=1'] },
  download: { to: 'file' },
  getCounts: { to: 'contact' },
  getPreferences: { to: 'contact' },
  // Of who is signed in; a visitor has nothing to agree to.
  getConsent: { to: 'contact' },
  streamEvents: { to: 'contact' },
  setPreferences: { to: 'contact', writes: true, body: { columns: ['subject', 'why'] } },
  upload: { to: 'contact', file: true, writes: true },
  // Without its version nobody speaks the protocol, and of what nobody has begun there is nothing.
  beginUpload: { to: 'contact', writes: true, status: 412 },
  findUpload: { to: 'contact', params: { id: 'A'.repeat(22) }, status: 404 },
  continueUpload: { to: 'contact', params: { id: 'A'.repeat(22) }, writes: true, status: 404 },
  endUpload: { to: 'contact', params: { id: 'A'.repeat(22) }, writes: true, status: 404 },
  markRead: { to: 'ticket', writes: true },
  edit: { to: 'ticket', requester: true, writes: true, body: { properties: { site: 'Hall 4' } } },
  // Who takes part already changes nothing by it.
  addParticipant: { to: 'ticket', parties: true, repeats: true, writes: true, body: { email: '{self}@example.com' } },
  // Every ticket of the world is open, rated and opened again by who has closed it; with a reply a colleague takes part.
  close: { to: 'ticket', parties: true, writes: true },
  rate: { to: 'ticket', requester: true, writes: true, body: { rating: 4 } },
  reopen: { to: 'ticket', parties: true, writes: true },
  reply: { to: 'ticket', writes: true, body: { body: 'A reply' } },
  createTicket: { to: 'contact', writes: true, body: { subject: 'New', message: 'Hello' } },
  startSignIn: { to: 'everybody', writes: true, body: { method: 'email', email: 'somebody@example.com' } },
  getNonce: { to: 'everybody', writes: true, status: 403 },
  setPassword: {
    to: 'everybody',
    writes: true,
    status: 401,
    body: { code: 'AAAA-AAAA', password: 'a password of many letters' },
  },
  // In this world nobody was asked.
  withdrawConsent: { to: 'contact', writes: true, status: 404 },
  // Both end the session that comes along.
  signIn: {
    to: 'everybody',
    writes: true,
    body: { method: 'password', email: 'ann@example.com', password },
    tells: 'ann',
  },
  signOut: { to: 'everybody', writes: true, body: { scope: 'this' } },
};

const account = '?account={account}';

const staff: RulesOf<typeof staffRoutes> = {
  listTickets: { to: 'staff', queries: [account, `${account}&q=${markOf('note')}`, `${account}&state=open`] },
  getTicket: { to: 'staff-ticket', queries: [account] },
  listMessages: { to: 'staff-ticket', queries: [account] },
  reply: { to: 'staff-ticket', queries: [account], writes: true, body: { body: 'An answer' } },
  addNote: {
    to: 'staff-ticket',
    queries: [account],
    writes: true,
    body: { body: `Between us: ${markOf('{viewer}')}` },
  },
  updateTicket: { to: 'staff-ticket', queries: [account], writes: true, body: { status: 'working' } },
};

const admin: { readonly [name: string]: Rule } = {
  backup: { to: 'server' },
  applyConfig: { to: 'server', body: { config: { account: 'Marked' }, apply: false } },
  inspect: { to: 'server' },
  createAccount: {
    to: 'server',
    writes: true,
    status: 201,
    body: { name: '{viewer} Ltd', admin: { name: 'Eve', email: '{viewer}@staff.example' } },
  },
  updateAccount: { to: 'server', body: { name: 'Nobody', innerAddresses: true }, status: 404, writes: true },
  getStaffSession: { to: 'everybody' },
  listStaff: { to: 'admin', queries: [account] },
  lookAtWelcome: { to: 'everybody', writes: true, status: 401, body: { token: 'A'.repeat(44) } },
  welcome: {
    to: 'everybody',
    writes: true,
    status: 401,
    body: { token: 'A'.repeat(44), password: 'a password of many letters', name: 'Eve' },
  },
  createStaff: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { name: 'New', email: '{viewer}@new.example', role: 'agent' },
  },
  updateStaff: { to: 'admin', queries: [account], writes: true, params: { id: '{agent}' }, body: { name: 'agent' } },
  createStaffLink: { to: 'admin', queries: [account], writes: true, params: { id: '{agent}' } },
  staffSignIn: {
    to: 'everybody',
    writes: true,
    status: 401,
    body: { email: '{viewer}@nobody.example', password: 'guessed' },
  },
  staffSignOut: { to: 'everybody', writes: true },
  explain: { to: 'admin', queries: [`${account}&contact={requester}&ticket={ticket}`] },
  preview: { to: 'admin', queries: [`${account}&contact={requester}`] },
  listAudit: { to: 'admin', queries: [account] },
  listPortals: { to: 'admin', queries: [account] },
  getPortal: { to: 'admin', queries: [account] },
  listContacts: { to: 'admin', queries: [account] },
  listCompanies: { to: 'admin', queries: [account] },
  getContact: { to: 'admin', queries: [account], params: { id: '{pat}' } },
  getCompany: { to: 'admin', queries: [account], params: { id: '{acme}' } },
  createPortal: { to: 'admin', queries: [account], writes: true, body: { slug: 'of-{viewer}', name: 'Further' } },
  updatePortal: { to: 'admin', queries: [account], writes: true, body: { name: 'Renamed' } },
  createContact: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { email: '{viewer}@new.example', name: 'New' },
  },
  updateContact: { to: 'admin', queries: [account], writes: true, params: { id: '{pat}' }, body: { name: 'pat' } },
  exportContact: { to: 'admin', queries: [account], params: { id: '{pat}' } },
  // Nobody of this account; the others are needed here.
  eraseContact: { to: 'admin', queries: [account], writes: true, params: { id: 'A'.repeat(22) }, status: 404 },
  importContacts: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { csv: 'email,name\n{viewer}@imported.example,New', dryRun: false },
  },
  listContactProperties: { to: 'admin', queries: [account] },
  createContactProperty: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { name: 'of-{viewer}', label: 'New', type: 'text' },
  },
  updateContactProperty: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'A'.repeat(22) },
    body: { label: 'Renamed' },
    status: 404,
  },
  deleteContactProperty: { to: 'admin', queries: [account], writes: true, params: { id: 'A'.repeat(22) }, status: 404 },
  createCompany: { to: 'admin', queries: [account], writes: true, body: { name: 'New' } },
  updateCompany: { to: 'admin', queries: [account], writes: true, params: { id: '{acme}' }, body: { name: 'Acme' } },
  listHostKeys: { to: 'admin', queries: [account] },
  addHostKey: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { kid: '{viewer}', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } },
  },
  removeHostKey: { to: 'admin', queries: [account], writes: true, params: { kid: '{viewer}' } },
  listOrigins: { to: 'admin', queries: [account] },
  decideOrigin: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { origin: 'https://docs.acme.example', decision: 'ignore' },
    status: 404,
  },
  listInvitations: { to: 'admin', queries: [account] },
  // These portals are on the server's own domain, which sends no invitations.
  invite: { to: 'admin', queries: [account], writes: true, body: { email: 'guest@example.com' }, status: 409 },
  inviteMany: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { people: [{ email: 'guest@example.com' }] },
    status: 409,
  },
  revokeInvitation: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'AAAAAAAAAAAAAAAAAAAAAA' },
    status: 404,
  },
  setParties: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: '{ticket}' },
    body: { requester: '{requester}', contacts: [], participants: [], companies: ['{acme}'] },
  },
  listConnections: { to: 'admin', queries: [account] },
  createConnection: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { label: 'Acme', issuer: 'no address', clientId: 'portal' },
    status: 400,
  },
  updateConnection: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'AAAAAAAAAAAAAAAAAAAAAA' },
    body: { label: 'Acme' },
    status: 404,
  },
  deleteConnection: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'AAAAAAAAAAAAAAAAAAAAAA' },
    status: 404,
  },
  // The desk of this account is the built-in one, and the server knows no other kind.
  getDesk: { to: 'admin', queries: [account], status: 404 },
  setDesk: {
    to: 'admin',
    queries: [account],
    writes: true,
    status: 400,
    body: { kind: 'other', settings: {}, secret: {} },
  },
  listInboxes: { to: 'admin', queries: [account] },
  createInbox: { to: 'admin', queries: [account], writes: true, body: { name: 'Inbox of {viewer}' } },
  updateInbox: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'AAAAAAAAAAAAAAAAAAAAAA' },
    body: { name: 'Renamed' },
    status: 404,
  },
  deleteInbox: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'AAAAAAAAAAAAAAAAAAAAAA' },
    status: 404,
  },
  listStatuses: { to: 'admin', queries: [account] },
  createStatus: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { category: 'open', label: { en: 'Of {viewer}' } },
  },
  updateStatus: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'working' },
    body: { category: 'open' },
  },
  // What tickets have is replaced by something.
  deleteStatus: { to: 'admin', queries: [account], writes: true, params: { id: 'new' }, status: 409 },
  deleteCompany: { to: 'admin', removes: true, queries: [account], writes: true, params: { id: '{umbrella}' } },
  getSetup: { to: 'admin', queries: [account] },
  listDomains: { to: 'admin', queries: [account] },
  // Nobody here has a domain with this id.
  getAddress: { to: 'admin', queries: [`${account}&domain=AAAAAAAAAAAAAAAAAAAAAA&slug=further`], status: 400 },
  getEffect: { to: 'admin', queries: [account], body: { permission: { kind: 'company' } } },
  askWhatIf: {
    to: 'admin',
    queries: [account],
    body: { permission: { kind: 'company' }, contact: '{requester}' },
  },
  listPages: { to: 'admin', queries: [account] },
  createDomain: {
    to: 'admin',
    queries: [account],
    writes: true,
    body: { host: '{viewer}.marked.example', locale: 'en' },
  },
  updateDomain: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'AAAAAAAAAAAAAAAAAAAAAA' },
    body: { locale: 'pl' },
    status: 404,
  },
  deleteDomain: {
    to: 'admin',
    queries: [account],
    writes: true,
    params: { id: 'AAAAAAAAAAAAAAAAAAAAAA' },
    status: 404,
  },
};

/** Routes that app.ts mounts beside the tables. */
const others: { readonly [route: string]: Rule } = {
  'GET /healthz': { to: 'everybody', status: 200 },
  'GET /readyz': { to: 'everybody', status: 200 },
  'GET /:slug/api/v1/openapi.json': { to: 'everybody', status: 200 },
  'OPTIONS /:slug/api/v1/*': { to: 'everybody', path: '/{slug}/api/v1/tickets/{ann}', status: 204 },
  'GET /': { to: 'everybody', status: 302 },
  'GET /admin': { to: 'everybody', status: 302 },
  'GET /admin/': { to: 'everybody', status: 200 },
  'GET /admin/assets/:file': { to: 'everybody', status: 200 },
  'GET /:slug/': { to: 'everybody', status: 200 },
  'GET /:slug/brand.css': { to: 'everybody', status: 200 },
  // No portal of this world has a picture.
  'GET /:slug/logo/:hash': { to: 'everybody', params: { hash: '0'.repeat(32) }, status: 404 },
  'GET /:slug/icon/:hash': { to: 'everybody', params: { hash: '0'.repeat(32) }, status: 404 },
  'GET /:slug/embed.js': { to: 'everybody', status: 200 },
  'GET /:slug/assets/:file': { to: 'everybody', status: 200 },
  'GET /:slug/themes/:file': { to: 'everybody', status: 200 },
  // No portal of this world has a connection, and nobody here has begun anything.
  'GET /:slug/sso/:connection/start': { to: 'everybody', params: { connection: 'A'.repeat(22) }, status: 404 },
  'GET /:slug/sso/callback': { to: 'everybody', status: 400 },
  'POST /:slug/sso/:connection/backchannel-logout': {
    to: 'everybody',
    params: { connection: 'A'.repeat(22) },
    status: 404,
    writes: true,
  },
  'GET /demo/api/v1/outbox': { to: 'everybody', status: 200 },
  // Only where there is one account: this world has two.
  'POST /demo/api/v1/staff-token': { to: 'everybody', status: 400 },
  'POST /demo/api/v1/permission': { to: 'everybody', status: 204, writes: true, body: { kind: 'company-if' } },
  'GET /demo/api/v1/origins': { to: 'everybody', status: 200 },
  // No page has asked.
  'POST /demo/api/v1/origins': {
    to: 'everybody',
    status: 404,
    writes: true,
    body: { origin: 'https://docs.acme.example', decision: 'allow' },
  },
  'GET /demo/api/v1/reset': { to: 'everybody', status: 200 },
  // This world lies in no folder of the demo.
  'POST /demo/api/v1/reset': { to: 'everybody', status: 403, writes: true },
  'POST /demo/api/v1/origin': { to: 'everybody', status: 204, writes: true },
};

export interface RuledRoute {
  /** `GET /:slug/api/v1/tickets`, as it is mounted. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly rule: Rule | undefined;
  readonly status: number;
}

const areas = [
  ['/:slug/api/v1', { ...portalRoutes, ...liveRoutes }, portal],
  ['/staff/api/v1', staffRoutes, staff],
  ['/admin/api/v1', adminRoutes, admin],
] as const;

/** Every route of the tables and every rule beside them, in the order of the rules. */
export const ruledRoutes: readonly RuledRoute[] = [
  ...areas.flatMap(([base, routes, rules]) => {
    const order = Object.keys(rules);
    return Object.entries<Route>(routes)
      .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
      .map(([name, { method, path, status }]) => {
        const rule = (rules as Readonly<Record<string, Rule>>)[name];
        const full = `${base}${path}`;
        return { route: `${method} ${full}`, method, path: full, rule, status: rule?.status ?? status };
      });
  }),
  ...Object.entries(others).map(([route, rule]) => {
    const [method = '', path = ''] = route.split(' ');
    return { route, method, path: rule.path ?? path, rule, status: rule.status ?? 200 };
  }),
];
