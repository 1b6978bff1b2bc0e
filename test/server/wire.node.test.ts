import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';

import type { TestDatabase } from '../support/database.js';
import { openTestDatabase } from '../support/database.js';
import { createMailbox } from './mailbox.js';
import { readEvents } from '../support/event-reader.js';
import { adminAsks, staff } from './admin-asks.js';
import { type AppFixture, type Visitor, type VisitorRequest, base, createAppFixture } from './app-fixture.js';
import { createStillDesk } from './desk/still-desk.js';
import { openIssuer } from './sign-in/sso-issuer.js';
import { formOf } from './matrix/ask.js';
import { type SmallWorld, seedSmallWorld } from './small-world.js';

let database: TestDatabase;
let fixture: AppFixture;
let world: SmallWorld;
let ann: Visitor;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  fixture = createAppFixture(database, {}, { still: createStillDesk });
  world = await seedSmallWorld(fixture.deps);
  ann = fixture.visitor();
  await ann.signIn('ann@example.com');
});

const key = () => crypto.randomUUID();

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, Answer> }>>;
  components: { schemas: { Problem: object } };
}
interface Answer {
  content?: Record<string, { schema?: object }>;
}

describe('the OpenAPI document', () => {
  /** A validator for each route's success, and one for every refusal. */
  async function readDocument() {
    const document = (await (await ann.request('GET', '/openapi.json')).json()) as Document;
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    return { document, ajv, problem: ajv.compile(document.components.schemas.Problem) };
  }

  const tus = { 'tus-resumable': '1.0.0' };
  const beginUpload = () =>
    ann.request('POST', '/uploads', {
      headers: { ...tus, 'upload-length': '6', 'upload-metadata': `filename ${btoa('a.txt')}` },
    });
  const placeOf = async (begun: Promise<Response>) =>
    (await begun).headers.get('location')?.replace('/help/api/v1', '') ?? '';

  /** The data of the first event of a stream, under the stream's own status. */
  async function streamOneEvent(ticket: string): Promise<Response> {
    const response = await ann.request('GET', '/events');
    const events = readEvents(response);
    expect(await events.next()).toMatchObject({ event: 'ready' });
    const body = { status: 'waiting' };
    await ann.request('PATCH', `/staff/api/v1/tickets/${ticket}`, { body, headers: staff });
    const event = await events.next();
    await events.close();
    return new Response(event?.data ?? null, { status: response.status });
  }

  test('describes every real answer of every mounted route', async () => {
    const { document, ajv } = await readDocument();
    const id = world.tickets.ann;
    const issuer = await openIssuer();
    onTestFinished(() => issuer.close());
    const first = (await (await ann.request('GET', '/tickets?limit=1')).json()) as { nextCursor: string };
    const asks: Record<string, () => Promise<Response>> = {
      'portal-getPortal': () => ann.request('GET', '/portal'),
      'portal-getSession': () => ann.request('GET', '/session'),
      'portal-signIn': () => fixture.visitor().signIn('max@example.com'),
      'portal-startSignIn': () =>
        fixture.visitor().request('POST', '/session/start', {
          body: { method: 'email', email: 'max@example.com', page: `${base}/kb` },
        }),
      'portal-getNonce': async () => {
        const body = { kid: 'further', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } };
        await ann.request('POST', '/admin/api/v1/portals/help/host-keys', { body, headers: staff });
        return fixture.visitor().request('POST', '/session/nonce');
      },
      'portal-setPassword': async () => {
        const visitor = fixture.visitor();
        await visitor.request('POST', '/session/start', { body: { method: 'reset', email: 'max@example.com' } });
        const code = await createMailbox(fixture.deps, database).codeTo('max@example.com');
        const body = { code, password: 'seven quiet herons' };
        return visitor.request('POST', '/session/password', { body });
      },
      'portal-listTickets': () => ann.request('GET', `/tickets?limit=1&cursor=${first.nextCursor}`),
      'portal-exportTickets': () => ann.request('GET', '/tickets.csv?state=open'),
      'portal-createTicket': () =>
        ann.request('POST', '/tickets', { body: { subject: 'New', message: 'Hello', followUp: id }, key: key() }),
      'portal-getTicket': () => ann.request('GET', `/tickets/${id}`),
      'portal-listMessages': () => ann.request('GET', `/tickets/${id}/messages`),
      'portal-reply': () => ann.request('POST', `/tickets/${id}/messages`, { body: { body: 'Hi' }, key: key() }),
      'portal-edit': () => ann.request('PATCH', `/tickets/${id}`, { body: { properties: {} } }),
      'portal-addParticipant': () =>
        ann.request('POST', `/tickets/${id}/participants`, { body: { email: 'max@example.com' } }),
      'portal-close': () => ann.request('POST', `/tickets/${id}/close`),
      'portal-rate': () => ann.request('PUT', `/tickets/${id}/rating`, { body: { rating: 4, comment: 'Quick' } }),
      'portal-reopen': () => ann.request('POST', `/tickets/${id}/reopen`),
      'portal-markRead': () => ann.request('POST', `/tickets/${id}/read`),
      'portal-upload': () => {
        const { text: body, headers } = formOf('A file');
        return ann.request('POST', '/attachments', { body, headers });
      },
      'portal-beginUpload': () => beginUpload(),
      'portal-findUpload': async () => ann.request('GET', await placeOf(beginUpload()), { headers: tus }),
      'portal-continueUpload': async () => {
        const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
        return ann.request('PATCH', await placeOf(beginUpload()), { body: 'A file', headers });
      },
      'portal-endUpload': async () => ann.request('DELETE', await placeOf(beginUpload()), { headers: tus }),
      'portal-download': () => ann.request('GET', `/attachments/${world.attachments.ann}`),
      'portal-setPreferences': () => ann.request('PUT', '/preferences', { body: { columns: ['subject'] } }),
      'portal-getPreferences': () => ann.request('GET', '/preferences'),
      'portal-getCounts': () => ann.request('GET', '/counts'),
      'portal-streamEvents': () => streamOneEvent(id),
      'portal-getConsent': async () => {
        const body = { consent: { asked: true, text: { en: 'We keep it.', pl: 'Zachowamy to.' } } };
        const set = await ann.request('PATCH', '/admin/api/v1/portals/help', { body, headers: staff });
        expect(set.status, await set.text()).toBe(200);
        const visitor = fixture.visitor();
        await visitor.signIn('max@example.com');
        return visitor.request('GET', '/consent');
      },
      'portal-withdrawConsent': async () => {
        const visitor = fixture.visitor();
        await visitor.signIn('max@example.com');
        await visitor.request('POST', '/session', { body: { method: 'consent', version: 1, locale: 'en' } });
        return visitor.request('DELETE', '/consent');
      },
      'portal-signOut': () => ann.request('DELETE', '/session', { body: { scope: 'this' } }),
      'staff-listTickets': () => ann.request('GET', '/staff/api/v1/tickets?q=zebra', { headers: staff }),
      'staff-getTicket': () => ann.request('GET', `/staff/api/v1/tickets/${id}`, { headers: staff }),
      'staff-updateTicket': () =>
        ann.request('PATCH', `/staff/api/v1/tickets/${id}`, { body: { status: 'closed' }, headers: staff }),
      'staff-listMessages': () => ann.request('GET', `/staff/api/v1/tickets/${id}/messages`, { headers: staff }),
      'staff-reply': () =>
        ann.request('POST', `/staff/api/v1/tickets/${id}/messages`, { body: { body: 'Hi' }, headers: staff }),
      'staff-addNote': () =>
        ann.request('POST', `/staff/api/v1/tickets/${id}/notes`, { body: { body: 'psst' }, headers: staff }),
      ...adminAsks({ database, fixture, world, visitor: ann }, id, issuer.issuer),
      // Where the built-in desk has no tickets.
      'admin-setDesk': async () => {
        await database.asSuperuser('UPDATE tickets SET desk_ref = id::text');
        const body = { kind: 'still', settings: { queue: 'Support' }, secret: { password: 'hidden' } };
        return ann.request('PUT', '/admin/api/v1/desk', { headers: staff, body });
      },
      'admin-getDesk': () => ann.request('GET', '/admin/api/v1/desk', { headers: staff }),
      'admin-backup': () => ann.request('GET', '/admin/api/v1/backup', { headers: staff }),
      'admin-inspect': () => ann.request('GET', '/admin/api/v1/inspection', { headers: staff }),
      // From then on each of the others would have to say of which account.
      'admin-updateAccount': () =>
        ann.request('PATCH', '/admin/api/v1/accounts', {
          headers: staff,
          body: { name: 'Small', innerAddresses: true },
        }),
      'admin-createAccount': () => {
        const body = { name: 'Beyond', admin: { name: 'Bea', email: 'bea@beyond.example' } };
        return ann.request('POST', '/admin/api/v1/accounts', { headers: staff, body });
      },
    };
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.map((operation) => operation.operationId).sort()).toEqual(Object.keys(asks).sort());

    for (const [operationId, ask] of Object.entries(asks)) {
      const response = await ask();
      const operation = operations.find((one) => one.operationId === operationId);
      const described = operation?.responses[response.status];
      expect(described, `${operationId} answered ${response.status}`).toBeDefined();
      const schema = (described?.content?.['application/json'] ?? described?.content?.['text/event-stream'])?.schema;
      if (!schema) continue;
      const valid = ajv.compile(schema);
      expect(valid(await response.json()), `${operationId}: ${ajv.errorsText(valid.errors)}`).toBe(true);
    }
  });

  test('would find one key more', async () => {
    const { document, ajv } = await readDocument();
    const described = document.paths['/help/api/v1/session']?.['get']?.responses['200'];
    const valid = ajv.compile(described?.content?.['application/json']?.schema ?? {});
    const session = (await (await ann.request('GET', '/session')).json()) as object;
    expect(valid(session)).toBe(true);
    expect(valid({ ...session, staffNote: 'x' })).toBe(false);
  });

  const ticket = () => `/tickets/${world.tickets.ann}/messages`;
  const long = 'x'.repeat(20_001);
  const refusals: [title: string, status: number, code: string, ask: () => [string, string, VisitorRequest?]][] = [
    ['malformed JSON', 400, 'invalid', () => ['POST', '/tickets', { body: '{"subject":', key: key() }]],
    ['no JSON object', 400, 'invalid', () => ['POST', '/tickets', { body: '[]', key: key() }]],
    ['an unknown field', 400, 'invalid', () => ['POST', ticket(), { body: { body: 'x', internal: true }, key: key() }]],
    [
      'an unknown property',
      400,
      'invalid',
      () => ['POST', '/tickets', { body: { subject: 's', message: 'm', properties: { vip: 'yes' } }, key: key() }],
    ],
    [
      'a script as article',
      400,
      'invalid',
      () => [
        'POST',
        '/tickets',
        { body: { subject: 's', message: 'm', properties: { articleUrl: 'javascript:alert(1)' } }, key: key() },
      ],
    ],
    ['a blank reply', 400, 'invalid', () => ['POST', ticket(), { body: { body: ' \n ' }, key: key() }]],
    ['a NUL', 400, 'invalid', () => ['POST', ticket(), { body: { body: 'a\0b' }, key: key() }]],
    ['too long a reply', 400, 'invalid', () => ['POST', ticket(), { body: { body: long }, key: key() }]],
    [
      'too long a subject',
      400,
      'invalid',
      () => ['POST', '/tickets', { body: { subject: 'x'.repeat(201), message: 'm' }, key: key() }],
    ],
    ['a number as text', 400, 'invalid', () => ['POST', ticket(), { body: { body: 1 }, key: key() }]],
    ['no key', 400, 'invalid', () => ['POST', ticket(), { body: { body: 'x' } }]],
    ['a key that is no UUID', 400, 'invalid', () => ['POST', ticket(), { body: { body: 'x' }, key: '1' }]],
    ['a huge body', 413, 'too-large', () => ['POST', ticket(), { body: { body: 'x'.repeat(300_000) }, key: key() }]],
    [
      'plain text',
      415,
      'unsupported-type',
      () => ['POST', ticket(), { body: '{"body":"x"}', key: key(), headers: { 'content-type': 'text/plain' } }],
    ],
    [
      'a form',
      415,
      'unsupported-type',
      () => [
        'POST',
        ticket(),
        { body: 'body=x', key: key(), headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      ],
    ],
    [
      'no content type',
      415,
      'unsupported-type',
      () => ['POST', ticket(), { body: '{"body":"x"}', key: key(), headers: { 'content-type': null } }],
    ],
    ['an unknown parameter', 400, 'invalid', () => ['GET', '/tickets?offset=2']],
    ['a parameter twice', 400, 'invalid', () => ['GET', '/tickets?state=open&state=closed']],
    ['a parameter where there is none', 400, 'invalid', () => ['GET', '/session?x=1']],
    ['a limit of 0', 400, 'invalid', () => ['GET', '/tickets?limit=0']],
    ['a limit of 101', 400, 'invalid', () => ['GET', '/tickets?limit=101']],
    ['an unknown sort', 400, 'invalid', () => ['GET', '/tickets?sort=subject']],
    ['a made-up cursor', 400, 'invalid', () => ['GET', '/tickets?cursor=eyJhbGciOiJkaXIifQ']],
    ['both cursors', 400, 'invalid', () => ['GET', `${ticket()}?before=a&after=b`]],
    ['a malformed id', 404, 'not-found', () => ['GET', '/tickets/1']],
    ['an unknown route', 404, 'not-found', () => ['GET', '/nothing']],
    ['a wrong method', 404, 'not-found', () => ['PUT', '/tickets']],
    [
      'a foreign origin',
      403,
      'forbidden',
      () => ['GET', '/tickets', { headers: { 'x-test-origin': 'https://evil.example' } }],
    ],
    ['the origin null', 403, 'forbidden', () => ['GET', '/tickets', { headers: { 'x-test-origin': 'null' } }]],
    ['no origin', 403, 'forbidden', () => ['GET', '/tickets', { headers: { 'x-test-origin': null } }]],
    [
      'no origin on a write from our own page',
      403,
      'forbidden',
      () => [
        'POST',
        ticket(),
        { body: { body: 'x' }, key: key(), headers: { 'x-test-origin': null, 'x-test-site': 'same-origin' } },
      ],
    ],
    ['no client header', 403, 'forbidden', () => ['GET', '/tickets', { headers: { 'x-portal-client': null } }]],
    ['a navigation', 403, 'forbidden', () => ['GET', '/tickets', { headers: { 'sec-fetch-mode': 'navigate' } }]],
    ['an image', 403, 'forbidden', () => ['GET', '/tickets', { headers: { 'sec-fetch-dest': 'image' } }]],
    ['staff without a token', 401, 'unauthenticated', () => ['GET', '/staff/api/v1/tickets']],
    [
      'staff with a wrong token',
      401,
      'unauthenticated',
      () => ['GET', '/staff/api/v1/tickets', { headers: { authorization: 'Bearer x' } }],
    ],
    [
      'a status that is none',
      400,
      'invalid',
      () => ['PATCH', `/staff/api/v1/tickets/${world.tickets.ann}`, { body: { status: 'gone' }, headers: staff }],
    ],
    [
      'a staff ticket that is none',
      404,
      'not-found',
      () => ['GET', `/staff/api/v1/tickets/${'A'.repeat(22)}`, { headers: staff }],
    ],
  ];

  test.each(refusals)('%s gets a problem document with %i %s and changes nothing', async (_, status, code, ask) => {
    const { problem } = await readDocument();
    const content = () =>
      database.asSuperuser(
        `SELECT (SELECT count(*) FROM messages) AS m, (SELECT count(*) FROM tickets) AS t, (SELECT max(updated_at) FROM tickets) AS u`,
      );
    const before = await content();
    const response = await ann.request(...ask());
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = (await response.json()) as { code: string };
    expect(problem(body)).toBe(true);
    expect(body.code).toBe(code);
    expect(await content()).toEqual(before);
  });
});

