import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';

import type { Bench, Extent } from './bench.js';
import type { Places } from './places.js';
import type { Cookies } from './profiles.js';
import { everyPlace, leaveEverywhere, scan, tokensIn, watchPages } from './scan.js';
import {
  type HelpPage,
  arrive,
  askedToSignIn,
  comeBack,
  cookiesKept,
  downloadFile,
  goBackToNothing,
  openTicket,
  reply,
  seesNothing,
  signOut,
} from './walk.js';

/** How a session travels: where its token may be, and nowhere else. */
const carriers = {
  cookie: ['answer header set-cookie', 'request header cookie'],
  memory: ['answer header x-portal-session', 'request header authorization'],
} as const;

interface Layout {
  readonly name: string;
  readonly page: keyof Places['pages'];
  readonly cookies: Cookies;
  readonly carrier: keyof typeof carriers;
  /** Tabs are no other than those of the layout that follows. */
  readonly usual?: true;
}

const layouts: readonly Layout[] = [
  { name: 'of the same origin', page: 'same origin', cookies: 'kept', carrier: 'cookie', usual: true },
  { name: 'of the same site', page: 'same site', cookies: 'kept', carrier: 'cookie' },
  { name: 'of another site', page: 'another site', cookies: 'kept', carrier: 'cookie', usual: true },
  {
    name: 'of another site, whose cookies are kept apart for each page',
    page: 'another site',
    cookies: 'kept apart for each page',
    carrier: 'cookie',
  },
  { name: 'of another site, whose cookies are dropped', page: 'another site', cookies: 'dropped', carrier: 'memory' },
];

/** The same walk in every layout that the browser knows. */
export function layoutCases({ engine, front, profile }: Bench, extent: Extent): void {
  const { keeps, take } = engine;
  const kinds = Object.keys(keeps) as Cookies[];

  afterEach(async ({ task }) => {
    for (const context of kinds.map(profile)) {
      if (task.result?.state === 'fail')
        for (const page of context.pages()) console.error(page.url(), await page.locator('body').ariaSnapshot());
      await Promise.all(context.pages().map((page) => page.close()));
      await context.clearCookies();
    }
  });

  describe.each(layouts.filter(({ cookies }) => keeps[cookies]))(
    'on a help page $name',
    ({ page: place, cookies, carrier, usual }) => {
      const helpPage = (): HelpPage => ({
        address: `${front().places.pages[place]}/kb.html`,
        untilReload: carrier === 'memory',
      });

      test('a customer signs in, comes back, reads, takes a file, answers and signs out, and no token is where it may not be', async () => {
        const context = profile(cookies);
        const looks = watchPages(context);
        const from = front().traffic.length;
        const page = await context.newPage();
        const here = helpPage();
        await arrive(page, here);
        await comeBack(page, here);
        await openTicket(page);
        await downloadFile(page, take);
        await reply(page, `Still there, seen on a page ${place}, ${carrier}.`);
        const signedIn = await looks.all();
        await signOut(page);
        await page.reload();
        await askedToSignIn(page);
        const found = scan(tokensIn(front().traffic), front().traffic.slice(from), [
          ...signedIn,
          ...(await looks.all()),
        ]);
        const places = new Set(found.map((sighting) => sighting.place));
        expect(places, JSON.stringify(found.filter((one) => !carriers[carrier].includes(one.place as never)))).toEqual(
          new Set(carriers[carrier]),
        );
      });

      test.runIf(!usual || extent === 'everything')(
        'who signs out in one tab is seen in no other, and in none that is left and come back to',
        async () => {
          const context = profile(cookies);
          const here = helpPage();
          const left = await context.newPage();
          await arrive(left, here);
          await openTicket(left);
          // A session that lives in the memory of a page ends there.
          if (here.untilReload) await signOut(left);
          await goBackToNothing(left, here, front().traffic, async () => {
            if (here.untilReload) return;
            const [open, last] = [await context.newPage(), await context.newPage()];
            await comeBack(open, here);
            await openTicket(open);
            await comeBack(last, here);
            await signOut(last);
            await expect.poll(() => seesNothing(open).then(() => true), { interval: 20 }).toBe(true);
          });
        },
      );
    },
  );

  test('the scan finds a token wherever a page or a server could leave one', async () => {
    const context = profile('kept');
    const looks = watchPages(context);
    const from = front().traffic.length;
    const page = await context.newPage();
    await page.goto(`${front().places.pages['another site']}/other.html`);
    const token = randomBytes(32).toString('base64url');
    await leaveEverywhere(page, token);
    const found = scan(new Set([token]), front().traffic.slice(from), await looks.all());
    expect(new Set(found.map(({ place }) => place))).toEqual(new Set(everyPlace));
  });

  test('the browser treats cookies of another site as its setting says', async () => {
    const found: Record<string, readonly string[]> = {};
    for (const cookies of kinds) {
      const page = await profile(cookies).newPage();
      await page.goto(`${front().places.pages['another site']}/other.html`);
      found[cookies] = await cookiesKept(page, front().places.portal);
    }
    expect(found).toEqual(keeps);
  });
}
