import { beforeEach, describe, expect, test } from 'vitest';

import type { Visitor } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
let ann: Visitor;
beforeEach(async () => {
  ann = small.fixture.visitor();
  await ann.signIn('ann@example.com');
});

describe('cursors', () => {
  interface Page {
    items: { number: number }[];
    nextCursor: string | null;
  }

  test.each(['-updated', 'updated', '-created', 'created', '-number', 'number', '-status', 'status'])(
    'sorted by %s lead through everything once',
    async (sort) => {
      for (let at = 0; at < 5; at++) {
        small.fixture.pass(1000);
        await ann.request('POST', '/tickets', {
          body: { subject: `More ${at}`, message: 'm' },
          key: crypto.randomUUID(),
        });
      }
      const whole = (await (await ann.request('GET', `/tickets?sort=${sort}`)).json()) as Page;
      const seen: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const more: string = cursor && `&cursor=${cursor}`;
        const page = (await (await ann.request('GET', `/tickets?sort=${sort}&limit=2${more}`)).json()) as Page;
        seen.push(...page.items.map((item) => item.number));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(whole.items.map((item) => item.number));
      expect(seen).toHaveLength(7);
    },
  );

  test('open only the list that they were made for, for an hour', async () => {
    const { nextCursor } = (await (await ann.request('GET', '/tickets?limit=1')).json()) as Page;
    const status = async (visitor: Visitor, query: string) =>
      (await visitor.request('GET', `/tickets?limit=1&cursor=${nextCursor}${query}`)).status;
    const max = small.fixture.visitor();
    await max.signIn('max@example.com');
    expect(await status(ann, '')).toBe(200);
    expect(await status(max, '')).toBe(400);
    expect(await status(ann, '&state=open')).toBe(400);
    expect(await status(ann, '&scope=mine')).toBe(400);
    // Its position is a time, and in that list a small number.
    expect(await status(ann, '&sort=status')).toBe(400);
    small.fixture.pass(3_601_000);
    expect(await status(ann, '')).toBe(400);
  });
});
