import { describe, expect, test } from 'vitest';

import { askAdmin } from './admin-client.js';
import type { Visitor } from './app-fixture.js';
import { createStillDesk } from './desk/still-desk.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld({ still: createStillDesk });

async function signIn(name: string): Promise<Visitor> {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

const add = (visitor: Visitor, name: string) =>
  visitor.request('POST', `/tickets/${small.world.tickets.ann}/participants`, {
    body: { email: `${name}@example.com` },
  });

interface Detail {
  readonly actions: readonly string[];
  readonly participants: readonly { readonly id: string; readonly name: string }[];
}

describe('bringing somebody in', () => {
  test('is entered in the audit log by ids, once, and never by an address', async () => {
    const ann = await signIn('ann');
    const { participants } = (await (await add(ann, 'max')).json()) as Detail;
    expect(participants.map(({ name }) => name)).toEqual(['max', 'zoe']);
    await add(ann, 'max');
    await add(ann, 'gus');
    const { items } = (await askAdmin<{ items: readonly { event: string }[] }>(small, 'GET', '/audit')).body;
    const [max] = participants;
    const subjects = { ticket: small.world.tickets.ann, contact: max?.id };
    expect(items.filter(({ event }) => event === 'parties-changed')).toMatchObject([
      { actor: { kind: 'contact' }, subjects, portal: 'help', outcome: 'done', change: null },
    ]);
    expect(JSON.stringify([items, small.fixture.log])).not.toContain('@');
  });

  test('is 50 times a day at most, found or not, for each contact by themselves', async () => {
    const [ann, zoe] = [await signIn('ann'), await signIn('zoe')];
    for (let at = 0; at < 50; at++) expect((await add(ann, at % 2 ? 'nobody' : 'max')).status).toBe(at % 2 ? 400 : 200);
    const refused = await add(ann, 'max');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '86400']);
    expect((await add(zoe, 'zoe')).status).toBe(200);
    small.fixture.pass(24 * 3_600_000);
    expect((await add(await signIn('ann'), 'max')).status).toBe(200);
  });

  test('answers the same bytes for everybody who is no colleague', async () => {
    await small.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE name = 'eve'`);
    const ann = await signIn('ann');
    const answers = await Promise.all(
      ['gus', 'eve', 'nobody'].map(async (name) => {
        const response = await add(ann, name);
        return [response.status, await response.text()];
      }),
    );
    expect(answers[0]).toMatchObject([400, expect.stringContaining('"path":"email","code":"unknown"') as string]);
    expect(answers).toEqual(Array(3).fill(answers[0]));
  });
});

test('before a help desk of the company’s own, nobody edits a ticket or brings somebody in, and none says so', async () => {
  const ann = await signIn('ann');
  const path = `/tickets/${small.world.tickets.ann}`;
  const features = async () =>
    ((await (await ann.request('GET', '/portal')).json()) as { features: string[] }).features;
  const actions = async () => ((await (await ann.request('GET', path)).json()) as Detail).actions;
  expect(await features()).toEqual(expect.arrayContaining(['edit', 'addParticipant']));
  expect(await actions()).toEqual(['reply', 'close', 'add-participant', 'edit']);
  // Where the built-in desk has no tickets; afterwards nothing asks this desk for one, which has none.
  await small.database.asSuperuser('UPDATE tickets SET desk_ref = id::text');
  const desk = { kind: 'still', settings: {}, secret: { password: 'hidden' } };
  expect((await askAdmin(small, 'PUT', '/desk', desk)).status).toBe(200);
  await small.database.asSuperuser('UPDATE tickets SET desk_ref = NULL, deleted_at = NULL');
  expect((await features()).filter((name) => ['edit', 'addParticipant'].includes(name))).toEqual([]);
  expect(await actions()).toEqual(['reply', 'close']);
  const answers = [await ann.request('PATCH', path, { body: { properties: {} } }), await add(ann, 'max')];
  for (const answer of answers)
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'forbidden' }]);
});
