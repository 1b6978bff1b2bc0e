import { find } from './dom.js';
import { pageLanguage } from './page.js';

const words = {
  en: {
    copied: 'Copied.',
    select: 'The browser does not let this page copy. It is selected: press Ctrl+C.',
    menu: 'The browser does not let this page copy. Its own menu for the link does.',
  },
  pl: {
    copied: 'Skopiowano.',
    select: 'Przeglądarka nie pozwala tej stronie kopiować. Zaznaczono: naciśnij Ctrl+C.',
    menu: 'Przeglądarka nie pozwala tej stronie kopiować. Pozwala na to jej menu odnośnika.',
  },
};

/** Copies what a button's `data-copy` names by its id: the address of a link, the text of anything else. */
async function copy(button: HTMLElement): Promise<void> {
  const source = find<HTMLElement>(`#${button.dataset['copy']}`);
  const said = find('[data-copied]', button.parentElement ?? document);
  const link = source instanceof HTMLAnchorElement ? source.href : null;
  try {
    await navigator.clipboard.writeText(link ?? source.innerText);
    said.textContent = words[pageLanguage()].copied;
  } catch {
    if (link === null) getSelection()?.selectAllChildren(source);
    said.textContent = words[pageLanguage()][link === null ? 'select' : 'menu'];
  }
}

/** Lets the page's copy buttons copy. What was said about the last copy goes as soon as another is made. */
export function startCopying(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    button.addEventListener('click', () => {
      for (const said of document.querySelectorAll('[data-copied]')) said.textContent = '';
      void copy(button);
    });
  }
}
