import { beforeEach, describe, expect, test } from 'vitest';

import { removeOutdated } from '../../src/server/jobs.js';
import type { FileScanner } from '../../src/server/deps.js';
import { attachmentBytes } from '../../src/wire/index.js';
import { base, createAppFixture, type Visitor } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
let ann: Visitor;
beforeEach(async () => {
  ann = small.fixture.visitor();
  await ann.signIn('ann@example.com');
});

const hour = 3_600_000;
const key = () => crypto.randomUUID();

interface Uploaded {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly expiresAt: string;
}

/** A form as a browser writes it. */
async function send(visitor: Visitor, fields: readonly (readonly [string, File | string])[]): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value);
  }
  const written = new Response(form);
  const headers = { 'content-type': written.headers.get('content-type') };
  return visitor.request('POST', '/attachments', { body: await written.text(), headers });
}
const sendFile = (file: File, visitor = ann) => send(visitor, [['file', file]]);
const bigFile = (size: number) => new File([new Uint8Array(size).fill(32)], 'a.txt');
const textFile = (name: string, type = 'text/plain') => new File(['Some text'], name, { type });

async function upload(file = textFile('a.txt'), visitor = ann): Promise<Uploaded> {
  const response = await sendFile(file, visitor);
  expect(response.status).toBe(201);
  return (await response.json()) as Uploaded;
}

const reply = (attachments: readonly string[], visitor = ann) =>
  visitor.request('POST', `/tickets/${small.world.tickets.ann}/messages`, {
    body: { body: 'See there', attachments },
    key: key(),
  });

const bytesLeft = async () => {
  const rows = await small.database.asSuperuser<{ account: number; key: string }>(
    'SELECT account_id AS account, file_key AS key FROM uploads UNION SELECT account_id, file_key FROM attachments',
  );
  return rows.length;
};

