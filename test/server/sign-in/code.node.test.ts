import { expect, test } from 'vitest';

import { enter, problemOf, start, useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
const minute = 60_000;
const email = 'ann@example.com';
const wrong = { status: 401, code: 'unauthenticated', fields: [{ path: 'code', code: 'wrong' }] };
const expired = { status: 401, code: 'unauthenticated', fields: [{ path: 'code', code: 'expired' }] };

test('a code from the mail signs in the browser that asked for it, once', async () => {
  const visitor = fixture.visitor();
  const asked = await start(visitor, { method: 'email', email });
  expect(asked.status).toBe(200);
  expect(await asked.json()).toEqual({
    method: 'email',
    email: 'a•••@example.com',
    expiresAt: '2026-11-01T09:10:00.000Z',
  });
  expect(await whoIs(visitor)).toBe(null);
  const code = await fixture.codeTo(email);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect((await enter(visitor, code)).status).toBe(200);
  expect(await whoIs(visitor)).toBe(email);
  expect([...visitor.cookies.keys()]).toEqual(['__Host-portal_s_help']);
  expect(await problemOf(await enter(visitor, code))).toEqual(expired);
});

test('is read as people write it', async () => {
  for (const write of [
    (code: string) => code.toLowerCase(),
    (code: string) => ` ${code.slice(0, 4)} – ${code.slice(4)} `,
    (code: string) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
    (code: string) => [...code].join(' '),
  ]) {
    const visitor = fixture.visitor();
    fixture.pass(61 * minute);
    await start(visitor, { method: 'email', email });
    expect((await enter(visitor, write(await fixture.codeTo(email)))).status).toBe(200);
  }
});

test('is of no use in another browser, nor to another one that has asked as well', async () => {
  const [asking, bare, other] = [fixture.visitor(), fixture.visitor(), fixture.visitor()];
  await start(other, { method: 'email', email });
  await start(asking, { method: 'email', email });
  const code = await fixture.codeTo(email);
  expect(await problemOf(await enter(bare, code))).toEqual(expired);
  expect(await problemOf(await enter(other, code))).toEqual(wrong);
  expect((await enter(asking, code)).status).toBe(200);
});

test('is not taken after five tries, and a right one among them still counts', async () => {
  const visitor = fixture.visitor();
  await start(visitor, { method: 'email', email });
  for (let at = 0; at < 5; at++) expect(await problemOf(await enter(visitor, 'AAAA-AAA2')), `${at}`).toEqual(wrong);
  expect(await problemOf(await enter(visitor, await fixture.codeTo(email)))).toEqual(expired);

  fixture.pass(61 * minute);
  await start(visitor, { method: 'email', email });
  for (let at = 0; at < 4; at++) await enter(visitor, 'no code at all');
  expect((await enter(visitor, await fixture.codeTo(email))).status).toBe(200);
});

test('lives for the minutes that the owner has chosen', async () => {
  for (const minutes of [10, 15]) {
    await fixture.setPortal({ codeMinutes: minutes });
    const [early, late] = [fixture.visitor(), fixture.visitor()];
    await start(early, { method: 'email', email: 'ann@example.com' });
    await start(late, { method: 'email', email: 'max@example.com' });
    fixture.pass(minutes * minute - 1);
    expect((await enter(early, await fixture.codeTo('ann@example.com'))).status).toBe(200);
    fixture.pass(1);
    const code = await fixture.codeTo('max@example.com').catch(() => 'AAAAAAAA');
    expect(await problemOf(await enter(late, code))).toEqual(expired);
  }
});

test('a browser that has asked finds its way back after a reload, and only that one', async () => {
  const visitor = fixture.visitor();
  await start(visitor, { method: 'email', email });
  const pending = { method: 'email', email: 'a•••@example.com', expiresAt: '2026-11-01T09:10:00.000Z' };
  expect(await (await visitor.request('GET', '/session')).json()).toMatchObject({ contact: null, pending });
  expect(await (await fixture.visitor().request('GET', '/session')).json()).not.toHaveProperty('pending');
  fixture.pass(10 * minute);
  expect(await (await visitor.request('GET', '/session')).json()).not.toHaveProperty('pending');
});

test('whatever the address, the answer has the same bytes and causes the same work', async () => {
  const seen = [];
  const { database } = fixture.deps;
  for (const address of ['ann@example.com', 'any@example.com', 'eve@example.com']) {
    let statements = 0;
    const counting: typeof database = {
      ...database,
      batch: (context, steps) => {
        statements += steps.length;
        return database.batch(context, steps);
      },
      tx: (context, run) =>
        database.tx(context, (tx) =>
          run({
            query: (statement, params) => {
              statements += 1;
              return tx.query(statement, params);
            },
            batch: (steps) => {
              statements += steps.length;
              return tx.batch(steps);
            },
          }),
        ),
    };
    Object.assign(fixture.deps, { database: counting });
    const visitor = fixture.visitor();
    const response = await start(visitor, { method: 'email', email: address });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]+/, '=…'));
    const body = (await response.text()).replace(/"[ae]•••/, '"•••');
    const tried = await problemOf(await enter(visitor, 'AAAA-AAAA'));
    seen.push({ status: response.status, cookies, body, statements, tried });
    Object.assign(fixture.deps, { database });
  }
  expect(seen[0]?.statements).toBeGreaterThan(0);
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
  expect(await fixture.mailsTo('any@example.com')).toEqual([]);
  expect(await fixture.mailsTo('eve@example.com')).toEqual([]);
});

