import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

import type { Front } from './front.js';
import type { Cookies, Engine, Profile } from './profiles.js';

/** How much of it is run: what differs most, or everything. */
export type Extent = 'what differs' | 'everything';

/** A portal and the browsers of one engine, for all tests of a file. */
export interface Bench {
  readonly engine: Engine;
  front(): Front;
  profile(cookies: Cookies): BrowserContext;
}

export function openBench(engine: Engine, start: () => Promise<Front>): Bench {
  let front: Front | undefined;
  const profiles = new Map<Cookies, Profile>();

  beforeAll(async () => {
    const { places } = (front = await start());
    const open = async (cookies: Cookies) => profiles.set(cookies, await engine.open(cookies, places));
    await Promise.all((Object.keys(engine.keeps) as Cookies[]).map(open));
  });
  afterAll(async () => {
    await Promise.all([...profiles.values()].map((profile) => profile.close()));
    await front?.remove();
  });

  return {
    engine,
    front() {
      if (!front) throw new Error('There is a portal once the tests run.');
      return front;
    },
    profile(cookies) {
      const found = profiles.get(cookies);
      if (!found) throw new Error(`${engine.name} has no setting by which cookies are ${cookies}.`);
      return found.context;
    },
  };
}
