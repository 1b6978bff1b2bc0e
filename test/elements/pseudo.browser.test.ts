import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { define } from '../../src/define.js';
import type { Message, Ticket, TicketDetail } from '../../src/model/index.js';
import { portal, sessionOf, signedOut } from './fake-backend.js';
import * as fake from './fake-backend.js';
import { cleanups, inState, part, show, type, until } from './screen.js';
import { everyWay, openLink, refuse, signInBackend, waiting } from './sign-in.js';

define();

/** People and texts of a world without a letter of the English alphabet: what is left in English is ours. */
const alisa = { id: 'alice', name: 'Алиса' };
const mia = { id: 'mia', name: 'Миа', side: 'support' } as const;
const status = { id: 'open', category: 'open', label: 'Открыто' } as const;
const company = { id: 'acme', name: 'Луч' };

const session = (person = alisa) => {
  const { contact, ...rest } = sessionOf(person);
  return { ...rest, contact: contact && { ...contact, company } };
};
const ticketOf = (changes: Partial<TicketDetail> = {}): TicketDetail =>
  fake.ticketOf({ subject: 'Тихо', status, requester: alisa, company, ...changes });
const messageOf = (changes: Partial<Message> = {}): Message =>
  fake.messageOf({ author: { ...alisa, side: 'contact' }, text: 'Тихо.', ...changes });
const listOf = (items: readonly Ticket[], nextCursor: string | null = null) => ({
  listTickets: async () => ({ items, nextCursor, asOf: new Date().toISOString() }),
});
const fails = () => Promise.reject(new BackendError('unavailable'));
const fakeBackend = (changes: Partial<PortalBackend> = {}): PortalBackend =>
  fake.fakeBackend({
    session: async () => session(),
    ...listOf([ticketOf()]),
    getTicket: async () => ticketOf(),
    listMessages: async () => ({ items: [messageOf()], nextCursor: null, previousCursor: null }),
    ...changes,
  });

const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription'];

/** All that a reader or a screen reader is told in an element: times and sizes are the browser's own words. */
function* told(root: ParentNode | ShadowRoot): Generator<string> {
  for (const node of root.childNodes as Iterable<Node>) {
    if (node instanceof Text) yield node.data.replace(/\b(kB|[AP]M)\b/g, '');
    if (!(node instanceof Element) || node.matches('style, time')) continue;
    for (const name of attributes) yield node.getAttribute(name) ?? '';
    if (node.shadowRoot) yield* told(node.shadowRoot);
    yield* told(node);
  }
}

/** Nothing on the page is plain English. */
function look(): void {
  const texts = [...told(document.body)].map((text) => text.trim()).filter((text) => text);
  const english = texts.filter((text) => /[A-Za-z]/.test(text));
  expect(english).to.deep.equal([]);
  expect(texts.length, 'there is something to read').to.be.greaterThan(0);
}

/** An element in a state, in the language that shows what was forgotten. */
async function lookAt<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  state: string,
  properties: Partial<HTMLElementTagNameMap[K]>,
): Promise<HTMLElementTagNameMap[K]> {
  document.body.replaceChildren();
  const element = show(tag, properties);
  await inState(element, state);
  await until(() => (element.shadowRoot?.querySelector('[part=base]') as HTMLElement | null)?.lang === 'en-XA');
  if (state !== 'loading') look();
  return element;
}

/** Looks again once a part is there. */
async function lookFor(name: string): Promise<HTMLElement> {
  const found = await part(name);
  look();
  return found;
}