describe('a form that is no file', () => {
  test('of somebody who is not signed in is refused', async () => {
    expect((await sendFile(textFile('a.txt'), small.fixture.visitor())).status).toBe(401);
  });

  test('is told what is wrong with it', async () => {
    const file = textFile('a.txt');
    const wrong = [
      await send(ann, []),
      await send(ann, [['file', 'text']]),
      await send(ann, [
        ['file', file],
        ['file', file],
      ]),
      await send(ann, [
        ['file', file],
        ['more', 'text'],
      ]),
      await ann.request('POST', '/attachments', {
        body: 'x',
        headers: { 'content-type': 'multipart/form-data; boundary=y' },
      }),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    const codes = await Promise.all(
      wrong.map(async (response) => ((await response.json()) as { fields: { code: string }[] }).fields[0]!.code),
    );
    expect(codes.slice(1)).toEqual(['missing', 'repeated', 'unknown', 'malformed']);
    expect((await ann.request('POST', '/attachments', { body: {} })).status).toBe(415);
  });

  test('is too large as soon as more has come than a file may have', async () => {
    expect((await sendFile(bigFile(attachmentBytes))).status).toBe(201);
    expect((await sendFile(bigFile(attachmentBytes + 1))).status).toBe(413);
    expect((await sendFile(bigFile(attachmentBytes + 100_000))).status).toBe(413);
  });
});

test('a form whose line drops in the middle of its file leaves nothing, and one that ends there neither', async () => {
  const seeded = await bytesLeft();
  const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
  const ends: readonly ((stream: ReadableStreamDefaultController<Uint8Array>) => void)[] = [
    (stream) => stream.error(new Error('The line dropped')),
    (stream) => stream.close(),
  ];
  for (const end of ends) {
    const left = [new TextEncoder().encode(head), new Uint8Array(1_500_000).fill(65), new Uint8Array(1000).fill(65)];
    const body = new ReadableStream<Uint8Array>({
      pull(stream) {
        const piece = left.shift();
        if (piece) stream.enqueue(piece);
        else end(stream);
      },
    });
    const headers = {
      'x-test-origin': base,
      'x-test-cookie': [...ann.cookies].map((pair) => pair.join('=')).join('; '),
      'x-portal-client': 'portico-test/1',
      'content-type': 'multipart/form-data; boundary=x',
    };
    const init = { method: 'POST', headers, body, duplex: 'half' };
    const answer = await small.fixture.app.request(`${base}/help/api/v1/attachments`, init);
    expect([answer.status, await answer.json()]).toMatchObject([400, { fields: [{ code: 'malformed' }] }]);
    expect(await bytesLeft()).toBe(seeded);
  }
});

test.each([
  ['C:\\Users\\ann\\report.txt', 'report.txt'],
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['a\u202egpj.txt', 'agpj.txt'],
  ['zażółć \u{1F321}.txt', 'zażółć \u{1F321}.txt'],
  ['..txt', '..txt'],
  [`${'ż'.repeat(200)}.csv`, `${'ż'.repeat(125)}.csv`],
])('the file %j is called %j', async (name, expected) => {
  const { name: kept } = await upload(textFile(name));
  expect(kept).toBe(expected);
  expect(new TextEncoder().encode(kept).length).toBeLessThanOrEqual(255);
});

test('the type of a file is that of its kind, whatever its sender says', async () => {
  expect((await upload(textFile('a.csv', 'text/html'))).type).toBe('text/csv');
  expect((await upload(textFile('a.txt', ''))).type).toBe('text/plain');
});

test('a file of a kind that is not taken is refused, and leaves nothing', async () => {
  const seeded = await bytesLeft();
  for (const name of ['page.html', 'a.png', 'a']) {
    const refused = await sendFile(textFile(name, 'image/png'));
    expect([refused.status, await refused.json()]).toMatchObject([415, { code: 'unsupported-type' }]);
  }
  expect(await bytesLeft()).toBe(seeded);
});

test('a contact sends 200 MiB a day, and what does not fit weighs nothing', async () => {
  for (let number = 0; number < 19; number++) await upload(bigFile(attachmentBytes));
  await upload(bigFile(attachmentBytes - 1000));
  for (let again = 0; again < 2; again++) {
    const refused = await sendFile(bigFile(1001));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(24 * 3600)]);
  }
  await upload(bigFile(1000));
  const max = small.fixture.visitor();
  await max.signIn('max@example.com');
  await upload(bigFile(1001), max);
  small.fixture.pass(24 * hour);
  await ann.signIn('ann@example.com');
  await upload(bigFile(1001));
});

describe('a server with a scanner', () => {
  async function annWith(scanner: FileScanner) {
    const { deps, log, visitor } = createAppFixture(small.database, {}, {}, small.fixture.deps.files, scanner);
    const there = visitor();
    await there.signIn('ann@example.com');
    return { there, log, deps };
  }

  test('takes what is clean, after it has looked into all of it', async () => {
    const seen: string[] = [];
    const scan: FileScanner['scan'] = async (file) => {
      seen.push(await new Response(file).text());
      return 'clean';
    };
    const { there } = await annWith({ scan });
    await upload(textFile('a.txt'), there);
    expect(seen).toEqual(['Some text']);
  });

  test.each([
    [
      'infected',
      async () => 'infected' as const,
      422,
      { code: 'rejected', fields: [{ path: 'file', code: 'infected' }] },
    ],
    ['not known', () => Promise.reject(new TypeError('a secret')), 503, { code: 'unavailable', retryAfter: 60 }],
  ])('takes nothing that is %s', async (_, scan, status, problem) => {
    const seeded = await bytesLeft();
    const { there, log } = await annWith({ scan });
    const answer = await sendFile(textFile('a.txt'), there);
    expect([answer.status, await answer.json()]).toMatchObject([status, problem]);
    expect(await bytesLeft()).toBe(seeded);
    expect(log.map(({ event }) => event)).toContain(status === 422 ? 'file-infected' : 'scan-failed');
    expect(JSON.stringify(log)).not.toMatch(/secret|a\.txt/);
  });

  test('does not look into what it does not take anyway', async () => {
    const { there } = await annWith({ scan: () => Promise.reject(new Error('asked')) });
    expect((await sendFile(textFile('a.exe'), there)).status).toBe(415);
  });
});

