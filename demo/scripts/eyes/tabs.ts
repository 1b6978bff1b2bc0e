import { find, make } from '../dom.js';
import { say } from './words.js';

/** Where there is no room for four, one is shown at a time: tabs by pointer, arrow keys and screen reader. */
const narrow = matchMedia('(max-width: 71.99rem)');

export interface Tabs {
  /** Marks the tab of a pane that is out of sight: something happened there. */
  mark(key: string): void;
}

export function startTabs(list: HTMLElement): Tabs {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const paneOf = (tab: HTMLElement): HTMLElement => find<HTMLElement>(`#${tab.getAttribute('aria-controls')}`);
  let chosen = tabs[0];

  function show(): void {
    list.hidden = !narrow.matches;
    for (const tab of tabs) {
      const pane = paneOf(tab);
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      if (isChosen) tab.querySelector('[data-news]')?.remove();
      pane.hidden = narrow.matches && !isChosen;
      // Side by side they are parts of the page, each with its heading.
      pane.setAttribute('role', narrow.matches ? 'tabpanel' : 'region');
      pane.setAttribute('aria-labelledby', narrow.matches ? tab.id : `${pane.id}-name`);
    }
  }

  function choose(tab: HTMLElement | undefined): void {
    if (!tab) return;
    chosen = tab;
    show();
    tab.focus();
  }

  list.addEventListener('click', ({ target }) => choose(tabs.find((tab) => tab.contains(target as Node))));
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(chosen as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(tabs[(to + tabs.length) % tabs.length]);
  });
  narrow.addEventListener('change', show);
  show();
  return {
    mark(key) {
      const tab = tabs.find((one) => one.dataset['tab'] === key);
      if (!tab || tab === chosen || !narrow.matches || tab.querySelector('[data-news]')) return;
      tab.append(make('span', { 'data-news': '' }, make('span', { class: 'hidden-label' }, `, ${say('news')}`)));
    },
  };
}
