import { carry, pageLanguage, startPage, withoutServer } from './page.js';
import { type DemoPerson, demoPeople, hintOf, signInAs } from './people.js';

const list = document.querySelector('[data-people]');
const problem = document.querySelector<HTMLElement>('[data-problem]');

const words = {
  en: { failed: 'The server did not answer.', alone: 'Go on without one, in this browser alone' },
  pl: { failed: 'Serwer nie odpowiedział.', alone: 'Kontynuuj bez serwera, tylko w tej przeglądarce' },
};

/** Behind a plain file server there is nobody to sign in with; the memory backend needs nobody. */
function offerBrowserAlone(): void {
  const link = document.createElement('a');
  const address = new URL(location.href);
  address.searchParams.set('backend', 'demo');
  link.href = address.href;
  const { failed, alone } = words[pageLanguage()];
  link.textContent = alone;
  problem?.replaceChildren(failed, ' ', link);
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

/** Support and owners speak to the server itself: without one their doors stay shut, and say why. */
function shutDoors(): void {
  for (const link of document.querySelectorAll('a[data-needs-server]')) {
    link.removeAttribute('href');
    link.removeAttribute('data-carry');
    link.closest('.door')?.classList.add('coming');
  }
  for (const reason of document.querySelectorAll<HTMLElement>('em[data-needs-server]')) reason.hidden = false;
}

if (withoutServer()) shutDoors();
startPage(() => list?.replaceChildren(...demoPeople.map(makeButton)));