describe('every answer', () => {
  test.each([
    ['GET', '/tickets', 200],
    ['GET', '/nothing', 404],
    ['POST', '/tickets', 400],
  ])('of %s %s carries the safety headers', async (method, path, status) => {
    const response = await ann.request(method, path, method === 'POST' ? { body: {}, key: key() } : {});
    expect(response.status).toBe(status);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'cache-control': 'private, no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String) as string,
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('to an allowed page may be read by it; a preflight says so, and refuses others', async () => {
    await database.asSuperuser(`UPDATE portals SET origins = '{https://docs.acme.example}'`);
    const from = { 'x-test-origin': 'https://docs.acme.example' };
    const answer = await ann.request('GET', '/tickets', { headers: from });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://docs.acme.example');
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect((await ann.request('OPTIONS', '/tickets', { headers: from })).status).toBe(204);
    const other = await ann.request('OPTIONS', '/tickets', {
      headers: { 'x-test-origin': 'https://docs.acme.example.evil' },
    });
    expect(other.status).toBe(403);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('to our own page needs no Origin when it reads', async () => {
    const headers = { 'x-test-origin': null, 'x-test-site': 'same-origin' };
    expect((await ann.request('GET', '/tickets', { headers })).status).toBe(200);
  });

  test('that fails inside is a flat 500 without a word of why', async () => {
    await database.asSuperuser('ALTER TABLE messages RENAME TO lost');
    try {
      const response = await ann.request('GET', `/tickets/${world.tickets.ann}/messages`);
      expect(response.status).toBe(500);
      expect(await response.json()).toMatchObject({ code: 'server', title: 'Something went wrong' });
      expect(fixture.log.filter(({ level }) => level === 'error')).toMatchObject([{ event: 'request-failed' }]);
      expect(JSON.stringify(fixture.log)).not.toContain('lost');
    } finally {
      await database.asSuperuser('ALTER TABLE lost RENAME TO messages');
    }
  });
});

test('a portal that does not exist, and the front of one that does', async () => {
  expect((await fixture.visitor('nowhere').request('GET', '/portal')).status).toBe(404);
  const portal = await fixture
    .visitor()
    .request('GET', '/portal', { headers: { 'accept-language': 'de, pl-PL;q=0.8' } });
  const { name, statuses } = (await portal.json()) as { name: string; statuses: { label: string }[] };
  expect(name).toBe('Small Support');
  expect(statuses.map((status) => status.label)).toContain('Zamknięte');
  expect(await (await fixture.app.request(`${base}/healthz`)).json()).toEqual({ status: 'ok' });
});
