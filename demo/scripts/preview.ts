import { createMemoryBackend, createStore, demoWorld } from '../../src/backend/memory/memory-backend.js';
import type { MemoryBackend } from '../../src/index.js';
import { find, make } from './dom.js';
import { readSettings } from './embed/settings.js';
import { makeSnippet, type Markup, sheetOf } from './embed/snippet.js';
import { pageLanguage, startPage } from './page.js';
import { demoPassword, demoPeople } from './people.js';

/**
 * A page that has the snippet of the configurator, over the demo world in this page alone. It reads the settings in its own
 * address, and hears of new ones from the configurator around it. The session lives as long as the page: `backend="demo"`
 * would keep it in the tab, where it belongs to the demo's other pages.
 */

const words = {
  en: (address: string) => `On your page this link leads to ${address}, where <ticket-detail> stands.`,
  pl: (address: string) => `Na Twojej stronie ten odnośnik prowadzi do ${address}, gdzie stoi <ticket-detail>.`,
};

const place = find<HTMLElement>('[data-place]');
const note = find('[data-note]');
const rules = new CSSStyleSheet();
document.adoptedStyleSheets.push(rules);

const store = createStore({ world: demoWorld });
let backend: MemoryBackend | undefined;
let signedIn: boolean | undefined;

/** A backend anew, so that the elements begin anew; what was written stays in the store. */
async function signInOrOut(wanted: boolean): Promise<MemoryBackend> {
  if (backend && signedIn === wanted) return backend;
  const fresh = createMemoryBackend({ store });
  const [alice] = demoPeople;
  if (wanted && alice) await fresh.signIn({ method: 'password', email: alice.email, password: demoPassword });
  signedIn = wanted;
  backend = fresh;
  return fresh;
}

const build = ({ tag, attributes, content }: Markup): HTMLElement =>
  make(
    tag as keyof HTMLElementTagNameMap,
    attributes,
    ...content.map((part) => (typeof part === 'string' ? part : build(part))),
  );

let turn = 0;
let shown = '';

async function show(query: URLSearchParams): Promise<void> {
  // The configurator sends what the address says as well, as soon as the page is there.
  if (query.toString() === shown) return;
  shown = query.toString();
  const mine = ++turn;
  const own = await signInOrOut(query.get('signed-in') === 'yes');
  if (mine !== turn) return;
  const portal = new URL('/help', location.href).href;
  const snippet = makeSnippet(readSettings(query), { portal, language: pageLanguage(), integrity: null });
  for (const sheet of document.head.querySelectorAll('[data-theme]')) sheet.remove();
  if (snippet.sheet) {
    document.head.append(make('link', { rel: 'stylesheet', href: snippet.sheet, 'data-theme': '' }));
  }
  rules.replaceSync(sheetOf(snippet.rules).join('\n'));
  // Made here: a tag in the page would ask the server that its script came from, before it hears of another backend.
  place.replaceChildren(...snippet.markup.map((one) => Object.assign(build(one), { backend: own })));
  note.textContent = '';
}

/** What the snippet's own script does on a page with both; without the ticket there is nowhere to go from here. */
place.addEventListener('portal-ticket-select', (event) => {
  if (event.target !== place.querySelector(':scope > ticket-list')) return;
  event.preventDefault();
  const detail = place.querySelector(':scope > ticket-detail');
  if (detail) detail.setAttribute('ticket-id', event.ticketId);
  else note.textContent = words[pageLanguage()](`?ticket=${event.ticketId}`);
});

addEventListener('message', ({ data, origin, source }) => {
  if (origin !== location.origin || source !== parent || typeof data !== 'string') return;
  const query = new URLSearchParams(data);
  document.documentElement.lang = query.get('lang') === 'pl' ? 'pl' : 'en';
  void show(query);
});

startPage();
void show(new URL(location.href).searchParams);
