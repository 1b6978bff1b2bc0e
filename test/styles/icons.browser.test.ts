import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { createMemoryBackend } from '../../src/index.js';
import { cleanups, inState, link, part, show, until } from '../elements/screen.js';

define();

/** A sheet of the page, until the test ends. */
function wear(text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
  cleanups.push(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });
}

async function signedIn(email: string) {
  const backend = createMemoryBackend();
  await backend.signIn({ method: 'password', email, password: 'portico-demo-2026' });
  return backend;
}

const iconOf = (element: Element) => getComputedStyle(element, '::before');

async function showForm(): Promise<HTMLElement> {
  const portal = show('customer-portal', { backend: await signedIn('alice@acme.example'), routing: 'none' });
  await inState(portal, 'list');
  portal.show('new');
  return link('All tickets');
}

describe('icons', () => {
  it('are read to nobody', async () => {
    expect(iconOf(await showForm()).content).to.equal('"←" / ""');
  });

  it('can be other characters, by a token', async () => {
    wear(':root { --portal-icon-back: "«" }');
    expect(iconOf(await showForm()).content).to.equal('"«" / ""');
  });

  it('can be pictures, by a token', async () => {
    wear(`:root { --portal-icon-attachment: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>") }`);
    const backend = await signedIn('bob@acme.example');
    const { items } = await backend.listTickets();
    show('ticket-detail', {
      backend,
      ticketId: items.find(({ subject }) => subject.startsWith('Hub on the'))?.id ?? '',
    });
    expect(iconOf(await part('attachment')).content).to.match(/^url\("data:.*\) \/ ""$/);
  });

  it('that point somewhere are mirrored in right-to-left text, whatever they are', async () => {
    const back = await showForm();
    expect(iconOf(back).scale).to.equal('none');
    document.documentElement.dir = 'rtl';
    cleanups.push(() => document.documentElement.removeAttribute('dir'));
    await until(() => iconOf(back).scale === '-1 1', 'The icon is never mirrored');
  });

  it('that are shapes give way to those of the page, by their part', async () => {
    wear(`
      ticket-list::part(status)::before { all: unset }
      ticket-list::part(status-open)::before { content: '○' / '' }`);
    show('ticket-list', { backend: await signedIn('bob@acme.example') });
    const { content, borderBlockEndStyle } = iconOf(await part('status-open'));
    expect([content, borderBlockEndStyle]).to.deep.equal(['"○" / ""', 'none']);
  });
});
