import { expect, test } from 'vitest';

import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

async function signIn(name: string) {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

const kept = () =>
  small.database.asSuperuser<{ name: string; columns: string[] | null; follows: boolean }>(
    `SELECT c.name, p.columns, p.follows_company AS follows FROM preferences p
      JOIN contacts c ON c.account_id = p.account_id AND c.id = p.contact_id ORDER BY c.name`,
  );

test('what is chosen is one row, of who chose it', async () => {
  const [ann, max] = [await signIn('ann'), await signIn('max')];
  await ann.request('PUT', '/preferences', { body: { columns: ['subject', 'why'] } });
  await max.request('PUT', '/preferences', { body: { followsCompany: true } });
  const answer = await ann.request('PUT', '/preferences', { body: { columns: [] } });
  expect([answer.status, await answer.json()]).toEqual([200, { columns: [], followsCompany: false }]);
  expect(await kept()).toEqual([
    { name: 'ann', columns: [], follows: false },
    { name: 'max', columns: null, follows: true },
  ]);
});

test('whoever may not see the tickets of their company may still prefer to follow it', async () => {
  const ann = await signIn('ann');
  await ann.request('PUT', '/preferences', { body: { followsCompany: true } });
  expect(await (await ann.request('GET', '/preferences')).json()).toEqual({ columns: null, followsCompany: true });
});

test.each([
  ['an unknown key', { colour: 'red' }, [{ path: 'colour', code: 'unknown' }]],
  ['a column that there is not', { columns: ['why', 'colour'] }, [{ path: 'columns.1', code: 'invalid_format' }]],
  ['a column twice', { columns: ['why', 'why'] }, [{ path: 'columns.1', code: 'repeated' }]],
  ['a column that is no text', { columns: [7] }, [{ path: 'columns.0', code: 'invalid_type' }]],
  ['a NUL', { columns: ['property:a\0'] }, [{ path: 'columns.0', code: 'invalid_format' }]],
  ['half a letter', { columns: ['property:\ud800'] }, [{ path: 'columns.0', code: 'invalid_format' }]],
  ['no yes or no', { followsCompany: 'yes' }, [{ path: 'followsCompany', code: 'invalid_type' }]],
])('%s is refused with its path, and nothing is kept', async (_, body, fields) => {
  const answer = await (await signIn('ann')).request('PUT', '/preferences', { body });
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'invalid', fields }]);
  expect(await kept()).toEqual([]);
});

test('the session brings the columns in the exchange that it needs anyway', async () => {
  const ann = await signIn('ann');
  await ann.request('PUT', '/preferences', { body: { columns: ['status'] } });
  let exchanges = 0;
  const { batch } = small.fixture.deps.database;
  Object.assign(small.fixture.deps, {
    database: {
      ...small.fixture.deps.database,
      batch: (...args: Parameters<typeof batch>) => {
        exchanges += 1;
        return small.database.batch(...args);
      },
    },
  });
  expect(await (await ann.request('GET', '/session')).json()).toMatchObject({ columns: ['status'] });
  expect(exchanges).toBe(1);
});

test('two changes of different things at once are both kept', async () => {
  const ann = await signIn('ann');
  await Promise.all([
    ann.request('PUT', '/preferences', { body: { columns: ['number'] } }),
    ann.request('PUT', '/preferences', { body: { followsCompany: true } }),
  ]);
  expect(await kept()).toEqual([{ name: 'ann', columns: ['number'], follows: true }]);
});

test('whoever is erased is forgotten', async () => {
  await (await signIn('ann')).request('PUT', '/preferences', { body: { columns: ['number'] } });
  const { account } = small.world;
  const staff = async (name: string, text: string) =>
    small.database.batch({ role: 'staff', account }, [{ statement: { name, text }, params: [account] }]);
  await staff(
    'test_add',
    `WITH added AS (INSERT INTO contacts (account_id, public_id, email, name, locale)
      VALUES ($1, 'leo', 'leo@example.com', 'leo', 'en') RETURNING account_id, id)
    INSERT INTO preferences (account_id, contact_id) SELECT account_id, id FROM added`,
  );
  expect(await kept()).toMatchObject([{ name: 'ann' }, { name: 'leo' }]);
  await staff('test_erase', `DELETE FROM contacts WHERE account_id = $1 AND name = 'leo'`);
  expect(await kept()).toMatchObject([{ name: 'ann' }]);
});
