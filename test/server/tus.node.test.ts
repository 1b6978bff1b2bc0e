import { beforeEach, describe, expect, test } from 'vitest';

import { createApp } from '../../src/server/app.js';
import type { FileScanner } from '../../src/server/deps.js';
import { removeOutdated } from '../../src/server/jobs.js';
import { attachmentBytes } from '../../src/wire/index.js';
import { type AppFixture, base, createAppFixture, type Visitor } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
let ann: Visitor;
beforeEach(async () => {
  ann = await signedIn('ann');
});

const hour = 3_600_000;
const signedIn = async (name: string, fixture = small.fixture): Promise<Visitor> => {
  const visitor = fixture.visitor();
  await visitor.signIn(`${name}@example.com`);
  return visitor;
};

const base64 = (text: string) => Buffer.from(text).toString('base64');
const bytes = { 'content-type': 'application/offset+octet-stream' };
const version = { 'tus-resumable': '1.0.0' };

interface Sent {
  readonly body?: Uint8Array | ReadableStream<Uint8Array>;
  readonly headers?: Record<string, string | null>;
  readonly app?: AppFixture['app'];
}

/** Any body; what else of a request a visitor's own does is the same. */
async function send(visitor: Visitor, method: string, path: string, { body, headers = {}, app }: Sent = {}) {
  const all: Record<string, string | null> = {
    'x-test-origin': base,
    'x-test-cookie': [...visitor.cookies].map((pair) => pair.join('=')).join('; '),
    'x-portal-client': 'portico-test/1',
    ...version,
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  const init = { method, headers: sent, ...(body && { body: body as BodyInit, duplex: 'half' }) };
  return (app ?? small.fixture.app).request(`${base}/help/api/v1${path}`, init);
}

const begin = (size: number, name = 'a.txt', visitor = ann, more: Sent = {}) =>
  send(visitor, 'POST', '/uploads', {
    ...more,
    headers: { 'upload-length': String(size), 'upload-metadata': `filename ${base64(name)}`, ...more.headers },
  });
const idIn = (begun: Response) =>
  /\/help\/api\/v1\/uploads\/([\w-]{22})$/.exec(begun.headers.get('location') ?? '')?.[1];
async function begun(size: number, name = 'a.txt', visitor = ann): Promise<string> {
  const answer = await begin(size, name, visitor);
  expect(answer.status).toBe(201);
  return idIn(answer) ?? '';
}
const add = (
  id: string,
  offset: number,
  body: Uint8Array | ReadableStream<Uint8Array>,
  visitor = ann,
  more: Sent = {},
) =>
  send(visitor, 'PATCH', `/uploads/${id}`, { ...more, body, headers: { ...bytes, 'upload-offset': String(offset) } });
const offsetOf = async (id: string, visitor = ann, more: Sent = {}) => {
  const answer = await send(visitor, 'HEAD', `/uploads/${id}`, more);
  return answer.status === 200 ? Number(answer.headers.get('upload-offset')) : answer.status;
};
const text = (size: number) => new Uint8Array(size).fill(65);
/** What comes before the line drops, which it does when `there` resolves. */
const dropping = (pieces: readonly Uint8Array[], there: () => Promise<unknown> = async () => {}) => {
  const left = [...pieces];
  return new ReadableStream<Uint8Array>({
    async pull(stream) {
      const piece = left.shift();
      if (piece) return stream.enqueue(piece);
      await there();
      return stream.error(new Error('The line dropped'));
    },
  });
};
const reply = (attachments: readonly (string | undefined)[], visitor = ann) =>
  visitor.request('POST', `/tickets/${small.world.tickets.ann}/messages`, {
    body: { body: 'See there', attachments },
    key: crypto.randomUUID(),
  });
const uploadsLeft = () => small.database.asSuperuser<{ file_key: string }>('SELECT file_key FROM uploads ORDER BY id');

describe('a file', () => {
  test('arrives in one request, answered as a form is', async () => {
    const answer = await begin(9, 'zażółć.txt', ann, { body: text(9), headers: bytes });
    expect(answer.status).toBe(201);
    const id = idIn(answer);
    expect(await answer.json()).toEqual({
      id,
      name: 'zażółć.txt',
      type: 'text/plain',
      size: 9,
      expiresAt: '2026-11-02T09:00:00.000Z',
    });
    expect((await reply([id])).status).toBe(201);
    expect(await offsetOf(id ?? '')).toBe(404);
  });

  test('arrives in several, says how far it is, and only the last is answered with what it became', async () => {
    const id = await begun(3_000_000);
    expect(await offsetOf(id)).toBe(0);
    const first = await add(id, 0, text(1_500_000));
    expect([first.status, first.headers.get('upload-offset'), await first.text()]).toEqual([204, '1500000', '']);
    expect(await offsetOf(id)).toBe(1_500_000);
    const last = await add(id, 1_500_000, text(1_500_000));
    expect([last.status, await last.json()]).toMatchObject([200, { id, size: 3_000_000, type: 'text/plain' }]);
    const message = (await (await reply([id])).json()) as { attachments: { id: string }[] };
    const there = await ann.request('GET', `/attachments/${message.attachments[0]?.id}`);
    expect(there.headers.get('content-length')).toBe('3000000');
    expect(Buffer.compare(Buffer.from(await there.arrayBuffer()), text(3_000_000))).toBe(0);
  });

  test('goes on from where the line dropped, after a restart of the server as well', async () => {
    const id = await begun(3_000_000);
    const isKept = () => expect.poll(async () => (await uploadRow(id)).received).toBeGreaterThan(0);
    await add(id, 0, dropping([text(1_200_000), text(100_001)], isKept));
    // A piece that nobody has read yet may be gone with the line.
    const offset = await offsetOf(id);
    expect(offset).toBeGreaterThanOrEqual(1_200_000);
    await add(id, offset, dropping([]));
    expect(await offsetOf(id)).toBe(offset);
    const { app } = createAppFixture(small.database, {}, {}, small.fixture.deps.files);
    expect(await offsetOf(id, ann, { app })).toBe(offset);
    const last = await add(id, offset, text(3_000_000 - offset), ann, { app });
    expect([last.status, await last.json()]).toMatchObject([200, { id, size: 3_000_000 }]);
  });

  test('of nothing is one', async () => {
    const answer = await begin(0);
    expect([answer.status, await answer.json()]).toMatchObject([201, { size: 0 }]);
    expect((await reply([idIn(answer)])).status).toBe(201);
  });

  test('is answered once more to who has lost the answer', async () => {
    const id = await begun(5);
    const last = await (await add(id, 0, text(5))).json();
    expect(await offsetOf(id)).toBe(5);
    const again = await add(id, 5, new Uint8Array());
    expect([again.status, await again.json()]).toEqual([200, last]);
  });

  test('is in no message before it is whole', async () => {
    const id = await begun(10);
    await add(id, 0, text(9));
    const early = await reply([id]);
    expect([early.status, await early.json()]).toMatchObject([400, { fields: [{ code: 'unknown' }] }]);
    await add(id, 9, text(1));
    expect((await reply([id])).status).toBe(201);
  });

  test('is taken back, bytes and all', async () => {
    const id = await begun(10);
    await add(id, 0, text(9));
    const [{ file_key: key } = { file_key: '' }] = await uploadsLeft();
    const gone = await send(ann, 'DELETE', `/uploads/${id}`);
    expect([gone.status, gone.headers.get('tus-resumable')]).toEqual([204, '1.0.0']);
    expect(await offsetOf(id)).toBe(404);
    expect(await uploadsLeft()).toEqual([]);
    expect(await small.fixture.deps.files.get(1, key)).toBeNull();
  });

  test('goes on by the last of several requests for it', async () => {
    const id = await begun(2_000_000);
    let hold = () => {};
    const stuck = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(text(1_200_000)),
      pull: () => new Promise((resolve) => (hold = resolve)),
    });
    const first = add(id, 0, stuck);
    await expect.poll(async () => (await uploadRow(id)).received).toBeGreaterThan(0);
    const offset = await offsetOf(id);
    expect(offset).toBe(1_200_000);
    expect((await add(id, offset, text(800_000))).status).toBe(200);
    hold();
    expect((await first).status).not.toBe(200);
  });
});

