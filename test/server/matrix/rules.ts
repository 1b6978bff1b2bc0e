import { adminRoutes, liveRoutes, portalRoutes, type Route, staffRoutes } from '../../../src/wire/index.js';
import { password } from '../app-fixture.js';
import { adminRules } from './admin-rules.js';
import { type Rule, account } from './rule.js';
import { markOf } from './world.js';

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
  ['/admin/api/v1', adminRoutes, adminRules],
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
