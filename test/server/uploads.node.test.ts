import { beforeEach, describe, expect, test } from 'vitest';

import { removeOutdated } from '../../src/server/jobs.js';
import { attachmentBytes } from '../../src/wire/index.js';
import type { Visitor } from './app-fixture.js';
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
    expect((await sendFile(new File([new Uint8Array(attachmentBytes)], 'a.bin'))).status).toBe(201);
    expect((await sendFile(new File([new Uint8Array(attachmentBytes + 1)], 'a.bin'))).status).toBe(413);
    expect((await sendFile(new File([new Uint8Array(attachmentBytes + 100_000)], 'a.bin'))).status).toBe(413);
  });
});

test.each([
  ['C:\\Users\\ann\\report.txt', 'report.txt'],
  ['../../etc/passwd', 'passwd'],
  ['a\u202egpj.exe', 'agpj.exe'],
  ['zażółć \u{1F321}.txt', 'zażółć \u{1F321}.txt'],
  ['..', '..'],
  ['/', 'file'],
  [`${'ż'.repeat(200)}.pdf`, `${'ż'.repeat(125)}.pdf`],
])('the file %j is called %j', async (name, expected) => {
  const { name: kept } = await upload(textFile(name));
  expect(kept).toBe(expected);
  expect(new TextEncoder().encode(kept).length).toBeLessThanOrEqual(255);
});

test('a type that is none is bytes', async () => {
  expect((await upload(textFile('a', 'text/html'))).type).toBe('text/html');
  expect((await upload(textFile('a', ''))).type).toBe('application/octet-stream');
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
