import { find } from '../dom.js';
import { pageLanguage } from '../page.js';

const words = {
  en: { copied: 'Copied.', select: 'The browser does not let this page copy. It is selected: press Ctrl+C.' },
  pl: { copied: 'Skopiowano.', select: 'Przeglądarka nie pozwala tej stronie kopiować. Zaznaczono: naciśnij Ctrl+C.' },
};

/** What a button with `data-copy` copies: the text of what it names, or what its `data-text` says. */
async function copy(button: HTMLElement): Promise<void> {
  const source = find<HTMLElement>(`#${button.dataset['copy']}`);
  const said = find('[data-copied]', button.parentElement ?? document);
  try {
    await navigator.clipboard.writeText(source instanceof HTMLAnchorElement ? source.href : source.innerText);
    said.textContent = words[pageLanguage()].copied;
  } catch {
    getSelection()?.selectAllChildren(source);
    said.textContent = words[pageLanguage()].select;
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
