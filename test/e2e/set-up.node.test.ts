import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Loopback, listenOnLoopback } from '../support/loopback.js';
import { runCommand } from '../support/server-process.js';
import { signIn } from './steps.js';
import { launchBrowser, startPortico, visit } from './support.js';

/**
 * From an empty data folder, as a new owner comes to it: by the link that the server prints, through the four steps, to the
 * page that the portal is pasted into, a customer's first ticket and the answer to it.
 */

const folder = mkdtempSync(join(tmpdir(), 'portico-set-up-'));
let browser: Browser;
let server: Awaited<ReturnType<typeof startPortico>>;
let origin: string;
/** A page of the company's own, which the owner pastes the portal into. */
let site: Loopback;
let pasted = '';

beforeAll(async () => {
  [browser, server, site] = await Promise.all([
    launchBrowser(),
    startPortico('start', { ...process.env, PORT: '0', PORTICO_DATA: join(folder, 'live') }),
    listenOnLoopback(
      createServer((_, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(`<!doctype html><html lang="en"><title>Contact</title><main><h1>Contact</h1>${pasted}</main>`);
      }),
    ),
  ]);
  origin = `http://localhost:${server.port}`;
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.stop(), site?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const owner = { email: 'olga@tarnfield.example', password: 'three calm otters' };
const customer = { email: 'ann@acme.example', name: 'Ann Moreau', password: 'seven quiet herons' };

/** As a program of the owner's would, with the session of their browser. */
async function ask(page: Page, method: string, path: string, data?: object) {
  const headers = { 'x-portal-client': 'portico-test/1', origin };
  const response = await page.request.fetch(`${origin}${path}`, { method, headers, ...(data && { data }) });
  expect(response.ok(), `${method} ${path}: ${await response.text()}`).toBe(true);
  return response.json() as Promise<Record<string, unknown>>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

test('a new owner sets up a portal, and the first customer is answered', { timeout: 180_000 }, async () => {
  const { page, context, watch } = await visit(browser, origin);
  await page.goto('/');
  await page.getByRole('heading', { name: 'Sign in as staff' }).waitFor();

  // The link that the server has printed.
  await expect.poll(() => server.output()).toMatch(/#welcome=/);
  const [link = ''] = /http:\S+#welcome=\S+/.exec(server.output()) ?? [];
  await page.goto(link);
  await field(page, 'Your company').fill('Tarnfield');
  await field(page, 'Your name').fill('Olga Nowak');
  await field(page, 'E-mail address').fill(owner.email);
  await field(page, 'New password').fill('password1234');
  await button(page, 'Begin').click();
  await page.getByRole('alert').filter({ hasText: 'everybody tries first' }).waitFor();
  await field(page, 'New password').fill(owner.password);
  await button(page, 'Begin').click();
  await page.getByRole('heading', { name: 'Before you start' }).waitFor();
  expect(page.url()).toBe(`${origin}/admin/`);

  await page.getByRole('link', { name: 'Set up your customer portal' }).click();
  await field(page, 'Portal name').fill('Tarnfield help');
  await button(page, 'Next: Connect a domain').click();

  await page.getByText(`${origin}/tarnfield-help/`).waitFor();
  await field(page, 'Slug').fill('staff');
  await page.getByRole('alert').filter({ hasText: 'needs this word for itself' }).waitFor();
  await field(page, 'Slug').fill('help');
  await page.getByText(`${origin}/help/`, { exact: true }).waitFor();
  await button(page, 'Next: Set up your tickets').click();

  await page.getByRole('radio', { name: 'All of their company', exact: true }).check();
  await button(page, 'Next: Set up access').click();

  // Leaving half-way, and coming back.
  await field(page, 'Access groups').waitFor();
  await page.goto('/admin/');
  await page.getByRole('link', { name: 'Continue: Tarnfield help' }).click();
  await field(page, 'Access groups').fill('Customers');
  await field(page, 'Pages of yours that may show the portal').fill(`${site.origin}/help/`);
  const before = await context.newPage();
  await before.goto('/help/');
  await before.getByText('This portal is not open yet.').first().waitFor();
  await before.close();
  await button(page, 'Finish portal set-up').click();
  await button(page, `Use ${site.origin}`).click();
  await button(page, 'Finish portal set-up').click();
  await page.getByRole('heading', { name: '“Tarnfield help” is open' }).waitFor();
  await page.getByText('We have not seen your page yet.').waitFor();
  pasted = await page.getByRole('textbox', { name: 'Put it into your page' }).innerText();
  expect(pasted).toContain(`src="${origin}/help/embed.js"`);

  const contact = { ...customer, verified: true, accessGroups: ['Customers'] };
  await ask(page, 'POST', '/admin/api/v1/contacts', contact);

  const visitor = await visit(browser, site.origin);
  await visitor.page.goto('/contact');
  await page.getByText(`Seen on ${site.origin}/contact`).waitFor();
  await signIn(visitor.page, customer.email, undefined, customer.password);
  await visitor.page.getByRole('link', { name: 'New ticket' }).click();
  await visitor.page.getByRole('textbox', { name: 'Subject' }).fill('The hub is silent');
  await visitor.page
    .getByRole('textbox', { name: 'How can we help?' })
    .fill('Its ring has been amber since this morning.');
  await visitor.page.getByRole('button', { name: 'Send', exact: true }).click();
  await visitor.page.getByRole('heading', { name: 'Thank you.' }).waitFor();

  const { items } = (await ask(page, 'GET', '/staff/api/v1/tickets')) as { items: { id: string; subject: string }[] };
  expect(items.map(({ subject }) => subject)).toEqual(['The hub is silent']);
  await ask(page, 'POST', `/staff/api/v1/tickets/${items[0]?.id}/messages`, { body: 'Please unplug it for a minute.' });
  await visitor.page.goto(`/contact?ticket=${items[0]?.id}`);
  const answer = visitor.page.getByRole('article').filter({ hasText: 'Please unplug it' });
  await answer.getByText('Olga Nowak').waitFor();

  // The one thing that the console names: the portal that was asked before it was open.
  expect(watch.complaints.filter((text) => !/status of (401|503|400|404)/.test(text))).toEqual([]);
  await visitor.context.close();
  await context.close();
});

/** One point, in no colour. */
const picture = {
  name: 'mark.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
};

test('the look that an owner chooses is seen before it is saved, and then on the hosted page', {
  timeout: 120_000,
}, async () => {
  const { page, context, watch } = await visit(browser, origin);
  await page.goto('/admin/#/help/brand');
  await field(page, 'E-mail address').fill(owner.email);
  await field(page, 'Password').fill(owner.password);
  await button(page, 'Sign in').click();
  await field(page, 'Accent').fill('#7a1f5c');
  const colourOf = (place: Locator) => place.evaluate((element) => getComputedStyle(element).backgroundColor);
  const sample = page.locator('[part~=sample-light] [part~=button-primary]');
  await sample.waitFor();
  expect(await colourOf(sample)).toBe('rgb(122, 31, 92)');
  for (const place of [0, 1]) await page.locator('input[type=file]').nth(place).setInputFiles(picture);
  await page.getByRole('img', { name: 'Icon' }).waitFor();
  await button(page, 'Save').click();
  await page.getByText('Saved.').waitFor();

  await page.goto('/help/');
  expect(await colourOf(button(page, 'Sign in'))).toBe('rgb(122, 31, 92)');
  const width = page.locator('header img').evaluate((image) => (image as HTMLImageElement).naturalWidth);
  expect(await width).toBe(1);
  expect(await page.locator('link[rel=icon]').getAttribute('href')).toMatch(/^icon\/[0-9a-f]{32}$/);
  expect(watch.complaints.filter((text) => !/status of 401/.test(text))).toEqual([]);
  await context.close();
});

test('a second portal speaks another language, and its page too', { timeout: 120_000 }, async () => {
  const { page, context } = await visit(browser, origin, { locale: 'pl-PL' });
  await page.goto('/admin/');
  await field(page, 'Adres e-mail').fill(owner.email);
  await field(page, 'Hasło').fill(owner.password);
  await button(page, 'Zaloguj się').click();
  await page.getByRole('link', { name: 'Skonfiguruj kolejny portal' }).click();
  await field(page, 'Nazwa portalu').fill('Pomoc Tarnfield');
  await button(page, 'Dalej: Podłącz domenę').click();
  await page.getByText(`${origin}/pomoc-tarnfield/`).waitFor();
  await page.getByRole('radio', { name: 'Te języki' }).check();
  await page.getByRole('checkbox', { name: 'English' }).uncheck();
  await page.getByRole('checkbox', { name: 'Polski' }).check();
  await button(page, 'Dalej: Skonfiguruj zgłoszenia').click();
  await button(page, 'Dalej: Skonfiguruj dostęp').click();
  await button(page, 'Zakończ konfigurację portalu').click();
  await page.getByRole('heading', { name: 'Portal „Pomoc Tarnfield” jest otwarty' }).waitFor();
  await page.goto('/pomoc-tarnfield/');
  expect(await page.title()).toBe('Pomoc Tarnfield');
  expect(await page.locator('html').getAttribute('lang')).toBe('pl');
  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  await context.close();
});

test('people come in by a table; what one of them sees is told, and looked at', { timeout: 120_000 }, async () => {
  const { page, context } = await visit(browser, origin);
  await page.goto('/admin/');
  await field(page, 'E-mail address').fill(owner.email);
  await field(page, 'Password').fill(owner.password);
  await button(page, 'Sign in').click();
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await page.getByRole('link', { name: 'Import a table' }).click();
  await field(page, 'Or paste the table').fill(
    'email,name,company,role\npat@acme.example,Pat Lee,Acme,manager\nnobody,No',
  );
  await button(page, 'See what would happen').click();
  await page.getByText('This is not an e-mail address.').waitFor();
  await button(page, 'Import 1 contact').click();
  await page.getByText('Imported.').waitFor();
  await page.getByRole('link', { name: 'All people' }).click();
  await field(page, 'Search by name or e-mail address').fill('pat@');
  await page.getByRole('link', { name: 'Pat Lee' }).click();
  await page
    .getByText(/^Cannot sign in to .+, because the e-mail address is not known to be theirs\.$/)
    .first()
    .waitFor();
  await page.getByRole('checkbox', { name: 'It is known to be theirs' }).check();
  await button(page, 'Save').click();
  await page.getByText('Saved.').waitFor();
  const id = /people\/([\w-]{22})/.exec(page.url())?.[1];
  const kept = await ask(page, 'GET', `/admin/api/v1/contacts/${id}`);
  expect(kept).toMatchObject({ name: 'Pat Lee', verified: true, properties: { role: 'manager' } });
  const { items } = (await ask(page, 'GET', '/admin/api/v1/portals')) as { items: { slug: string; name: string }[] };
  await page.goto(`/admin/#/people/${id}/${items[0]?.slug}`);
  await page.getByRole('heading', { name: `What Pat Lee sees in ${items[0]?.name}` }).waitFor();
  const audit = (await ask(page, 'GET', '/admin/api/v1/audit')) as { items: { event: string; subjects: object }[] };
  expect(audit.items[0]).toMatchObject({ event: 'preview', subjects: { contact: id } });
  await page.getByRole('link', { name: 'Companies', exact: true }).click();
  await page.getByRole('link', { name: 'Acme', exact: true }).click();
  await button(page, 'Delete company').click();
  await button(page, 'Delete for good').click();
  await page.getByText('There are no companies yet.').waitFor();
  await context.close();
});

test('another company on the server sees nothing of this one, nor this one of it', { timeout: 120_000 }, async () => {
  const admin = ['Globex', 'Gina Ross', 'gina@globex.example'];
  const { stdout } = await runCommand(['account', ...admin], { PORTICO_DATA: join(folder, 'live') });
  const [link = ''] = /http:\S+#welcome=\S+/.exec(stdout) ?? [];
  const { page, context } = await visit(browser, origin);
  await page.goto(link);
  await page.getByRole('heading', { name: 'Welcome, Gina Ross' }).waitFor();
  await field(page, 'New password').fill('four slow lanterns');
  await button(page, 'Begin').click();
  await page.getByRole('heading', { name: 'Before you start' }).waitFor();
  await page.getByRole('link', { name: 'Set up your customer portal' }).click();
  await field(page, 'Portal name').fill('Globex help');
  await button(page, 'Next: Connect a domain').click();
  // That it is taken is all that one learns of the other.
  await field(page, 'Slug').fill('help');
  await page.getByRole('alert').filter({ hasText: 'Another portal has this address' }).waitFor();
  await field(page, 'Slug').fill('globex');
  await page.getByText(`${origin}/globex/`, { exact: true }).waitFor();
  await button(page, 'Next: Set up your tickets').click();
  await button(page, 'Next: Set up access').click();
  await button(page, 'Finish portal set-up').click();
  await page.getByRole('heading', { name: '“Globex help” is open' }).waitFor();
  for (const area of ['Portals', 'People', 'Companies', 'Staff']) {
    await page.getByRole('link', { name: area, exact: true }).click();
    await page
      .locator('portal-setup')
      .getByRole('heading', { level: 1, name: area === 'Portals' ? 'Your portals' : area })
      .waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/Tarnfield|Olga|Pat Lee|Ann Moreau/);
  }
  const portals = await ask(page, 'GET', '/admin/api/v1/portals');
  expect(portals).toMatchObject({ items: [{ slug: 'globex' }] });
  expect(await ask(page, 'GET', '/staff/api/v1/tickets')).toMatchObject({ items: [] });
  await context.close();

  const first = await visit(browser, origin);
  await first.page.goto('/admin/');
  await field(first.page, 'E-mail address').fill(owner.email);
  await field(first.page, 'Password').fill(owner.password);
  await button(first.page, 'Sign in').click();
  await first.page.getByRole('heading', { name: 'Your portals' }).waitFor();
  await first.page.getByText('Pomoc Tarnfield').waitFor();
  expect(await first.page.locator('body').innerText()).not.toContain('Globex');
  await first.page.goto('/admin/#/globex/name');
  await first.page.getByRole('alert').waitFor();
  expect(await first.page.locator('body').innerText()).not.toContain('Globex');
  await first.context.close();
});

test('what is known of people has a type, and two owners at once lose nothing', { timeout: 120_000 }, async () => {
  const { page, context } = await visit(browser, origin);
  await page.goto('/admin/');
  await field(page, 'E-mail address').fill(owner.email);
  await field(page, 'Password').fill(owner.password);
  await button(page, 'Sign in').click();
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await page.getByRole('link', { name: 'Properties', exact: true }).click();
  await button(page, 'Add a property').click();
  await field(page, 'Label').fill('Licences');
  await page.getByLabel('Name', { exact: true }).fill('licences');
  await page.getByRole('combobox', { name: 'Type' }).selectOption({ label: 'Number' });
  await button(page, 'Add this property').click();
  await page.getByText('licences · Number').waitFor();
  await page.getByRole('link', { name: 'All people' }).click();
  await page.getByRole('link', { name: 'Pat Lee' }).click();
  await field(page, 'Licences').fill('a few');
  await button(page, 'Save').click();
  await page.getByText('Enter a number, such as 12 or 0.5.').waitFor();
  const id = /people\/([\w-]{22})/.exec(page.url())?.[1];
  await ask(page, 'PATCH', `/admin/api/v1/contacts/${id}`, { name: 'Patricia Lee' });
  await field(page, 'Licences').fill('12');
  await button(page, 'Save').click();
  await page.getByText('Somebody else has changed this meanwhile: Name.').waitFor();
  await button(page, 'Save').click();
  await page.getByText('Saved.').waitFor();
  const kept = await ask(page, 'GET', `/admin/api/v1/contacts/${id}`);
  expect(kept).toMatchObject({ name: 'Patricia Lee', properties: { role: 'manager', licences: '12' } });
  const download = page.waitForEvent('download');
  await button(page, 'Download all of it').click();
  expect((await download).suggestedFilename()).toBe('pat@acme.example.json');
  await button(page, 'Erase this contact').click();
  await button(page, 'Erase for good').click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
  await page.goto('/admin/#/pomoc-tarnfield/invitations');
  await page.getByText('This server sends no mail yet').waitFor();
  await context.close();
});

test('who is signed out in one tab, or has the wrong password, sees nothing of it', async () => {
  const { page, context } = await visit(browser, origin);
  await page.goto('/admin/');
  await field(page, 'E-mail address').fill(owner.email);
  await field(page, 'Password').fill('three calm badgers');
  await button(page, 'Sign in').click();
  await page.getByRole('alert').filter({ hasText: 'is wrong' }).waitFor();
  await field(page, 'Password').fill(owner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your portals' }).waitFor();
  await button(page, 'Sign out').click();
  await page.getByRole('heading', { name: 'Sign in as staff' }).waitFor();
  await page.goBack();
  await page.goto('/admin/#/help/tickets');
  await page.getByRole('heading', { name: 'Sign in as staff' }).waitFor();
  expect(await page.locator('body').innerText()).not.toContain('Tarnfield');
  await context.close();
});
