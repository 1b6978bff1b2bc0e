import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { demoWorld } from '../../src/world/demo-world.js';
import { makeMigratedFolder } from '../support/migrated-folder.js';
import { type ServerProcess, startServerProcess } from '../support/server-process.js';
import { type HostileCase, hostileCases } from './hostile/cases.js';
import { formOf, type RawAnswer, sendRaw } from './hostile/send.js';

let folder: string;
let server: ServerProcess;
let cookie: string;
let ticket: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portico-hostile-'));
  await makeMigratedFolder(join(folder, 'demo'), 'demo');
  server = await startServerProcess('demo', { PORTICO_DATA: join(folder, 'demo') });
  const { password } = demoWorld;
  const session = await call('POST', '/session', { method: 'password', email: 'alice@acme.example', password });
  cookie = valuesOf(session, 'set-cookie')[0]?.split(';')[0] ?? '';
  ticket = json<{ items: { id: string }[] }>(await call('GET', '/tickets?state=open')).items[0]?.id ?? '';
});
afterAll(async () => {
  await server?.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const common = () => ({ origin: server.origin, 'x-portal-client': 'portico-test/1', cookie: cookie ?? '' });
const at = (path: string) => `${server.origin}/help/api/v1${path}`;

function call(method: string, path: string, body?: object): Promise<RawAnswer> {
  const headers = { ...common(), 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
  return sendRaw(at(path), method, headers, body && Buffer.from(JSON.stringify(body)));
}

const json = <T>({ body }: RawAnswer): T => JSON.parse(body.toString()) as T;
const valuesOf = ({ headers }: RawAnswer, wanted: string) =>
  headers.flatMap(([name, value]) => (name === wanted ? value : []));

/** Each way in which a file comes in. */
const ways: Readonly<Record<string, (file: HostileCase) => Promise<RawAnswer>>> = {
  'by a form': ({ name, type = 'application/octet-stream', bytes }) => {
    const { headers, body } = formOf(name, type, bytes());
    return sendRaw(at('/attachments'), 'POST', { ...common(), ...headers }, body);
  },
  'by tus': ({ name, type = '', bytes }) => {
    const body = bytes();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    // Here a name has no need of what a form writes for a quote or the end of a line.
    const named = name.replaceAll('%22', '"').replaceAll('%0d', '\r').replaceAll('%0a', '\n');
    const headers = {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-length': String(body.length),
      'upload-metadata': `filename ${base64(named)},filetype ${base64(type)}`,
    };
    return sendRaw(at('/uploads'), 'POST', { ...common(), ...headers }, body);
  },
};

/** Every header that a file comes with, and nothing that its name or its bytes could have added. */
const everyHeader = {
  'access-control-allow-credentials': /^true$/,
  'access-control-allow-origin': /^http:\/\/localhost:\d+$/,
  'access-control-expose-headers': /^[a-z, -]+$/,
  'cache-control': /^private, no-store$/,
  connection: /^close$/,
  'content-disposition': /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/,
  'content-length': /^\d+$/,
  'content-security-policy':
    /^default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox$/,
  'content-type': /^(image\/(png|jpeg|gif)|text\/(plain|csv)|application\/(pdf|zip|octet-stream))$/,
  'cross-origin-resource-policy': /^same-origin$/,
  date: /^[\w:, ]+$/,
  'referrer-policy': /^no-referrer$/,
  'strict-transport-security': /^max-age=\d+; includeSubDomains$/,
  vary: /^Origin$/,
  'x-content-type-options': /^nosniff$/,
  'x-request-id': /^[\w-]{22}$/,
} as const;

/** What RFC 6266 has a browser call it, and what one calls it that knows no more than RFC 2616. */
function namesIn(answer: RawAnswer) {
  const parts = /filename="(.*?)"; filename\*=UTF-8''(.*)$/.exec(valuesOf(answer, 'content-disposition')[0] ?? '');
  return { old: parts?.[1] ?? '', real: decodeURIComponent(parts?.[2] ?? '') };
}

const cases = Object.keys(ways).flatMap((way) => hostileCases.map((one) => ({ ...one, way })));

test.each(cases)('$way: $title', async ({ way, ...one }) => {
  const { becomes } = one;
  const taken = (await ways[way]?.(one)) as RawAnswer;
  expect(taken.status, taken.body.toString()).toBe(typeof becomes === 'number' ? becomes : 201);
  if (typeof becomes === 'number') {
    expect(valuesOf(taken, 'content-type')).toEqual(['application/problem+json']);
    expect(json(taken)).toMatchObject({ status: becomes, code: 'unsupported-type' });
    return;
  }
  const { id, name } = json<{ id: string; name: string }>(taken);
  expect(name).toBe(becomes.name);
  const written = await call('POST', `/tickets/${ticket}/messages`, { body: 'See there', attachments: [id] });
  const [attachment] = json<{ attachments: { id: string; name: string }[] }>(written).attachments;
  expect(attachment?.name).toBe(becomes.name);

  const file = await sendRaw(at(`/attachments/${attachment?.id}`), 'GET', common());
  expect(file.status).toBe(200);
  expect(file.body.equals(one.bytes())).toBe(true);
  expect(file.headers.map(([header]) => header).toSorted()).toEqual(Object.keys(everyHeader));
  for (const [header, form] of Object.entries(everyHeader)) expect(valuesOf(file, header)[0], header).toMatch(form);
  expect(valuesOf(file, 'content-type')).toEqual([becomes.type]);
  const { old, real } = namesIn(file);
  expect(real).toBe(becomes.name);
  expect(old).toMatch(/^[^"\\/%<>:|?*]+$/);
  expect(Buffer.byteLength(real)).toBeLessThanOrEqual(255);
});

test('there are more than sixty of them, each by a name of its own', () => {
  expect(new Set(hostileCases.map(({ title }) => title)).size).toBe(hostileCases.length);
  expect(hostileCases.length).toBeGreaterThan(60);
});