const uploadRow = async (id: string) => {
  const rows = await small.database.asSuperuser<{ received: number | null }>(
    `SELECT received FROM uploads WHERE public_id = '${id}'`,
  );
  return { received: rows[0]?.received ?? 0 };
};

describe('of anybody else', () => {
  test('each upload is not there, byte for byte as one that never was', async () => {
    const id = await begun(10);
    await add(id, 0, text(5));
    const max = await signedIn('max');
    for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE']) {
      const headers = method === 'PATCH' ? { ...bytes, 'upload-offset': '5' } : {};
      const ask = async (path: string) => {
        const answer = await send(max, method, path, { headers, ...(method === 'PATCH' && { body: text(5) }) });
        const { 'x-request-id': _, ...rest } = Object.fromEntries(answer.headers);
        return [answer.status, rest, await answer.text()];
      };
      const answer = await ask(`/uploads/${id}`);
      expect(answer[0]).toBe(404);
      expect(answer).toEqual(await ask(`/uploads/${'A'.repeat(22)}`));
    }
    expect(await offsetOf(id)).toBe(5);
    await add(id, 5, text(5));
    const mine = await reply([id], max);
    expect(mine.status).toBeGreaterThanOrEqual(400);
  });

  test('nobody hears who is not signed in, is no client, or comes from elsewhere', async () => {
    const id = await begun(10);
    const stranger = small.fixture.visitor();
    for (const [method, path] of [
      ['POST', '/uploads'],
      ['HEAD', `/uploads/${id}`],
      ['PATCH', `/uploads/${id}`],
      ['DELETE', `/uploads/${id}`],
    ] as const) {
      const status = async (visitor: Visitor, headers: Record<string, string | null>) =>
        (await send(visitor, method, path, { headers })).status;
      expect(await status(stranger, {})).toBe(401);
      expect(await status(ann, { 'x-portal-client': null })).toBe(403);
      expect(await status(ann, { 'x-test-origin': 'https://elsewhere.example' })).toBe(403);
      expect(await status(ann, { 'x-test-origin': null })).toBe(403);
    }
  });

  test('a page hears what the protocol needs, of our headers alone', async () => {
    const asked = await send(ann, 'OPTIONS', '/uploads', { headers: { 'tus-resumable': null } });
    expect(asked.headers.get('access-control-allow-headers')).toContain(
      'tus-resumable, upload-length, upload-metadata, upload-offset',
    );
    const answer = await begin(5);
    expect(answer.headers.get('access-control-allow-origin')).toBe(base);
    expect(answer.headers.get('access-control-expose-headers')).toContain(
      'location, tus-resumable, upload-length, upload-offset',
    );
  });
});

