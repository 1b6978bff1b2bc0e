import { tellDemo, watch } from '../demo-server.js';
import { copyOf, find, make } from '../dom.js';
import { pageLanguage, withoutServer } from '../page.js';

/** The pages that asked for the portal without leave. */

interface Asker {
  readonly origin: string;
  readonly asked: number;
  readonly lastAt: string;
}

const words = {
  en: {
    failed: 'The server did not answer. The page goes on asking.',
    undecided: 'The server did not answer. Nothing has changed; try again.',
    alone: 'In this browser alone there is no server that another page could ask.',
    allow: (page: string) => `${page} is allowed now. Reload it.`,
    ignore: (page: string) => `${page} will not be mentioned again.`,
    last: (time: string) => `Last at ${time}`,
  },
  pl: {
    failed: 'Serwer nie odpowiedział. Strona pyta dalej.',
    undecided: 'Serwer nie odpowiedział. Nic się nie zmieniło; spróbuj ponownie.',
    alone: 'W samej przeglądarce nie ma serwera, którego mogłaby zapytać inna strona.',
    allow: (page: string) => `Strona ${page} ma teraz zgodę. Odśwież ją.`,
    ignore: (page: string) => `Strona ${page} nie będzie już wspominana.`,
    last: (time: string) => `Ostatnio o ${time}`,
  },
};

const times = {
  en: { one: 'asked once', other: 'asked # times' },
  pl: { one: 'zapytała raz', few: 'zapytała # razy', many: 'zapytała # razy', other: 'zapytała # razy' },
};

const empty = find<HTMLElement>('[data-empty]');
const askers = find('[data-askers]');
const problem = find('[data-problem]');
const done = find('[data-done]');

/** Repeats in the page's language whatever was said in the other one. */
let retell = (): void => {};
let shown: readonly Asker[] = [];

function howOften(asked: number): string {
  const forms: Readonly<Record<string, string>> = times[pageLanguage()];
  const form = forms[new Intl.PluralRules(pageLanguage()).select(asked)] ?? times.en.other;
  return form.replace('#', new Intl.NumberFormat(pageLanguage()).format(asked));
}

const timeOf = (at: string): string =>
  new Intl.DateTimeFormat(pageLanguage() === 'pl' ? 'pl' : 'en-GB', { timeStyle: 'medium' }).format(new Date(at));

function tell(item: Element, { origin, asked, lastAt }: Asker): void {
  const last = make('small', {}, words[pageLanguage()].last(timeOf(lastAt)));
  find('.asked', item).replaceChildren(make('b', {}, origin), ` ${howOften(asked)} `, last);
}

function renderAsker(asker: Asker): Element {
  const item = find('li', copyOf('asker'));
  const asked = find('.asked', item);
  asked.id = `asked-${asker.origin}`;
  for (const button of item.querySelectorAll<HTMLButtonElement>('[data-decide]')) {
    const decision = button.dataset['decide'] === 'allow' ? 'allow' : 'ignore';
    button.setAttribute('aria-describedby', asked.id);
    button.addEventListener('click', () => void decide(asker, decision));
  }
  return item;
}

/** Whoever reads or points at a line keeps it: lines are changed in place, and new ones come below. */
function show(items: readonly Asker[]): void {
  const lines = new Map(shown.map(({ origin }, at) => [origin, askers.children[at]]));
  const known = new Set(items.map(({ origin }) => origin));
  for (const [origin, line] of lines) if (!known.has(origin)) line?.remove();
  const kept = shown.flatMap(({ origin }) => items.filter((item) => item.origin === origin));
  shown = [...kept, ...items.filter(({ origin }) => !lines.has(origin))];
  for (const asker of shown) {
    const line = lines.get(asker.origin) ?? renderAsker(asker);
    tell(line, asker);
    if (!line.isConnected) askers.append(line);
  }
  empty.hidden = shown.length > 0;
}

async function decide(asker: Asker, decision: 'allow' | 'ignore'): Promise<void> {
  let said: 'undecided' | 'allow' | 'ignore' = decision;
  try {
    await tellDemo('origins', { origin: asker.origin, decision });
    show(shown.filter(({ origin }) => origin !== asker.origin));
  } catch {
    said = 'undecided';
  }
  retell = () => {
    const { undecided, ...decided } = words[pageLanguage()];
    problem.textContent = said === 'undecided' ? undecided : '';
    done.textContent = said === 'undecided' ? '' : decided[said](asker.origin);
  };
  retell();
  look();
}

/** Says again in the page's language what is there. */
export function retellAskers(): void {
  show(shown);
  retell();
}

let look = (): void => {};

/** Shows the pages that ask, and new ones as they come. */
export function watchAskers(): void {
  if (withoutServer()) {
    retell = () => {
      empty.textContent = words[pageLanguage()].alone;
    };
    return retell();
  }
  let failing = false;
  look = watch<{ items: readonly Asker[] }>('origins', (answer) => {
    if (answer) show(answer.items);
    if (answer && failing) problem.textContent = '';
    if (!answer) problem.textContent = words[pageLanguage()].failed;
    failing = !answer;
  });
}
