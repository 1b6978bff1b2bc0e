import type { Change } from './controls.js';
import type { QaState } from './state.js';

/** The panels below the stage, one at a time: by pointer, arrow keys and screen reader. */
export function createTabs(list: HTMLElement, change: Change): { show(state: QaState): void } {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const panelOf = (tab: HTMLElement) => document.getElementById(tab.getAttribute('aria-controls') ?? '');
  const nameOf = (tab: HTMLElement) => tab.dataset['tab'] as QaState['panel'];

  list.addEventListener('click', ({ target }) => {
    const tab = tabs.find((one) => one.contains(target as Node));
    if (tab) change({ panel: nameOf(tab) });
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.findIndex((tab) => tab.tabIndex === 0);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    change({ panel: nameOf(tab) });
    tab.focus();
  });

  return {
    show({ panel }) {
      for (const tab of tabs) {
        const isChosen = nameOf(tab) === panel;
        tab.setAttribute('aria-selected', String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        const shown = panelOf(tab);
        if (shown) shown.hidden = !isChosen;
      }
    },
  };
}
