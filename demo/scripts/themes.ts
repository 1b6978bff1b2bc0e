import { createMemoryBackend } from '../../src/backend/memory/memory-backend.js';
import type { PortalBackend } from '../../src/index.js';
import { startCopying } from './copy.js';
import { find } from './dom.js';
import { pageLanguage, startPage } from './page.js';
import { demoPassword } from './people.js';
import { contrastOf } from './themes/contrast.js';

/**
 * Every element under every theme. A theme is fetched as it lies on the server and worn as it is, so that what is seen is
 * what is copied; the one of the visitor's own is written from eight inputs. The address holds every choice.
 */

const words = {
  en: {
    failed: 'The theme could not be loaded.',
    faint: 'too faint',
    nothing: '/* No theme: nothing to set. */',
  },
  pl: {
    failed: 'Nie udało się wczytać motywu.',
    faint: 'za słabo',
    nothing: '/* Bez motywu: nie ma czego ustawiać. */',
  },
};

const controls = find<HTMLFormElement>('[data-controls]');
const stage = find('[data-stage]');
const own = find<HTMLFieldSetElement>('[data-own]');
const css = find('[data-css]');
const problem = find('[data-problem]');
const copied = find('[data-copied]');

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

const chosen = (name: string): string => String(new FormData(controls).get(name) ?? '');

const addressOf = (theme: string): string => `/help/themes/${theme}.css`;

/** The visitor's own tokens, by their names without `--portal-`. */
const ownTokens = (): [name: string, value: string][] =>
  [...own.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')].map(({ name, value, dataset }) => [
    name,
    value + (dataset['unit'] ?? ''),
  ]);

async function textOf(theme: string): Promise<string> {
  if (theme === 'none') return '';
  if (theme === 'own')
    return `:root {\n${ownTokens()
      .map(([name, value]) => `  --portal-${name}: ${value};\n`)
      .join('')}}\n`;
  const answer = await fetch(addressOf(theme));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

/** How well the visitor's own colours can be read: 4.5 is the least. */
function rateOwn(): void {
  const tokens = Object.fromEntries(ownTokens());
  for (const output of own.querySelectorAll<HTMLOutputElement>('[data-ratio]')) {
    const name = output.dataset['ratio'] ?? '';
    const ground = name === 'color-on-accent' ? 'color-accent' : 'color-surface';
    const ratio = contrastOf(tokens[name] ?? '', tokens[ground] ?? '');
    const isFaint = ratio < 4.5;
    output.value = `${ratio.toFixed(1)} : 1${isFaint ? `, ${words[pageLanguage()].faint}` : ''}`;
    output.classList.toggle('faint', isFaint);
  }
}

async function wear(): Promise<void> {
  const theme = chosen('theme');
  stage.className = `stage ${chosen('scheme')} ${chosen('width')}`;
  own.hidden = theme !== 'own';
  copied.textContent = '';
  rateOwn();
  const isOnServer = theme !== 'none' && theme !== 'own';
  for (const line of document.querySelectorAll<HTMLElement>('[data-from]')) line.hidden = !isOnServer;
  for (const address of document.querySelectorAll('[data-address]')) address.textContent = addressOf(theme);
  try {
    const text = await textOf(theme);
    // Another one was chosen in the meantime.
    if (theme !== chosen('theme')) return;
    sheet.replaceSync(text);
    css.textContent = text || words[pageLanguage()].nothing;
    problem.textContent = '';
  } catch {
    problem.textContent = words[pageLanguage()].failed;
  }
}

function remember(): void {
  const address = new URL(location.href);
  const names = new Set(new FormData(controls).keys());
  for (const name of names) {
    const isOwn = own.querySelector(`[name="${name}"]`) !== null;
    if (isOwn && chosen('theme') !== 'own') address.searchParams.delete(name);
    else address.searchParams.set(name, chosen(name));
  }
  history.replaceState(history.state, '', address);
}

function recall(): void {
  for (const [name, value] of new URL(location.href).searchParams) {
    const control = controls.elements.namedItem(name);
    if (control instanceof RadioNodeList || control instanceof HTMLInputElement || control instanceof HTMLSelectElement)
      control.value = value;
  }
}

async function signedIn(person: string): Promise<PortalBackend> {
  const backend = createMemoryBackend();
  const company = person === 'nobody' ? '' : 'acme.example';
  if (company) await backend.signIn({ method: 'password', email: `${person}@${company}`, password: demoPassword });
  return backend;
}

/**
 * Each element has a help desk of its own in this page: what is tried in one leaves the others as they are. They come
 * from a template, for a tag in the page would ask the server that its script came from before it hears of a backend.
 */
async function fillStage(): Promise<void> {
  const elements = document.importNode(find<HTMLTemplateElement>('[data-elements]').content, true);
  for (const element of elements.querySelectorAll<HTMLElement>('[data-person]')) {
    const backend = await signedIn(element.dataset['person'] ?? '');
    if (element.localName === 'ticket-detail') {
      const { items } = await backend.listTickets({ q: 'hub' });
      const ticketId = (items.find(({ subject }) => subject.startsWith('Hub')) ?? items[0])?.id ?? '';
      Object.assign(element, { ticketId });
    }
    Object.assign(element, { backend });
  }
  stage.append(elements);
}

recall();
startPage((language) => {
  document.title = find<HTMLElement>('title').dataset[language] ?? document.title;
  void wear();
});
controls.addEventListener('input', () => {
  remember();
  void wear();
});
// The list stands alone here; its tickets have no page to open.
stage.addEventListener('portal-ticket-select', (event) => {
  if ((event.target as Element).localName === 'ticket-list') event.preventDefault();
});
startCopying();
void fillStage();