test('a file comes back with all that keeps a browser from opening it', async () => {
  const { id } = await upload(textFile('a "log".txt', 'text/html'));
  const message = (await (await reply([id])).json()) as { attachments: { id: string }[] };
  const answer = await ann.request('GET', `/attachments/${message.attachments[0]!.id}`);
  const names = [
    'content-type',
    'content-disposition',
    'x-content-type-options',
    'content-security-policy',
    'cross-origin-resource-policy',
    'cache-control',
    'referrer-policy',
  ];
  expect(Object.fromEntries(names.map((name) => [name, answer.headers.get(name)]))).toEqual({
    'content-type': 'text/plain',
    'content-disposition': `attachment; filename="a _log_.txt"; filename*=UTF-8''a%20%22log%22.txt`,
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  });
});

describe('a file that waits for its message', () => {
  test('is written within a day, and then no longer', async () => {
    const [one, other] = [await upload(), await upload()];
    expect(Date.parse(one.expiresAt) - small.fixture.deps.clock().getTime()).toBe(24 * hour);
    small.fixture.pass(24 * hour - 1000);
    await ann.signIn('ann@example.com');
    expect((await reply([one.id])).status).toBe(201);
    small.fixture.pass(2000);
    const late = await reply([other.id]);
    expect(late.status).toBe(400);
    expect(await late.json()).toMatchObject({ fields: [{ path: 'attachments.0', code: 'unknown' }] });
  });

  test('is written once, though two messages want it at the same time', async () => {
    const { id } = await upload();
    const answers = await Promise.all([reply([id]), reply([id]), reply([id])]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400, 400]);
  });

  test('is one of at most fifty', async () => {
    for (let number = 0; number < 50; number++) await upload();
    const more = await sendFile(textFile('a.txt'));
    expect([more.status, more.headers.get('retry-after')]).toEqual([429, '3600']);
    const max = small.fixture.visitor();
    await max.signIn('max@example.com');
    await upload(textFile('a.txt'), max);
    small.fixture.pass(24 * hour);
    await ann.signIn('ann@example.com');
    await upload();
  });

  test('is one of at most ten in a message', async () => {
    const ids = [];
    for (let number = 0; number < 11; number++) ids.push((await upload()).id);
    expect((await reply(ids)).status).toBe(400);
    expect((await reply(ids.slice(1))).status).toBe(201);
  });

  test('is removed with its bytes when nobody has written it; what was written stays', async () => {
    const seeded = await bytesLeft();
    const [written, left] = [await upload(), await upload()];
    const [{ file_key: leftKey, account_id: account }] = (await small.database.asSuperuser<{
      file_key: string;
      account_id: number;
    }>(`SELECT file_key, account_id FROM uploads WHERE public_id = '${left.id}'`)) as [
      { file_key: string; account_id: number },
    ];
    const message = (await (await reply([written.id])).json()) as { attachments: { id: string }[] };
    small.fixture.pass(72 * hour - 1000);
    await removeOutdated(small.fixture.deps);
    expect(await bytesLeft()).toBe(seeded + 2);
    small.fixture.pass(2000);
    await removeOutdated(small.fixture.deps);
    expect(await bytesLeft()).toBe(seeded + 1);
    expect(await small.fixture.deps.files.get(account, leftKey)).toBeNull();
    await ann.signIn('ann@example.com');
    const opened = await ann.request('GET', `/attachments/${message.attachments[0]!.id}`);
    expect(await opened.text()).toBe('Some text');
  });
});
