import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';

import { password } from '../app-fixture.js';
import { type Answer, ask, formOf } from '../matrix/ask.js';
import type { MarkedApp } from '../matrix/marked-app.js';
import { staffPassword } from '../staff-visitor.js';
import { type Schema, fromSchema, nasty } from './from-schema.js';
import { runs } from './runs.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Schema;
}
interface Described {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Described>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: { readonly Problem: object };
    readonly responses: Readonly<Record<string, Described>>;
  };
}

/** Who asks: three who are signed in, one who is not, the two bearers, and an admin who is signed in. */
const askers = [
  'the requester',
  'a manager under company-if',
  'a manager of another company',
  'nobody',
  'staff',
  'the administrator',
  'an admin',
] as const;
const names: Readonly<Record<string, string>> = {
  'the requester': 'ann',
  'a manager under company-if': 'max',
  'a manager of another company': 'gus',
};

interface Sent {
  readonly who: (typeof askers)[number];
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
}

const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const rarely = (usual: string, ...rare: (string | undefined)[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 20 }, { arbitrary: fc.constantFrom(...rare), weight: 1 });

/** A request as the document describes it, and now and then one as it does not. */
function requestOf(operation: Operation, text: fc.Arbitrary<string>, cursors: readonly string[]): fc.Arbitrary<Sent> {
  const valueOf = ({ name, schema }: Parameter) => {
    if (/^(cursor|before|after)$/.test(name)) return fc.oneof(fc.constantFrom(...cursors), nasty);
    if (name === 'limit') return fc.oneof(fc.constantFrom('1', '2', '100'), nasty);
    if (name === 'sort') return fc.oneof(fc.constantFrom('-updated', 'created', '-number', 'status'), nasty);
    if (name === 'scope') return fc.oneof(fc.constantFrom('all', 'mine', 'participating', 'company'), text);
    return fromSchema(schema, text).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  };
  const of = (place: Parameter['in']) => operation.parameters.filter((one) => one.in === place);
  // The portals that the askers use stay as they are.
  const slug = fc.constantFrom('mine', 'nowhere', 'away', '\0', 'a b');
  const path = fc.record(
    Object.fromEntries(of('path').map((one) => [one.name, one.name === 'slug' ? slug : valueOf(one)])),
  );
  const query = fc
    .tuple(
      fc.record(Object.fromEntries(of('query').map((one) => [one.name, sometimes(valueOf(one))]))),
      fc.oneof(
        { arbitrary: fc.constant([]), weight: 20 },
        { arbitrary: fc.array(fc.tuple(text, text), { maxLength: 2 }), weight: 1 },
      ),
    )
    .map(([known, more]) => [
      ...Object.entries(known).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ...more,
    ]);
  const schema = operation.requestBody?.content['application/json']?.schema;
  const form = operation.requestBody?.content['multipart/form-data'];
  const json = schema
    ? fc.oneof(
        { arbitrary: fromSchema(schema, text).map((value) => JSON.stringify(value)), weight: 20 },
        {
          arbitrary: fc.constantFrom('', '{', 'null', '"\\ud800"', '[]', `{"a":${'['.repeat(5000)}`, '\ufeff{}'),
          weight: 1,
        },
      )
    : fc.constant(undefined);
  const body = form
    ? fc.oneof(
        text.map((value) => formOf(value).text),
        fc.constantFrom('', '--form--'),
      )
    : json;
  const headers = fc.record({
    'x-portal-client': rarely('portico-test/1', undefined, 'x', '/'),
    'content-type': form
      ? rarely('multipart/form-data; boundary=form', undefined, 'multipart/form-data', 'application/json')
      : schema
        ? rarely('application/json', undefined, 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data')
        : fc.constant(undefined),
    'idempotency-key': fc.oneof(
      { arbitrary: fc.uuid(), weight: 6 },
      { arbitrary: fc.constant('00000000-0000-4000-8000-000000000001'), weight: 1 },
      { arbitrary: fc.constantFrom(undefined, '-'.repeat(36), 'x', 'A'.repeat(36)), weight: 1 },
    ),
    'last-event-id': of('header').some(({ name }) => name === 'Last-Event-ID')
      ? sometimes(fc.constantFrom(...cursors, '', 'x'))
      : fc.constant(undefined),
    'x-test-origin': rarely('http://localhost:4400', undefined, 'null', 'https://evil.example', ''),
    'x-test-site': rarely('same-origin', undefined, 'cross-site'),
    'accept-language': rarely('en', 'pl', '*', ';q=', 'x'.repeat(500)),
  });
  return fc.record({ who: fc.constantFrom(...askers), path, query, headers, body });
}

/** Reads the document that the app serves; compiled validators by the text of their schema. */
export async function readDocument(app: MarkedApp) {
  const visitor = app.visitors.get('nobody')!;
  const { body } = await ask(app.fixture, visitor, { method: 'GET', path: '/help/api/v1/openapi.json' });
  const document = JSON.parse(body) as Document;
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const compiled = new Map<object, ValidateFunction>();
  const validator = (schema: object): ValidateFunction => {
    const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object;
    const known = compiled.get(schema) ?? ajv.compile(local);
    compiled.set(schema, known);
    return known;
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

  /** What of an answer the document does not say; empty when all is said. */
  function undocumented({ operationId, responses }: Operation, { status, headers, body: text }: Answer): string {
    // Whoever may close a portal does so here, too.
    const isClosed = status === 503 && (JSON.parse(text) as { code?: string }).code === 'not-open';
    if (status >= 500 && !isClosed) return `${operationId} answered ${status}`;
    const named = responses[status];
    const described = named?.$ref ? document.components.responses[named.$ref.split('/').at(-1)!] : named;
    if (!described) return `${operationId} answered ${status}, which is in no document`;
    const type = /^content-type: ([^;\n]*)/m.exec(headers)?.[1];
    if (!described.content) return text === '' ? '' : `${operationId} answered ${status} with a body`;
    const content = described.content[type ?? ''] ?? described.content['*/*'];
    if (!content) return `${operationId} answered ${status} as ${type}`;
    if (!content.schema || type === 'text/event-stream') return '';
    const valid = validator(content.schema);
    return valid(JSON.parse(text)) ? '' : `${operationId} answered ${status}: ${ajv.errorsText(valid.errors)}`;
  }
  return { operations, undocumented };
}

async function collectCursors(app: MarkedApp): Promise<string[]> {
  const visitor = app.visitors.get('a manager under company-if')!;
  const get = async (path: string) => (await ask(app.fixture, visitor, { method: 'GET', path })).body;
  const { nextCursor } = JSON.parse(await get('/help/api/v1/tickets?limit=1')) as { nextCursor: string };
  const position = /^id: (.*)$/m.exec(await get('/help/api/v1/events'))![1]!;
  return [nextCursor, position, `${nextCursor}x`];
}

/**
 * Sends `count` requests made from the OpenAPI document, and reads every answer by it: no 5xx, no status or type that it does
 * not name, no body that its schema does not allow.
 *
 * @returns how often each status came
 */
export async function checkDocumented(app: MarkedApp, count: number, portion?: number): Promise<Map<number, number>> {
  const { fixture, world, visitors, bearers } = app;
  const { operations, undocumented } = await readDocument(app);
  const cursors = await collectCursors(app);
  const { ann, max, gus, zoe, sales, deleted, away } = world.tickets;
  const known = [
    ...[ann, max, gus, zoe, sales, deleted, away].map(({ publicId }) => publicId),
    ...[world.files.ann, world.files.gus, world.files.note],
    ...[world.companies.umbrella, world.people.bea, world.people.sue].map(({ publicId }) => publicId),
    ...[world.inboxes.support, world.inboxes.sales, world.account.publicId, `company:${world.companies.acme.publicId}`],
    ...['new', 'working', 'closed', 'password', 'this', 'articleUrl', 'https://example.com/', 'role', 'en', 'pl'],
    ...['Router is offline', 'words', 'bea@example.com', 'zoe@example.com', 'spare', 'A'.repeat(22), password],
  ];
  const text = fc.oneof(
    { arbitrary: fc.constantFrom(...known), weight: 8 },
    { arbitrary: nasty, weight: 3 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 30 }), weight: 1 },
  );
  const statuses = new Map<number, number>();
  const cases = fc.oneof(
    ...operations.map(({ operation }) =>
      requestOf(operation, text, cursors).map((sent) => ({ id: operation.operationId, sent })),
    ),
  );
  const property = fc.asyncProperty(cases, async ({ id, sent }) => {
    const { path, method, operation } = operations.find((one) => one.operation.operationId === id)!;
    // A part that is empty or leads up makes another route.
    fc.pre(!Object.values(sent.path).some((part) => /^\.{0,2}$/.test(part)));
    const full = path.replace(/\{(\w+)\}/g, (_, name: string) => encode(sent.path[name]!));
    const query = sent.query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
    const visitor = visitors.get(sent.who)!;
    const bearer = sent.who === 'staff' ? bearers.staff : sent.who === 'the administrator' ? bearers.admin : undefined;
    const headers = Object.fromEntries(
      Object.entries(sent.headers).filter((one): one is [string, string] => one[1] !== undefined),
    );
    const bare = Object.fromEntries(
      Object.keys(sent.headers)
        .filter((name) => !(name in headers))
        .map((name) => [name, null]),
    );
    const asked = { method, path: query ? `${full}?${query}` : full, bearer, headers: { ...headers, ...bare } };
    const answer = await ask(fixture, visitor, { ...asked, ...(sent.body !== undefined && { text: sent.body }) });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const finding = undocumented(operation, answer);
    if (finding) throw new Error(finding);
    // Who has signed out or in anew comes back as who they were.
    const name = names[sent.who];
    if (name && path.endsWith('/session') && method !== 'GET' && answer.status < 300)
      await visitor.signIn(`${name}@example.com`);
    if (sent.who === 'an admin' && path === '/admin/api/v1/session' && method !== 'GET' && answer.status < 300)
      await visitor.request('POST', '/admin/api/v1/session', {
        body: { email: 'owner@staff.example', password: staffPassword },
      });
  });
  await fc.assert(property, runs(count, portion));
  return statuses;
}

/** As a browser would; half of a surrogate pair cannot be in an address. */
const encode = (text: string) => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
