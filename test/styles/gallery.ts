import { waitUntil } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { BackendError, createMemoryBackend, type PortalBackend } from '../../src/index.js';
import { composed } from '../../src/testing/scenarios/composed.js';

/** Every element at once, in the states that have a look of their own: what is tested under one theme after the other. */
export interface Gallery {
  /** What all elements hang in. A class on it, or on the page, changes their surroundings. */
  readonly frame: HTMLElement;
  /** Everything in it, through shadow roots. */
  all(): Element[];
  /** The first part of an element. */
  part(tag: string, name: string): HTMLElement;
}

type Shown = HTMLElement & { readonly shadowRoot: ShadowRoot };

const patience = { timeout: 10_000 };

async function signedIn(email: string, changes: Partial<PortalBackend> = {}): Promise<PortalBackend> {
  const backend = createMemoryBackend();
  await backend.signIn({ method: 'password', email, password: 'portico-demo-2026' });
  return { ...backend, ...changes };
}

const find = (element: Shown, part: string) => element.shadowRoot.querySelector<HTMLElement>(`[part~=${part}]`);

/** What a browser paints when nobody says anything, said aloud so that it can be measured. */
const canvas = new CSSStyleSheet();
canvas.replaceSync(':root { background: Canvas; color: CanvasText }');

export async function hangGallery(): Promise<Gallery> {
  define();
  document.adoptedStyleSheets.unshift(canvas);
  const frame = document.createElement('main');
  document.body.append(frame);

  const hang = async (tag: string, state: string, properties: object): Promise<Shown> => {
    const element = Object.assign(document.createElement(tag), properties) as Shown;
    frame.append(element);
    await waitUntil(() => element.matches(`:state(${state})`), `${tag} is never ${state}`, patience);
    return element;
  };
  const press = async (element: Shown, button: string, part: string) => {
    find(element, button)?.click();
    await waitUntil(() => find(element, part)?.checkVisibility(), `${element.localName} shows no ${part}`, patience);
  };
  const fill = (element: Shown) => {
    for (const field of element.shadowRoot.querySelectorAll<HTMLInputElement>('[part~=input]')) {
      field.value = 'The hub is silent';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  };

  const alice = await signedIn('alice@acme.example');
  const bob = await signedIn('bob@acme.example');
  const asOf = new Date().toISOString();
  const refuse = () => Promise.reject(new BackendError('unavailable'));

  // One of each kind is enough: colours are measured of every element there is.
  const few = async (query: object) => {
    const { items } = await bob.listTickets({ ...query, limit: 100 });
    const kinds = new Map(items.toReversed().map((ticket) => [`${ticket.status.category} ${ticket.unread}`, ticket]));
    return { items: [...kinds.values()], nextCursor: null };
  };
  await hang('customer-portal', 'list', { backend: { ...bob, listTickets: few }, routing: 'none' });
  const login = await hang('portal-login', 'signed-out', { backend: createMemoryBackend() });
  fill(login);
  await press(login, 'submit', 'error');
  const person = await hang('portal-login', 'signed-in', { backend: bob });
  await press(person, 'person', 'sign-out-all');

  // An open ticket, which the list has then.
  const form = await hang('support-form', 'ready', { backend: alice });
  fill(form);
  await press(form, 'submit', 'success');

  await hang('ticket-list', 'loading', { backend: { ...alice, listTickets: () => new Promise(() => {}) } });
  await hang('ticket-list', 'ready', {
    backend: { ...alice, listTickets: async (query: object) => ({ ...(await alice.listTickets(query)), asOf }) },
  });
  await hang('ticket-list', 'no-match', {
    backend: { ...alice, listTickets: async () => ({ items: [], nextCursor: null }) },
    state: 'closed',
  });
  // Whose browser has kept no list.
  await hang('ticket-list', 'failed', { backend: await signedIn('alice@acme.example', { listTickets: refuse }) });

  const { items } = await bob.listTickets({ limit: 100 });
  const withFile = items.find(({ subject }) => subject.startsWith('Hub on the 3rd floor'));
  const properties = { articleUrl: 'https://help.example/hub', articleTitle: 'Hubs' };
  const getTicket = async (id: string) => ({ ...(await bob.getTicket(id)), properties });
  const detail = await hang('ticket-detail', 'ready', { backend: { ...bob, getTicket }, ticketId: withFile?.id });
  await press(detail, 'submit', 'error');

  await press(await hang('support-form', 'ready', { backend: alice, articleTitle: 'Hubs' }), 'submit', 'summary');

  return {
    frame,
    all: () => [...composed(frame)],
    part: (tag, name) => {
      const found = [...frame.querySelectorAll<Shown>(tag)].map((element) => find(element, name)).find(Boolean);
      if (!found) throw new Error(`No ${tag} shows ${name}`);
      return found;
    },
  };
}
