import { waitUntil } from '@open-wc/testing';

import manifest from '../../custom-elements.json' with { type: 'json' };
import { define } from '../../src/define.js';
import { BackendError, createMemoryBackend, type Message, type PortalBackend } from '../../src/index.js';
import { openLink, signInBackend, waiting } from './sign-in.js';

const patience = { timeout: 10_000 };

interface Named {
  readonly name: string;
}

interface Documented {
  readonly tagName: string;
  readonly cssParts: readonly Named[];
  readonly cssStates: readonly Named[];
}

/** What the manifest says of each element. */
export const documented = manifest.modules.flatMap(({ declarations }) => declarations as unknown as Documented[]);
export const names = (list: readonly Named[]): string[] => list.map(({ name }) => name).sort();

/** Everything below a root, through shadow roots. */
export function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}

type Shown = HTMLElement & { readonly shadowRoot: ShadowRoot };

interface Tour {
  /** Called whenever there is something new to see. */
  look(): void;
  /** Puts an element on the page. */
  place(element: HTMLElement): void;
  /** Only what an element shows inside `<customer-portal>`, which itself leads elsewhere when it must. */
  readonly inside?: boolean;
}

let shown: HTMLElement | undefined;
let place: Tour['place'];
let look: Tour['look'];
let inside: Tour['inside'];

/** Shows an element until it is in a state. */
async function show(tag: string, state: string, properties: object): Promise<Shown> {
  shown?.remove();
  const element = Object.assign(document.createElement(tag), properties) as Shown;
  shown = element;
  place(element);
  await reach(element, state);
  return element;
}

async function reach(element: Element, state: string): Promise<void> {
  await waitUntil(() => element.matches(`:state(${state})`), `${element.localName} is never ${state}`, patience);
  look();
}

const click = (element: Shown, part: string) =>
  element.shadowRoot.querySelector<HTMLElement>(`[part~=${part}]`)?.click();

/** Until a part is there and not hidden. */
async function part(element: Shown, name: string): Promise<void> {
  const find = () => element.shadowRoot.querySelector<HTMLElement>(`[part~=${name}]`);
  await waitUntil(() => find()?.checkVisibility(), `${element.localName} never shows ${name}`, patience);
  look();
}

/** The demo's help desk with somebody signed in, and with some of its answers replaced. */
async function signedIn(email: string, changes: Partial<PortalBackend> = {}): Promise<PortalBackend> {
  const backend = createMemoryBackend();
  await backend.signIn({ method: 'password', email, password: 'portico-demo-2026' });
  return { ...backend, ...changes };
}

const never = () => new Promise<never>(() => {});
const refuse = () => Promise.reject(new BackendError('unavailable'));

/** The states that all elements share. */
async function commonTour(tag: string): Promise<void> {
  await show(tag, 'loading', { backend: { ...createMemoryBackend(), session: never } });
  await show(tag, 'failed', { backend: { ...createMemoryBackend(), session: refuse } });
  await show(tag, 'signed-out', { backend: createMemoryBackend() });
  if (inside) return;
  // What a page sees whose origin cannot keep a session.
  const { origin } = globalThis;
  globalThis.origin = 'null';
  await show(tag, 'elsewhere', { backend: 'https://support.example.com/help' });
  globalThis.origin = origin;
}

async function loginTour(): Promise<void> {
  let ended = false;
  const backend = await signedIn('alice@acme.example');
  const untilReload = true;
  const session = async () => (ended ? createMemoryBackend().session() : { ...(await backend.session()), untilReload });
  const login = await show('portal-login', 'signed-in', { backend: { ...backend, session } });
  await part(login, 'notice');
  click(login, 'person');
  await part(login, 'sign-out-all');
  ended = true;
  globalThis.dispatchEvent(new Event('focus'));
  await reach(login, 'signed-out');
  await part(login, 'notice');

  const every = signInBackend().backend;
  const asking = await show('portal-login', 'signed-out', { backend: every });
  await part(asking, 'step');
  click(asking, 'step');
  await part(asking, 'about');
  const coded = await show('portal-login', 'signed-out', {
    backend: signInBackend(undefined, { session: async () => waiting('email') }).backend,
  });
  await part(coded, 'another-code');
  const { href } = location;
  openLink('portal_code=K7QM3XN4');
  const carried = await show('portal-login', 'signed-out', { backend: signInBackend().backend });
  await part(carried, 'code');
  history.replaceState(null, '', href);
}

