/** What every demo page does with its address: speak its language, carry language and backend on to the next page. */

export type PageLanguage = 'en' | 'pl';

const carried = ['lang', 'backend'];

/** True when the page runs without a server, on the memory backend. */
export const withoutServer = (): boolean => new URL(location.href).searchParams.get('backend') === 'demo';

export const pageLanguage = (): PageLanguage => (document.documentElement.lang === 'pl' ? 'pl' : 'en');

/** `href` with what this page's address says about language and backend. */
export const carry = (href: string): string => {
  const target = new URL(href, location.href);
  const here = new URL(location.href).searchParams;
  for (const key of carried) {
    const value = here.get(key);
    if (value) target.searchParams.set(key, value);
  }
  return target.href;
};

const carryOnLinks = (): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-carry]')) link.href = carry(link.href);
};

const setTitle = (language: PageLanguage): void => {
  const title = document.querySelector('title')?.dataset[language];
  if (title) document.title = title;
};

/** Reads the language from the address, follows its switch, and tells `onLanguage` at the start and on each change. */
export const startPage = (onLanguage: (language: PageLanguage) => void = setTitle): void => {
  const switches = [...document.querySelectorAll<HTMLAnchorElement>('a[data-language]')];

  const speak = (language: PageLanguage): void => {
    document.documentElement.lang = language;
    document.documentElement.dataset['languageKnown'] = '';
    for (const link of switches) link.hidden = link.lang === language;
    carryOnLinks();
    onLanguage(language);
  };

  for (const link of switches) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const address = new URL(location.href);
      address.searchParams.set('lang', link.lang);
      history.replaceState(history.state, '', address);
      speak(link.lang === 'pl' ? 'pl' : 'en');
    });
  }
  speak(new URL(location.href).searchParams.get('lang') === 'pl' ? 'pl' : 'en');
};
