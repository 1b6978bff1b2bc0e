import { find } from '../dom.js';
import { pageLanguage } from '../page.js';
import { putPortal } from './put-portal.js';

/** The portal on a page that somebody has already: a bookmark that puts it there, and a line for the console. */

const words = {
  en: {
    refused: (origin: string) => `This page lets in no script from ${origin}, so the portal cannot be shown here.`,
    here: 'Not on this page: drag the link to your bookmarks, open a page of yours, and click it there.',
  },
  pl: {
    refused: (origin: string) =>
      `Ta strona nie wpuszcza skryptów z adresu ${origin}, więc nie można tu pokazać portalu.`,
    here: 'Nie na tej stronie: przeciągnij odnośnik do zakładek, otwórz swoją stronę i kliknij go tam.',
  },
};

const bookmarklet = find<HTMLAnchorElement>('#bookmarklet');
const said = find('[data-bookmarklet-said]');

/** Writes both in the page's language. */
export function retellTryOn(): void {
  const loader = new URL('/help/embed.js', location.href).href;
  const given = [loader, words[pageLanguage()].refused(location.origin)].map((text) => JSON.stringify(text));
  const line = `(${putPortal})(${given.join()})`;
  find('#console-line').textContent = line;
  bookmarklet.href = `javascript:${encodeURIComponent(line)}`;
  said.textContent = '';
}

/** A click on the bookmark here says where it works; our policy would not let it run anyway. */
export function startTryOn(): void {
  bookmarklet.addEventListener('click', (event) => {
    event.preventDefault();
    said.textContent = words[pageLanguage()].here;
  });
}
