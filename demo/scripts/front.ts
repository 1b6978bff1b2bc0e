import { carry, pageLanguage, startPage } from './page.js';
import { type DemoPerson, demoPeople, hintOf, signInAs } from './people.js';

const list = document.querySelector('[data-people]');
const problem = document.querySelector<HTMLElement>('[data-problem]');

const words = {
  en: { alone: 'No server answers here. Go on without one, in this browser alone' },
  pl: { alone: 'Żaden serwer tu nie odpowiada. Kontynuuj bez niego, tylko w tej przeglądarce' },
};

/** This page as a file server shows it: the way on without a server, as a link. */
function offerBrowserAlone(): void {
  const link = document.createElement('a');
  const address = new URL(location.href);
  address.searchParams.set('backend', 'demo');
  link.href = address.href;
  link.textContent = words[pageLanguage()].alone;
  problem?.replaceChildren(link);
  if (problem) problem.hidden = false;
}

async function enter(person: DemoPerson, button: HTMLButtonElement): Promise<void> {
  button.setAttribute('aria-busy', 'true');
  try {
    await signInAs(person);
    location.assign(`${carry('kb.html')}#support`);
  } catch {
    offerBrowserAlone();
  } finally {
    button.removeAttribute('aria-busy');
  }
}

function makeButton(person: DemoPerson): HTMLLIElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  const name = document.createElement('strong');
  const hint = document.createElement('span');
  button.type = 'button';
  name.textContent = person.name;
  hint.textContent = hintOf(person);
  button.append(name, hint);
  button.addEventListener('click', () => void enter(person, button));
  item.append(button);
  return item;
}

startPage(() => list?.replaceChildren(...demoPeople.map(makeButton)));