describe('what breaks the protocol', () => {
  const refused = async (asked: Promise<Response>) => {
    const answer = await asked;
    const { status, code } = (await answer.json()) as { status: number; code: string };
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(status).toBe(answer.status);
    return [status, code];
  };

  test('is told so', async () => {
    const id = await begun(10);
    expect(await refused(begin(5, 'a.txt', ann, { headers: { 'tus-resumable': null } }))).toEqual([
      412,
      'version-mismatch',
    ]);
    expect(await refused(begin(5, 'a.txt', ann, { headers: { 'upload-length': null } }))).toEqual([400, 'invalid']);
    expect(await refused(begin(5, 'a.txt', ann, { headers: { 'upload-length': '-1' } }))).toEqual([400, 'invalid']);
    expect(await refused(begin(5, 'a.txt', ann, { headers: { 'upload-metadata': null } }))).toEqual([400, 'invalid']);
    expect(await refused(begin(5, 'a.txt', ann, { headers: { 'upload-metadata': 'filename ü' } }))).toEqual([
      400,
      'invalid',
    ]);
    expect(
      await refused(begin(5, 'a.txt', ann, { headers: { 'upload-length': null, 'upload-defer-length': '1' } })),
    ).toEqual([400, 'invalid']);
    expect(await refused(begin(attachmentBytes + 1))).toEqual([413, 'too-large']);
    expect(await refused(begin(5, 'a.exe'))).toEqual([415, 'unsupported-type']);
    expect(await refused(add(id, 1, text(5)))).toEqual([409, 'conflict']);
    expect(await refused(add(id, 0, text(11)))).toEqual([413, 'too-large']);
    expect(await refused(send(ann, 'PATCH', `/uploads/${id}`, { body: text(5), headers: bytes }))).toEqual([
      400,
      'invalid',
    ]);
  });

  test('is no file that is another', async () => {
    const id = await begun(10, 'a.png');
    expect(await refused(add(id, 0, text(10)))).toEqual([415, 'unsupported-type']);
    expect(await offsetOf(id)).toBe(404);
    expect(await uploadsLeft()).toEqual([]);
  });
});