describe('in en-XA, no plain English is left', () => {
  beforeEach(() => {
    document.documentElement.lang = 'en-XA';
    const { href } = location;
    cleanups.push(() => history.replaceState(null, '', href));
  });

  it('in <ticket-list>', async () => {
    const colleague = { ...alisa, id: 'b' };
    const condition = { property: 'роль', value: 'глава' };
    const why = (relation: 'contact' | 'participant' | 'company') => ({
      relation,
      company: relation === 'company' ? company : null,
      condition: null,
    });
    const items = [
      ticketOf({ unread: true, turn: 'contact' }),
      ticketOf({ id: 't2', why: why('contact') }),
      ticketOf({ id: 't3', why: why('participant') }),
      ticketOf({ id: 't4', why: why('company'), requester: colleague }),
      ticketOf({ id: 't5', why: { ...why('company'), condition } }),
    ];
    await lookAt('ticket-list', 'ready', { backend: fakeBackend(listOf(items, 'more')) });
    await lookFor('more');
    await lookFor('as-of');
    await lookAt('ticket-list', 'empty', { backend: fakeBackend(listOf([])) });
    await lookAt('ticket-list', 'no-match', { backend: fakeBackend(listOf([])), state: 'open' });
    await lookAt('ticket-list', 'failed', { backend: fakeBackend({ listTickets: fails }) });
    await lookAt('ticket-list', 'signed-out', { backend: fakeBackend({ session: async () => signedOut }) });
    const loading = await lookAt('ticket-list', 'loading', {
      backend: fakeBackend({ listTickets: () => new Promise(() => {}) }),
    });
    await until(() => loading.shadowRoot?.querySelector('[part=skeleton]')?.ariaLabel);
    look();
  });

  it('in <ticket-detail>', async () => {
    const items = [
      messageOf({ attachments: [{ ...fake.log, name: 'журнал' }] }),
      messageOf({ id: 'm2', author: mia }),
      messageOf({ id: 'm3', kind: 'status', status: { from: 'Открыто', to: 'Закрыто' } }),
    ];
    const listMessages = async () => ({
      items,
      nextCursor: null,
      previousCursor: 'earlier',
      asOf: '1970-01-01T00:00:00.000Z',
    });
    const at = { ticketId: 't1' };
    const properties = { articleUrl: 'https://луч.example/', articleTitle: 'Луч' };
    const getTicket = async () => ticketOf({ turn: 'contact', properties });
    await lookAt('ticket-detail', 'ready', {
      ...at,
      backend: fakeBackend({ listMessages, getTicket, download: fails }),
    });
    (await lookFor('attachment')).click();
    await lookFor('error');
    (await lookFor('earlier')).click();
    (await lookFor('submit')).click();
    await until(() => document.querySelector('ticket-detail')?.shadowRoot?.querySelector('#problem:not([hidden])'));
    look();
    const closed = ticketOf({ status: { ...status, category: 'closed' } });
    await lookAt('ticket-detail', 'ready', { ...at, backend: fakeBackend({ getTicket: async () => closed }) });
    const theirs = ticketOf({ why: { relation: 'company', company, condition: null } });
    await lookAt('ticket-detail', 'ready', { ...at, backend: fakeBackend({ getTicket: async () => theirs }) });
    const missing = () => Promise.reject(new BackendError('not-found'));
    await lookAt('ticket-detail', 'not-found', { ...at, backend: fakeBackend({ getTicket: missing }) });
    await lookAt('ticket-detail', 'failed', { ...at, backend: fakeBackend({ getTicket: fails }) });
    await lookAt('ticket-detail', 'signed-out', { ...at, backend: fakeBackend({ session: async () => signedOut }) });
  });

  it('in <support-form>', async () => {
    await lookAt('support-form', 'ready', { backend: fakeBackend(), articleTitle: 'Луч' });
    (await part('submit')).click();
    await lookFor('summary');
    const long = fakeBackend({ createTicket: fails });
    const form = await lookAt('support-form', 'ready', { backend: long });
    const fill = (subject: string, message: string) => {
      for (const [id, value] of [
        ['subject', subject],
        ['message', message],
      ] as const) {
        const input = form.shadowRoot?.querySelector<HTMLInputElement>(`#${id}`);
        if (input) type(input, value);
      }
    };
    fill('ж'.repeat(201), 'ж'.repeat(101));
    (await part('submit')).click();
    await lookFor('summary');
    fill('ж', 'ж');
    (await part('submit')).click();
    await lookFor('summary');
    long.createTicket = async () => ticketOf({ id: 'new1' });
    (await part('submit')).click();
    await inState(form, 'sent');
    look();
    const none = { ...portal, features: [] };
    await lookAt('support-form', 'unavailable', { backend: fakeBackend({ portal: async () => none }) });
    await lookAt('support-form', 'signed-out', { backend: fakeBackend({ session: async () => signedOut }) });
  });

  it('in <portal-login>, in each of its steps', async () => {
    const connections = [{ id: 'acme', label: 'Луч' }];
    const features = [...portal.features, 'startSignIn', 'setPassword', 'signInElsewhere'];
    const russian = async () => ({ ...portal, name: 'Луч', signIn: everyWay, connections, features });
    const backendWith = (changes: Partial<PortalBackend> = {}) =>
      signInBackend(everyWay, { portal: russian, signIn: refuse('unauthenticated'), ...changes }).backend;
    const steps = async (count: number) => {
      for (let at = 0; at < count; at++) {
        await lookAt('portal-login', 'signed-out', { backend: backendWith() });
        await part('step');
        const links = document.querySelector('portal-login')?.shadowRoot?.querySelectorAll<HTMLElement>('[part~=step]');
        links?.[at]?.click();
        await until(() => document.querySelector('portal-login')?.shadowRoot?.querySelector('[part=about]'));
        look();
      }
    };
    await steps(2);
    await lookAt('portal-login', 'signed-out', { backend: backendWith() });
    (await part('submit')).click();
    await until(() => document.querySelector('portal-login')?.shadowRoot?.querySelector('#error:not([hidden])'));
    look();
    for (const method of ['email', 'reset'] as const) {
      const pending = { ...waiting(method), pending: { ...waiting(method).pending!, email: 'а•••@луч' } };
      await lookAt('portal-login', 'signed-out', { backend: backendWith({ session: async () => pending }) });
      await lookFor('another-code');
    }
    openLink('portal_code=22223333');
    await lookAt('portal-login', 'signed-out', { backend: backendWith() });
    await lookFor('code');
    openLink(`portal_invitation=${'A'.repeat(43)}`);
    await lookAt('portal-login', 'signed-out', { backend: backendWith() });
    const nobody = { ...portal, signIn: [] };
    await lookAt('portal-login', 'signed-out', { backend: backendWith({ portal: async () => nobody }) });
    const untilReload = { ...session(), untilReload: true };
    const backend = backendWith({ session: async () => untilReload, signOut: fails });
    await lookAt('portal-login', 'signed-in', { backend });
    (await part('person')).click();
    await lookFor('sign-out-all');
    await lookFor('notice');
    (await part('sign-out')).click();
    await lookFor('error');
  });

  it('in <customer-portal>', async () => {
    const element = await lookAt('customer-portal', 'list', { backend: fakeBackend(), routing: 'none' });
    await lookFor('new');
    element.show('t1');
    await inState(element, 'detail');
    await lookFor('thread');
    await lookFor('back');
    element.show('new');
    await inState(element, 'form');
    await lookFor('submit');
    await lookAt('customer-portal', 'failed', { backend: fakeBackend({ session: fails }) });
    const { origin } = globalThis;
    globalThis.origin = 'null';
    cleanups.push(() => {
      globalThis.origin = origin;
    });
    await lookAt('customer-portal', 'elsewhere', { backend: 'https://support.example.com/help' });
  });
});
