import type { Frame, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';

import type { Bench, Extent } from './bench.js';
import type { Exchange } from './front.js';
import { type Target, attack, hostileCases, prepareAttacks } from './attacks.js';
import type { Places } from './places.js';
import { arrive, comeBack, openTicket, subject } from './walk.js';

/** Where somebody else's page is, in the browser of who is signed in to the portal on other pages. */
const posts: Readonly<Record<string, (page: Page, places: Places) => Promise<Frame>>> = {
  'a page of another site': (page, { strangers }) => top(page, strangers['another site']),
  'another page of the same site': (page, { strangers }) => top(page, strangers['the same site']),
  'a frame of another site in the help page': async (page, { pages, strangers }) => {
    await page.goto(`${pages['another site']}/kb.html`);
    return framed(page, { src: `${strangers['another site']}/` });
  },
  'a frame that is shut in': async (page, { strangers }) => {
    await top(page, strangers['another site']);
    return framed(page, { srcdoc: '<body></body>', sandbox: 'allow-scripts allow-forms allow-popups' });
  },
  'a page out of its own address': async (page, { strangers }) => {
    await top(page, strangers['another site']);
    return framed(page, { src: 'data:text/html,<body></body>' });
  },
};

/** Where a cookie of the portal is closest: it travels with these, or nobody says whose they are. */
const mainPosts = [
  'another page of the same site',
  'a frame of another site in the help page',
  'a frame that is shut in',
];

async function top(page: Page, origin: string): Promise<Frame> {
  await page.goto(`${origin}/`);
  return page.mainFrame();
}

async function framed(page: Page, attributes: Record<string, string>): Promise<Frame> {
  const element = await page.evaluateHandle(async (given) => {
    const frame = document.createElement('iframe');
    for (const [name, value] of Object.entries(given)) frame.setAttribute(name, value);
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    return frame;
  }, attributes);
  return (await element.contentFrame())!;
}

const answered = (exchanges: readonly Exchange[]) => exchanges.filter(({ status }) => status > 0).length;

/** What is shown in the page, and in all frames in it. */
const framesOf = (page: Page): Promise<readonly string[]> =>
  Promise.all(page.frames().map((frame) => frame.content().catch(() => 'gone')));

/** Words that only who is signed in may see. */
const secrets = [subject, 'Alice Moreau', 'alice@acme.example', 'hub-3f.log'];

/** What a refusal may write: who knocked. Of a session it does not matter when it was last used, by a page of its own. */
const stateOf = (rows: ReadonlyMap<string, readonly string[]>) =>
  [...rows].flatMap(([table, lines]) => {
    if (table === 'audit_log' || table === 'origin_requests') return [];
    return [[table, table === 'sessions' ? lines.map((line) => line.replaceAll(/"\d{4}-[^"]*"/g, '…')) : lines]];
  });

/** What strangers try while a customer is signed in, with the browser that lets cookies of other sites be. */
export function strangerCases({ front, profile }: Bench, extent: Extent): void {
  let target: Target;

  beforeAll(async () => {
    const page = await profile('kept').newPage();
    // In both ways at once: the cookie of the site, and the one that is kept apart for the other page.
    await arrive(page, helpPage('another site'));
    await arrive(page, helpPage('same site'));
    await openTicket(page);
    const { portal, strangers } = front().places;
    target = {
      api: `${portal}/help/api/v1`,
      ticket: new URL(page.url()).searchParams.get('ticket') ?? '',
      detour: `${strangers['another site']}/on?`,
    };
    await page.close();
  });

  const helpPage = (place: keyof Places['pages']) => ({
    address: `${front().places.pages[place]}/kb.html`,
    untilReload: false,
  });

  /** Requests to the portal's data that come from none of the pages that it knows. */
  const hostile = (from: number): Exchange[] => {
    const known = new Set(Object.values(front().places.pages));
    return front()
      .traffic.slice(from)
      .filter(({ url, asked }) => {
        const { origin, 'sec-fetch-site': site } = Object.fromEntries(asked) as Record<string, string | undefined>;
        return url.startsWith(target.api) && (origin === undefined ? site !== 'same-origin' : !known.has(origin));
      });
  };

  test.each(extent === 'everything' ? Object.keys(posts) : mainPosts)(
    '%s reads nothing, changes nothing and is let in nowhere',
    async (post) => {
      // Whoever leaves the page is still on the way while the next one begins.
      const enter = async () => {
        const page = await profile('kept').newPage();
        const frame = await posts[post]!(page, front().places);
        await frame.evaluate(prepareAttacks);
        return { page, frame };
      };
      const before = await front().server.rows();
      const begin = front().traffic.length;
      const { page, frame } = await enter();
      const staying = hostileCases.filter(({ leaves }) => !leaves);
      const read = await Promise.all(staying.map((one) => attack(frame, one, target)));
      const seen = [await framesOf(page)];
      for (const one of hostileCases.filter(({ leaves }) => leaves)) {
        const begun = await enter();
        const from = front().traffic.length;
        await attack(begun.frame, one, target).catch(() => 'gone');
        await expect.poll(() => answered(hostile(from)), { timeout: 30_000 }).toBeGreaterThan(0);
        seen.push(await framesOf(begun.page));
      }
      // A beacon may be on its way when its page has long gone on.
      const wanted = hostileCases.filter(({ elsewhere }) => !elsewhere).length;
      await expect.poll(() => answered(hostile(begin)), { timeout: 30_000 }).toBeGreaterThanOrEqual(wanted);

      const answers = hostile(begin).map(({ method, url, status, answered: headers, asked, body }) => ({
        what: `${method} ${url} ${status} ${JSON.stringify(asked)}`,
        letIn:
          status < 400 || headers.some(([name]) => name === 'set-cookie' || name === 'access-control-allow-origin'),
        told: secrets.filter((secret) => Buffer.concat(body).toString().includes(secret)),
      }));
      expect(answers.filter(({ letIn, told }) => letIn || told.length > 0)).toEqual([]);
      for (const secret of secrets) expect(JSON.stringify([read, seen])).not.toContain(secret);
      const after = await front().server.rows();
      expect(stateOf(after)).toEqual(stateOf(before));
      await Promise.all(
        profile('kept')
          .pages()
          .map((one) => one.close()),
      );
    },
  );

  test('the same requests are let in when they come from a help page', async () => {
    const page = await profile('kept').newPage();
    await page.goto(helpPage('another site').address);
    await page.evaluate(prepareAttacks);
    const before = await front().server.rows();
    const found = [];
    for (const { name, run } of hostileCases)
      if (/our elements say/.test(name)) found.push(await page.evaluate(run, target));
    expect(JSON.stringify(found)).toContain(subject);
    expect(
      await front()
        .server.rows()
        .then((rows) => rows.get('messages')?.length),
    ).toBeGreaterThan(before.get('messages')?.length ?? 0);
    await page.close();
  });

  test('who is signed in has noticed nothing', async () => {
    const page = await profile('kept').newPage();
    for (const place of ['another site', 'same site'] as const) await comeBack(page, helpPage(place));
  });
}
