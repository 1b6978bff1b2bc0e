/**
 * Takes a picture of every step of the demo, for people to look at: `npx tsx test/e2e/screenshots.ts FOLDER`. Without a
 * folder it renews the pictures that are kept in `demo/screenshots`.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';

import { english, ownSubjects, polish, portalOf, signIn } from './steps.js';
import { launchBrowser, startDemo, visit } from './support.js';

const wide = { width: 1280, height: 860 };
const phone = { width: 360, height: 740 };

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  wide: { viewport: wide, colorScheme: 'light' },
  dark: { viewport: wide, colorScheme: 'dark' },
  phone: { viewport: phone, colorScheme: 'light', hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  'phone-dark': { viewport: phone, colorScheme: 'dark', hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

const words = {
  en: {
    ...english,
    no: 'No',
    about: 'About the article',
    subject: 'Subject',
    problem: 'Ring stays amber after all steps',
    help: 'How can we help?',
    question:
      'Both hubs on the ground floor pulse slowly in amber since this morning.\n\nThe log ends with “cloud timeout”.',
  },
  pl: {
    ...polish,
    no: 'Nie',
    about: 'Dotyczy artykułu',
    subject: 'Temat',
    problem: 'Pierścień nadal jest bursztynowy',
    help: 'W czym możemy pomóc?',
    question:
      'Obie bramki na parterze od rana powoli migają na bursztynowo.\n\nDziennik kończy się wpisem „cloud timeout”.',
  },
};

const [target] = process.argv.slice(2);
const folder = resolve(target ?? 'demo/screenshots');
const kept = new Set(
  ['list', 'thread', 'form'].flatMap((step) => ['wide', 'phone', 'dark'].map((look) => `${step}-${look}`)),
);
mkdirSync(folder, { recursive: true });

const server = await startDemo();
const browser = await launchBrowser();
try {
  await showEyes();
  for (const [look, options] of Object.entries(looks)) {
    for (const language of ['en', 'pl'] as const) {
      const { context, page } = await visit(browser, server.origin, { ...options, reducedMotion: 'reduce' });
      await walk(page, language, (step) => keep(page, language === 'en' ? `${step}-${look}` : `${step}-${look}-pl`));
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.remove();
}

async function keep(page: Page, name: string): Promise<void> {
  if (!target && !kept.has(name)) return;
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  // What was scrolled into view is painted a few frames later.
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** The four-eyes page: three steps on a wide screen, then a phone, a dark screen, and Polish. */
async function showEyes(): Promise<void> {
  const eyes = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' } as const;
  const subject = /Hub on the 3rd floor/;
  const open = async (options: BrowserContextOptions, query = '') => {
    const { context, page } = await visit(browser, server.origin, { ...eyes, ...options });
    await page.goto(`/demo/eyes.html${query}`);
    await page.getByRole('link', { name: subject }).first().waitFor();
    return { context, page };
  };
  const shoot = async (page: Page, name: string) => {
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `eyes-${name}.png`), animations: 'disabled' });
  };

  const { context, page } = await open({});
  const paneOf = (name: string) => page.getByRole('region', { name });
  await page.getByRole('radio', { name: 'Own' }).click();
  await paneOf('Bob Fraser')
    .getByText(`${ownSubjects('bob').length} tickets`, { exact: true })
    .waitFor();
  await shoot(page, '1');
  await page.getByRole('radio', { name: 'Company', exact: true }).click();
  await paneOf('Alice Moreau').getByText('24 tickets', { exact: true }).waitFor();
  await shoot(page, '2');
  await page.getByRole('radio', { name: 'Company if role is manager' }).click();
  await paneOf('Alice Moreau').getByText('9 tickets').waitFor();
  await page.getByRole('button', { name: 'Prove it' }).click();
  await page.getByText('0 leaks').waitFor({ timeout: 120_000 });
  await paneOf('Alice Moreau').getByRole('link', { name: subject }).click();
  const support = paneOf('Support');
  await support.getByRole('button', { name: subject }).click();
  const write = async (text: string, button: string) => {
    await support.getByRole('textbox', { name: 'Message' }).fill(text);
    await support.getByRole('button', { name: button }).click();
    await support.getByRole('listitem').filter({ hasText: text }).waitFor();
  };
  await support.getByRole('radio', { name: 'Internal note' }).check();
  await write('Same power supply as in the March recall. Swap it, whatever the log says.', 'Add note');
  await write(
    'We are sending you a new power supply today. Plug it in when it arrives; nothing else to do.',
    'Send reply',
  );
  await paneOf('Alice Moreau').getByText('We are sending you').waitFor();
  for (const name of ['Alice Moreau', 'Support']) {
    await paneOf(name)
      .getByText('We are sending you')
      .evaluate((message) => message.scrollIntoView({ block: 'center' }));
  }
  await shoot(page, '3');
  await context.close();

  for (const [name, options, query] of [
    ['phone', looks['phone'] ?? {}, ''],
    ['dark', { colorScheme: 'dark' }, ''],
    ['pl', {}, '?lang=pl'],
  ] as const) {
    const look = await open(options, query);
    await look.page
      .getByText(/24 (tickets|zgłoszenia)/)
      .first()
      .waitFor({ state: 'attached' });
    await shoot(look.page, name);
    await look.context.close();
  }
}

function toPortal(page: Page): Promise<void> {
  return page.locator('#support').evaluate((element) => element.scrollIntoView());
}

async function walk(page: Page, language: 'en' | 'pl', shoot: (step: string) => Promise<void>): Promise<void> {
  const say = words[language];
  await page.goto(`/?lang=${language}`);
  await page.getByRole('button', { name: 'Alice Moreau' }).waitFor();
  await shoot('front');

  await page.goto(`/demo/kb.html?lang=${language}`);
  await page.getByRole('textbox', { name: say.email }).waitFor();
  await shoot('article');
  await page.locator('.helpful').scrollIntoViewIfNeeded();
  await shoot('helpful');
  await toPortal(page);
  await shoot('sign-in');
  await signIn(page, 'bob@acme.example', say, 'not this one');
  await page.getByRole('alert').last().waitFor();
  await toPortal(page);
  await shoot('wrong-password');
  await signIn(page, 'bob@acme.example', say);
  await page.getByRole('link', { name: /Hub on the 3rd floor/ }).waitFor();
  await toPortal(page);
  await shoot('list');

  await page.getByRole('link', { name: /Hub on the 3rd floor/ }).click();
  await page.getByText('IT set a nightly restart').waitFor();
  await toPortal(page);
  await shoot('thread');
  await page.getByRole('textbox').last().scrollIntoViewIfNeeded();
  await shoot('reply');

  await page.goto(`/demo/kb.html?lang=${language}`);
  await page.getByRole('link', { name: /Hub on the 3rd floor/ }).waitFor();
  await page.getByRole('link', { name: say.no, exact: true }).click();
  await portalOf(page).getByText(say.about).waitFor();
  await page.getByRole('textbox', { name: say.subject }).fill(say.problem);
  await page.getByRole('textbox', { name: say.help }).fill(say.question);
  await toPortal(page);
  await shoot('form');

  await page.goto(`/help/?lang=${language}`);
  await page.getByRole('link', { name: /Hub on the 3rd floor/ }).waitFor();
  await shoot('hosted');

  await page.goto('/demo/support.html');
  await page.getByRole('link', { name: /Hub on the 3rd floor/ }).waitFor();
  await shoot('desk');
  await page.getByRole('link', { name: /Hub on the 3rd floor/ }).click();
  await page.getByText('IT set a nightly restart').waitFor();
  await shoot('desk-ticket');
}
