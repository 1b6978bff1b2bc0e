import { pageLanguage, startPage, withoutServer } from './page.js';
import { type DemoPerson, demoPassword, demoPeople, hintOf, signInAs } from './people.js';
import { startSearch } from './search.js';

/**
 * The help pages of Tarnfield. The portal itself needs nothing of this: it is the paste in the page. What is here shows
 * one of three articles, opens the form with the article attached, and lets a visitor of the demo sign in by one click.
 */

const words = {
  en: { password: 'everybody’s password', thanks: 'Thank you, good to know.', failed: 'The portal did not answer.' },
  pl: { password: 'hasło wszystkich osób', thanks: 'Dziękujemy, dobrze wiedzieć.', failed: 'Portal nie odpowiedział.' },
};

const portal = document.querySelector('customer-portal');
const support = document.querySelector('#support');
const hint = document.querySelector('[data-hint]');
const thanks = document.querySelector('[data-thanks]');
const people = document.querySelector('[data-people]');
const no = document.querySelector<HTMLAnchorElement>('[data-no]');

const parameters = (): URLSearchParams => new URL(location.href).searchParams;

const articles = [...document.querySelectorAll<HTMLElement>('article[data-article]')];
const first = articles[0]?.dataset['article'];
const asked = parameters().get('article');
const current = articles.some((article) => article.dataset['article'] === asked) ? asked : first;

function showArticle(): void {
  for (const article of articles) article.hidden = article.dataset['article'] !== current;
  document.querySelector(`.shelf a[data-article="${current}"]`)?.setAttribute('aria-current', 'page');
}

const articleTitle = (): string =>
  document.querySelector(`article[data-article="${current}"]:lang(${pageLanguage()}) h1`)?.textContent ?? '';

const articleAddress = (): string => {
  const address = new URL(location.pathname, location.href);
  address.searchParams.set('article', current ?? '');
  address.searchParams.set('lang', pageLanguage());
  return address.href;
};

/** `about` in the address says that the form is about this article; so it is after a reload and on the way back, too. */
function attachArticle(): void {
  const about = parameters().has('about') && parameters().get('ticket') === 'new';
  const attached = portal?.querySelector('support-form');
  if (!about) return attached?.remove();
  const form = attached ?? document.createElement('support-form');
  form.slot = 'form';
  form.setAttribute('article-url', articleAddress());
  form.setAttribute('article-title', articleTitle());
  if (!attached) portal?.append(form);
}

/** Everywhere else in the portal a ticket is about whatever the customer likes. */
function leaveArticle(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('about')) return;
  address.searchParams.delete('about');
  history.replaceState(history.state, '', address);
  attachArticle();
}

function openForm(event: MouseEvent): void {
  if (!portal || !('show' in portal)) return;
  event.preventDefault();
  const address = new URL(location.href);
  address.searchParams.set('about', 'article');
  history.replaceState(history.state, '', address);
  portal.show('new');
  attachArticle();
  support?.scrollIntoView();
}

async function enter(person: DemoPerson, button: HTMLButtonElement): Promise<void> {
  button.setAttribute('aria-busy', 'true');
  try {
    await signInAs(person);
    const address = new URL(location.href);
    // A ticket of somebody else is none of this person's business.
    address.searchParams.delete('ticket');
    address.searchParams.delete('about');
    address.hash = 'support';
    history.replaceState(null, '', address);
    location.reload();
  } catch {
    button.removeAttribute('aria-busy');
    if (hint) hint.textContent = words[pageLanguage()].failed;
  }
}

function showPassword(): void {
  if (hint) hint.textContent = `${words[pageLanguage()].password}: ${demoPassword}`;
}

function makeButton(person: DemoPerson): HTMLLIElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  const tell = (): void => {
    if (hint) hint.textContent = `${person.email} · ${hintOf(person)}`;
  };
  button.type = 'button';
  button.textContent = person.name.split(' ')[0] ?? person.name;
  button.title = hintOf(person);
  button.addEventListener('click', () => void enter(person, button));
  button.addEventListener('focus', tell);
  button.addEventListener('pointerenter', tell);
  button.addEventListener('blur', showPassword);
  button.addEventListener('pointerleave', showPassword);
  item.append(button);
  return item;
}

if (withoutServer()) portal?.setAttribute('backend', 'demo');
showArticle();
startPage((language) => {
  document.title = `${articleTitle()} · Tarnfield ${language === 'pl' ? 'Pomoc' : 'Help'}`;
  people?.replaceChildren(...demoPeople.map(makeButton));
  showPassword();
  attachArticle();
});
startSearch(articles);

if (no) no.href = `${location.search ? `${location.search}&` : '?'}ticket=new&about=article`;
no?.addEventListener('click', openForm);
document.querySelector('[data-yes]')?.addEventListener('click', () => {
  if (thanks) thanks.textContent = words[pageLanguage()].thanks;
});
addEventListener('popstate', attachArticle);
portal?.addEventListener('portal-navigate', leaveArticle);
// A shared link to a ticket leads to the ticket, below the article.
if (parameters().has('ticket')) support?.scrollIntoView();