test('three mails an hour go to an address, and nobody is told when there are no more', async () => {
  for (let at = 0; at < 5; at++) {
    expect(
      (await start(fixture.visitor(), { method: 'email', email: at % 2 ? email.toUpperCase() : email })).status,
    ).toBe(200);
  }
  const sent = [...(await fixture.mailsTo(email)), ...(await fixture.mailsTo(email.toUpperCase()))];
  expect(sent).toHaveLength(3);
  fixture.pass(61 * minute);
  const visitor = fixture.visitor();
  await start(visitor, { method: 'email', email });
  expect((await enter(visitor, await fixture.codeTo(email))).status).toBe(200);
});

test('who asks for many mails from one place has to wait', async () => {
  for (let at = 0; at < 20; at++) {
    expect((await start(fixture.visitor(), { method: 'email', email: `somebody${at}@example.com` })).status).toBe(200);
  }
  const refused = await start(fixture.visitor(), { method: 'email', email });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const elsewhere = { headers: { 'x-test-ip': '192.0.2.7' }, body: { method: 'email', email } };
  expect((await fixture.visitor().request('POST', '/session/start', elsewhere)).status).toBe(200);
});

test('the link of the mail leads to the page that asked, never to one of somebody else', async () => {
  const page = 'http://localhost:4400/docs/hub?ticket=new#faq';
  await start(fixture.visitor(), { method: 'email', email, page });
  const [mail] = await fixture.mailsTo(email);
  expect(mail?.content.link).toBe(
    `http://localhost:4400/docs/hub?ticket=new#portal_code=${await fixture.codeTo(email)}`,
  );
  await start(fixture.visitor(), { method: 'email', email });
  expect((await fixture.mailsTo(email)).at(-1)?.content.link).toMatch(/^http:\/\/localhost:4400\/help\/#portal_code=/);
  for (const foreign of [
    'https://evil.example/',
    '//evil.example/',
    'javascript:alert(1)',
    'http://localhost:4401/',
    'x',
  ]) {
    const refused = await start(fixture.visitor(), { method: 'email', email, page: foreign });
    expect(await problemOf(refused)).toMatchObject({ status: 400, fields: [{ path: 'page', code: 'foreign' }] });
  }
});

test('the mail is in the contact’s language, whatever that of the page is', async () => {
  await fixture.database.asSuperuser(`UPDATE contacts SET locale = 'pl' WHERE email = '${email}'`);
  await start(fixture.visitor(), { method: 'email', email });
  expect((await fixture.mailsTo(email)).at(-1)).toMatchObject({ locale: 'pl', to: { email, name: 'ann' } });
});

test('a code proves the address of somebody who was not verified yet', async () => {
  await fixture.database.asSuperuser(`UPDATE contacts SET verified = false WHERE email = '${email}'`);
  const visitor = fixture.visitor();
  expect((await visitor.signIn(email)).status).toBe(401);
  await start(visitor, { method: 'email', email });
  expect((await enter(visitor, await fixture.codeTo(email))).status).toBe(200);
  expect((await fixture.visitor().signIn(email)).status).toBe(200);
});

test('a code that was sent before its contact was locked out is of no use', async () => {
  const visitor = fixture.visitor();
  await start(visitor, { method: 'email', email });
  const code = await fixture.codeTo(email);
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE email = '${email}'`);
  expect(await problemOf(await enter(visitor, code))).toEqual(expired);
  expect(await whoIs(visitor)).toBe(null);
});

test('where the portal does not offer it, or no mail is sent, it is refused and not named', async () => {
  const offered = async () =>
    ((await (await fixture.visitor().request('GET', '/portal')).json()) as { signIn: string[] }).signIn;
  expect(await offered()).toEqual(['password', 'email', 'reset']);
  await fixture.setPortal({ signIn: ['email'] });
  expect(await offered()).toEqual(['email']);
  expect(await problemOf(await fixture.visitor().signIn(email))).toMatchObject({ status: 403 });
  await fixture.setPortal({ signIn: ['password'] });
  expect(await offered()).toEqual(['password', 'reset']);
  const refused = { status: 403, code: 'forbidden', fields: [{ path: 'method', code: 'not-offered' }] };
  expect(await problemOf(await start(fixture.visitor(), { method: 'email', email }))).toEqual(refused);
  Object.assign(fixture.deps, { mail: null });
  expect(await offered()).toEqual(['password']);
  expect(await problemOf(await start(fixture.visitor(), { method: 'reset', email }))).toEqual(refused);
});
