import { find } from '../dom.js';
import { pageLanguage } from '../page.js';
import { startForm } from './form.js';
import { toHtml } from './html.js';
import { loaderHash } from './integrity.js';
import { toReact } from './react.js';
import { readSettings, writeSettings } from './settings.js';
import { makeSnippet } from './snippet.js';
import { toVue } from './vue.js';

/**
 * Form, preview and snippets. The settings lie in the page's address: a link to it, a reload and the way back from another
 * page restore them.
 */

const words = {
  en: { preview: 'Preview', noHash: 'The loader did not answer, so there is no hash of it.' },
  pl: { preview: 'Podgląd', noHash: 'Skrypt ładujący nie odpowiedział, więc nie ma jego skrótu.' },
};

const outputs = { html: toHtml, react: toReact, vue: toVue };

const frame = find<HTMLIFrameElement>('[data-preview]');
const alone = find<HTMLAnchorElement>('[data-preview-alone]');
const signedIn = find<HTMLInputElement>('[data-signed-in]');
const problem = find('[data-no-hash]');

const portal = new URL('/help', location.href).href;
const form = startForm(() => void change());
let turn = 0;

/** What the preview has to show: the settings, the page's language, and who is signed in. */
function previewQuery(): URLSearchParams {
  const query = new URLSearchParams({ lang: pageLanguage() });
  writeSettings(form.read(), query);
  if (signedIn.checked) query.set('signed-in', 'yes');
  return query;
}

/** Shows everything for what the form says. */
async function update(): Promise<void> {
  const mine = ++turn;
  const query = previewQuery();
  alone.href = `preview.html?${query}`;
  if (frame.hasAttribute('src')) frame.contentWindow?.postMessage(query.toString(), location.origin);
  else frame.src = alone.href;

  const settings = form.read();
  const hash = settings.switches.integrity ? await loaderHash(portal).catch(() => null) : null;
  if (mine !== turn) return;
  problem.textContent = settings.switches.integrity && !hash ? words[pageLanguage()].noHash : '';
  const snippet = makeSnippet(settings, { portal, language: pageLanguage(), integrity: hash });
  for (const [name, print] of Object.entries(outputs)) find(`#snippet-${name}`).textContent = print(snippet);
}

function change(): Promise<void> {
  const address = new URL(location.href);
  writeSettings(form.read(), address.searchParams);
  if (signedIn.checked) address.searchParams.set('signed-in', 'yes');
  else address.searchParams.delete('signed-in');
  history.replaceState(history.state, '', address);
  return update();
}

/** Begins with what the address says. */
export function startConfigurator(): void {
  const query = new URL(location.href).searchParams;
  form.show(readSettings(query));
  signedIn.checked = query.get('signed-in') === 'yes';
  signedIn.addEventListener('change', () => void change());
  // What was sent while the frame was still loading is lost: its address is that of before.
  frame.addEventListener('load', () => void update());
}

/** Says everything in the page's language. */
export function retellConfigurator(): void {
  form.speak(pageLanguage());
  frame.title = words[pageLanguage()].preview;
  void update();
}
