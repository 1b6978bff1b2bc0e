import { describe, expect, test } from 'vitest';

import { askAdmin } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const inquiry = { one: 'inquiry', other: 'inquiries', nominative: 'inquiries' };
const sprawa = { one: 'sprawa', few: 'sprawy', many: 'spraw', other: 'sprawy', nominative: 'sprawy' };

const change = (body: object) => askAdmin<{ words: unknown; code?: string }>(small, 'PATCH', '/portals/help', body);

/** The portal's word for somebody who reads this language. */
async function wordFor(language: string): Promise<unknown> {
  const answer = await small.fixture.visitor().request('GET', '/portal', { headers: { 'accept-language': language } });
  return ((await answer.json()) as { words: { ticket: unknown } }).words.ticket;
}

describe("the owner's word for a ticket", () => {
  test('is none until there is one', async () => {
    expect(await wordFor('en')).toBeNull();
    expect(await wordFor('pl')).toBeNull();
  });

  test('is answered in the language of the request, and in no other', async () => {
    const changed = await change({ words: { ticket: { pl: sprawa } } });
    expect(changed).toMatchObject({ status: 200, body: { words: { ticket: { pl: sprawa } } } });
    expect(await wordFor('pl')).toEqual(sprawa);
    expect(await wordFor('pl-PL, en;q=0.5')).toEqual(sprawa);
    expect(await wordFor('en')).toBeNull();
    await change({ words: { ticket: { pl: sprawa, en: inquiry } } });
    expect(await wordFor('en-GB')).toEqual(inquiry);
  });

  test('is not for who reads another language, and there for who takes any', async () => {
    await change({ words: { ticket: { en: inquiry } } });
    expect(await wordFor('de')).toBeNull();
    expect(await wordFor('de, en;q=0.5')).toEqual(inquiry);
    expect(await wordFor('de, *;q=0.5')).toEqual(inquiry);
    expect(await wordFor('*')).toEqual(inquiry);
  });

  test('is found for a language when the portal has it with a region', async () => {
    await change({ locales: ['en', 'pl-PL'], words: { ticket: { 'pl-PL': sprawa } } });
    expect(await wordFor('pl')).toEqual(sprawa);
    expect(await wordFor('pl-PL')).toEqual(sprawa);
  });

  test('is kept without space around it', async () => {
    await change({ words: { ticket: { en: { ...inquiry, one: '  support inquiry ' } } } });
    expect(await wordFor('en')).toEqual({ ...inquiry, one: 'support inquiry' });
  });

  test('is replaced as a whole, and stays when other settings change', async () => {
    await change({ words: { ticket: { pl: sprawa, en: inquiry } } });
    await change({ name: 'Desk' });
    expect(await wordFor('pl')).toEqual(sprawa);
    await change({ words: { ticket: { en: inquiry } } });
    expect([await wordFor('pl'), await wordFor('en')]).toEqual([null, inquiry]);
  });

  test('goes with its language', async () => {
    await change({ words: { ticket: { pl: sprawa, en: inquiry } } });
    expect(await change({ locales: ['en'] })).toMatchObject({
      status: 200,
      body: { words: { ticket: { en: inquiry } } },
    });
    await change({ locales: ['en', 'pl'] });
    expect(await wordFor('pl')).toBeNull();
  });

  test('comes with a language in one change, and with a new portal', async () => {
    const anfrage = { one: 'Anfrage', other: 'Anfragen', nominative: 'Anfragen' };
    const german = { locales: ['en', 'de'], words: { ticket: { de: anfrage } } };
    expect(await change(german)).toMatchObject({ status: 200 });
    expect(await wordFor('de-AT')).toEqual(anfrage);
    const made = await askAdmin(small, 'POST', '/portals', { slug: 'shop', name: 'Shop', ...german });
    expect(made).toMatchObject({ status: 201, body: { words: { ticket: { de: anfrage } } } });
  });

  test('is told with all that is wrong with it at once', async () => {
    const { body } = await change({ words: { ticket: { pl: { one: 'a', two: 'b' }, fr: {} } } });
    expect(body).toMatchObject({
      code: 'invalid',
      fields: [
        { path: 'words.ticket.pl.few', code: 'missing' },
        { path: 'words.ticket.pl.many', code: 'missing' },
        { path: 'words.ticket.pl.other', code: 'missing' },
        { path: 'words.ticket.pl.nominative', code: 'missing' },
        { path: 'words.ticket.pl.two', code: 'unknown' },
        { path: 'words.ticket.fr', code: 'unknown' },
      ],
    });
  });

  test('is entered in the audit log as changed, without its text', async () => {
    await change({ words: { ticket: { en: inquiry } } });
    const { body } = await askAdmin<{ items: { change: unknown }[] }>(small, 'GET', '/audit');
    expect(body.items[0]?.change).toEqual({ words: null });
  });
});