async function listTour(): Promise<void> {
  await show('ticket-list', 'ready', { backend: await signedIn('carol@globex.example') });
  await show('ticket-list', 'ready', { backend: await signedIn('alice@acme.example') });
  const asOf = new Date().toISOString();
  const listTickets = () => Promise.resolve({ items: [], nextCursor: null, asOf });
  const backend = await signedIn('alice@acme.example', { listTickets });
  await show('ticket-list', 'empty', { backend });
  await show('ticket-list', 'no-match', { backend, state: 'closed' });
}

async function detailTour(): Promise<void> {
  const backend = await signedIn('bob@acme.example');
  const { items } = await backend.listTickets({ limit: 100 });
  for (const { id } of items) await show('ticket-detail', 'ready', { backend, ticketId: id });
  await show('ticket-detail', 'not-found', { backend, ticketId: 'AAAAAAAAAAAAAAAAAAAAAA' });

  const own = await signedIn('alice@acme.example');
  const waits = (await own.listTickets({ limit: 100 })).items.find(({ turn }) => turn === 'contact');
  await show('ticket-detail', 'ready', { backend: own, ticketId: waits?.id });

  const [ticket] = items;
  const thread = await backend.listMessages(ticket?.id ?? '');
  const automatic = { ...(thread.items[0] as Message), author: { id: '', name: 'Portal', side: 'system' as const } };
  const properties = { articleUrl: 'https://help.example/hub', articleTitle: 'Hubs' };
  await show('ticket-detail', 'ready', {
    backend: {
      ...backend,
      getTicket: async (id: string) => ({ ...(await backend.getTicket(id)), properties }),
      listMessages: () => Promise.resolve({ ...thread, items: [automatic], asOf: automatic.createdAt }),
    },
    ticketId: ticket?.id,
  });
}

async function formTour(): Promise<void> {
  const portal = async () => ({ ...(await createMemoryBackend().portal()), features: [] });
  await show('support-form', 'unavailable', { backend: await signedIn('alice@acme.example', { portal }) });

  const backend = await signedIn('alice@acme.example');
  const form = await show('support-form', 'ready', { backend, articleTitle: 'Hubs' });
  click(form, 'submit');
  await part(form, 'summary');
  for (const field of form.shadowRoot.querySelectorAll<HTMLInputElement>('[part~=input]')) {
    field.value = 'The hub is silent';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  click(form, 'submit');
  await reach(form, 'sent');
}

async function portalTour(): Promise<void> {
  const backend = await signedIn('alice@acme.example');
  const portal = (await show('customer-portal', 'list', { backend, routing: 'none' })) as Shown & {
    show(place: string | null): void;
  };
  const inside = async (tag: string, state: string) => {
    await waitUntil(
      () => portal.shadowRoot.querySelector(tag)?.matches(`:state(${state})`),
      `no ${tag} is ${state}`,
      patience,
    );
    look();
    return portal.shadowRoot.querySelector(tag) as Shown;
  };
  await inside('ticket-list', 'ready');
  const { items } = await backend.listTickets();
  portal.show(items[0]?.id ?? null);
  await reach(portal, 'detail');
  portal.show('new');
  await reach(portal, 'form');
  const form = await inside('support-form', 'ready');
  for (const field of form.shadowRoot.querySelectorAll<HTMLInputElement>('[part~=input]')) {
    field.value = 'The hub is silent';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  click(form, 'submit');
  await inside('support-form', 'sent');
  await backend.signOut?.();
  globalThis.dispatchEvent(new Event('focus'));
  await part(portal, 'ended');
}

/** Every state of every element, one after the other. */
export async function walk(tour: Tour, tags = documented.map(({ tagName }) => tagName)): Promise<void> {
  ({ look, place, inside } = tour);
  const tours: Readonly<Record<string, () => Promise<void>>> = {
    'portal-login': loginTour,
    'ticket-list': listTour,
    'ticket-detail': detailTour,
    'support-form': formTour,
    'customer-portal': portalTour,
  };
  define();
  for (const tag of tags) {
    await customElements.whenDefined(tag);
    await commonTour(tag);
    await tours[tag]?.();
  }
  shown?.remove();
}
