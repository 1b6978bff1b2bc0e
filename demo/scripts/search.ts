import { carry, pageLanguage } from './page.js';

/** Finds articles of the page's language by the words in them, while somebody types. */
export function startSearch(articles: readonly HTMLElement[]): void {
  const form = document.querySelector<HTMLFormElement>('[data-search]');
  const input = form?.querySelector('input');
  const results = form?.querySelector<HTMLElement>('[data-results]');
  const list = results?.querySelector('ul');
  const none = results?.querySelector<HTMLElement>('p');
  if (!form || !input || !results || !list || !none) return;

  const find = (words: string): HTMLElement[] =>
    articles.filter(
      ({ lang, textContent }) => lang === pageLanguage() && textContent?.toLocaleLowerCase(lang).includes(words),
    );

  const makeLink = (article: HTMLElement): HTMLLIElement => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = carry(`kb.html?article=${article.dataset['article']}`);
    link.textContent = article.querySelector('h1')?.textContent ?? '';
    item.append(link);
    return item;
  };

  const search = (): void => {
    const words = input.value.trim().toLocaleLowerCase(pageLanguage());
    const found = words ? find(words) : [];
    results.hidden = !words;
    none.hidden = found.length > 0;
    list.replaceChildren(...found.map(makeLink));
  };

  input.addEventListener('input', search);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    input.value = '';
    search();
    input.focus();
  });
  results.addEventListener('click', () => {
    results.hidden = true;
  });
}
