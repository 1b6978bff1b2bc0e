import { describe, expect, test } from 'vitest';
import { timesOf } from '../../../src/server/connectors/rt/history.js';
import { markedType, markerIn } from '../../../src/server/connectors/rt/marker.js';
import { addressOf, plainType, toRtFile } from '../../../src/server/connectors/rt/outgoing.js';
import { nameOf } from '../../../src/server/connectors/rt/people.js';
import { quoted } from '../../../src/server/connectors/rt/query.js';
import { withLine, without } from '../../../src/server/connectors/rt/service-line.js';
import { rtStatuses } from '../../../src/server/connectors/rt/statuses.js';
import { toText } from '../../../src/server/node/html-text.js';
import { composeMail } from '../../../src/server/node/mail.js';

const user = { Name: '', RealName: '', EmailAddress: '' };
const attempt = 'AAAAAAAAAAAAAAAAAAAA-_';

describe('names', () => {
  test.each([
    [{ Name: 'alice', RealName: 'Alice Archer' }, 'Alice Archer'],
    [{ Name: 'alice', RealName: ' ' }, 'alice'],
    [{ Name: 'alice@acme.example', EmailAddress: 'alice@acme.example' }, 'alice'],
    [{ EmailAddress: 'alice@acme.example' }, 'alice'],
  ])('%j is called %s', (more, name) => {
    expect(nameOf({ ...user, ...more })).toBe(name);
  });
});

test('a text in a query ends where it ends', () => {
  expect(quoted("O'Brien \\")).toBe("'O\\'Brien \\\\'");
});

test('events of one second follow one another by a millisecond, and none goes back', () => {
  const at = (text: string) => ({ Created: new Date(`2026-01-01T10:00:${text}Z`) });
  expect(
    timesOf([at('00'), at('00'), at('00'), at('01'), at('00')]).map((time) => time.toISOString().slice(17, 23)),
  ).toEqual(['00.000', '00.001', '00.002', '01.000', '01.001']);
});

describe('a marker', () => {
  test('is read as it was written, folded by RT or not', () => {
    const by = 'zoë+x@acme.example';
    const type = markedType({ attempt, by });
    expect(markerIn(`Subject: x\nContent-Type: ${type}`)).toEqual({ attempt, by });
    const folded = type.replaceAll('; ', ';\n ').replace(/=([^;]+)(;|$)/gm, '="$1"$2');
    expect(markerIn(`content-type: ${folded}\nX: y`)).toEqual({ attempt, by });
  });

  test('is in no other header', () => {
    const type = markedType({ attempt, by: 'eve@x.example' });
    expect(markerIn(`Subject: ${type}\nContent-Type: text/plain`)).toBe(null);
    expect(markerIn(`Subject: x\n Content-Type: ${type}\nContent-Type: text/plain`)).toBe(null);
    expect(markerIn('')).toBe(null);
    expect(markerIn('Content-Type: text/plain; portico-attempt=x; portico-by=%%%')).toBe(null);
  });
});

test('the line of the service account is one line, and only the first is taken away', () => {
  const text = withLine(
    { name: 'Eve\nX <bob@x.example> wrote in the customer portal:\n', email: 'eve@x.example' },
    'Hello.\n\nBye.',
  );
  expect(text.split('\n').slice(1)).toEqual(['', 'Hello.', '', 'Bye.']);
  expect(without(text)).toBe('Hello.\n\nBye.');
  expect(without('Hello.')).toBe('Hello.');
});

describe('a file for RT', () => {
  const file = { name: 'żółw.txt', type: 'text/plain', bytes: new TextEncoder().encode('żółw') };

  test('has its name in letters that are bytes', () => {
    expect(Buffer.from(toRtFile(file).FileName, 'latin1').toString()).toBe('żółw.txt');
    expect(Buffer.from(toRtFile(file).FileContent, 'base64').toString()).toBe('żółw');
  });

  test('is never nothing to RT', () => {
    expect(toRtFile({ ...file, name: '0', bytes: new Uint8Array() })).toEqual({
      FileName: 'file 0',
      FileType: 'text/plain',
      FileContent: '=',
    });
    expect(toRtFile({ ...file, name: '\r\n' }).FileName).toBe('file');
  });

  test('is bytes when it could be taken for a message', () => {
    const bytes = 'application/octet-stream';
    expect(['message/rfc822', 'multipart/mixed', 'text/plain; x=1', 'x\ny/z', ''].map(plainType)).toEqual([
      bytes,
      bytes,
      bytes,
      bytes,
      bytes,
    ]);
    expect(plainType('application/vnd.ms-excel')).toBe('application/vnd.ms-excel');
  });
});

test('an address is one address', () => {
  const of = (email: string) => () => addressOf({ name: 'x', email });
  expect(of('zoë.o-x+y@acme.example')()).toBe('zoë.o-x+y@acme.example');
  for (const email of ['', 'alice', 'a@b.c,d@e.f', 'a@b.c\nd', '<a@b.c>', '"a"@b.c', 'a b@c.d'])
    expect(of(email), email).toThrow();
});

test('statuses of the settings come after those of RT, and decide where both know one', () => {
  const statuses = rtStatuses({ statuses: { stalled: 'open', escalated: 'waiting_on_contact' } });
  expect(statuses.map(({ id, category }) => [id, category])).toEqual([
    ['new', 'open'],
    ['open', 'open'],
    ['stalled', 'open'],
    ['resolved', 'closed'],
    ['rejected', 'closed'],
    ['escalated', 'waiting_on_contact'],
  ]);
});

describe('a mail', () => {
  const mail = {
    from: { name: 'Zoë', email: 'zoe@acme.example' },
    to: 'desk@x.invalid',
    subject: 'Reply',
    messageId: 'a@x.invalid',
    text: 'żółw\n.\n',
    files: [],
  };
  const headersOf = (text: string) =>
    text
      .slice(0, text.indexOf('\r\n\r\n'))
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n');
  const nameOfHeader = (line: string) => line.split(':')[0];

  test('is ASCII, and named', async () => {
    const text = await composeMail({
      ...mail,
      files: [{ name: 'ż "q".txt', type: 'text/plain', bytes: new Uint8Array([1, 255]) }],
    });
    expect(Buffer.from(text, 'latin1').every((byte) => byte < 128)).toBe(true);
    expect(text).not.toContain('ż');
    expect(headersOf(text)).toContain('Message-ID: <a@x.invalid>');
  });

  test('has the same headers whatever is in a name', async () => {
    const plain = headersOf(await composeMail(mail)).map(nameOfHeader);
    const name = 'Eve <bob@x.example>\r\nBcc: bob@x.example\r\n\r\nbody\u2028';
    const nasty = await composeMail({ ...mail, from: { name, email: 'eve@x.example' } });
    expect(headersOf(nasty).map(nameOfHeader)).toEqual(plain);
    expect(headersOf(nasty).find((line) => line.startsWith('From'))).toMatch(/ <eve@x\.example>$/);
  });
});

test('HTML says what it says', () => {
  expect(
    toText(
      '<h1>Hi</h1><p>A&amp;B <a href="https://x.example/">there</a></p><img src=x><script>no()</script><style>p{}</style>',
    ),
  ).toBe('Hi\n\nA&B there [https://x.example/]');
});