describe('the limits', () => {
  test('count what has begun: fifty at the same time', async () => {
    for (let number = 0; number < 50; number++) await begun(10);
    const more = await begin(10);
    expect([more.status, more.headers.get('retry-after')]).toEqual([429, '3600']);
    await begun(10, 'a.txt', await signedIn('max'));
  });

  test('count 200 MiB a day from the beginning; what is taken back before it came weighs nothing', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 20; number++) ids.push(await begun(attachmentBytes));
    expect((await begin(2)).status).toBe(429);
    await add(ids[0] ?? '', 0, text(1_000_000));
    await send(ann, 'DELETE', `/uploads/${ids[0]}`);
    expect((await begin(attachmentBytes)).status).toBe(429);
    await begun(attachmentBytes - 1_000_000);
  });

  test('are a day, after which it is gone and removed', async () => {
    const id = await begun(10);
    await add(id, 0, text(5));
    const [{ file_key: key } = { file_key: '' }] = await uploadsLeft();
    small.fixture.pass(24 * hour + 1000);
    const later = await signedIn('ann');
    expect(await offsetOf(id, later)).toBe(404);
    small.fixture.pass(48 * hour);
    await removeOutdated(small.fixture.deps);
    expect(await uploadsLeft()).toEqual([]);
    expect(await small.fixture.deps.files.get(1, key)).toBeNull();
  });
});

describe('a scanner', () => {
  const annWith = async (scan: FileScanner['scan']) => {
    const fixture = createAppFixture(small.database, {}, {}, small.fixture.deps.files, { scan });
    return { app: fixture.app, there: await signedIn('ann', fixture) };
  };

  test('finds what is infected, which is gone then', async () => {
    const { app, there } = await annWith(async () => 'infected');
    const id = idIn(await begin(5, 'a.txt', there, { app })) ?? '';
    const last = await add(id, 0, text(5), there, { app });
    expect([last.status, await last.json()]).toMatchObject([422, { code: 'rejected', fields: [{ code: 'infected' }] }]);
    expect(await offsetOf(id, there, { app })).toBe(404);
  });

  test('that does not answer is asked again, without the file being sent again', async () => {
    let ill = true;
    const { app, there } = await annWith(() => (ill ? Promise.reject(new Error('ill')) : Promise.resolve('clean')));
    const id = idIn(await begin(5, 'a.txt', there, { app })) ?? '';
    const last = await add(id, 0, text(5), there, { app });
    expect([last.status, await last.json()]).toMatchObject([503, { code: 'unavailable', retryAfter: 60 }]);
    expect((await reply([id], there)).status).toBe(400);
    ill = false;
    expect(await offsetOf(id, there, { app })).toBe(5);
    expect((await add(id, 5, new Uint8Array(), there, { app })).status).toBe(200);
  });
});

test('a server that does not speak it says so, and has none of it', async () => {
  const app = createApp({ ...small.fixture.deps, tus: null });
  const versionOf = async (one: AppFixture['app']) =>
    (await send(ann, 'GET', '/portal', { app: one })).headers.get('tus-version');
  expect(await versionOf(small.fixture.app)).toBe('1.0.0');
  expect(await versionOf(app)).toBeNull();
  expect((await begin(5, 'a.txt', ann, { app })).status).toBe(404);
});
