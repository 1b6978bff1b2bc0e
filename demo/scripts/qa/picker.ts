import { scenarios, scenarioTags } from '../../../src/testing/scenarios/index.js';
import { find, make } from '../dom.js';
import type { Change } from './controls.js';
import { formatState, type QaState } from './state.js';

/** All scenarios, a fold for each element: one click opens the fold, the next the scenario. */
export function createPicker(place: HTMLElement, change: Change): { show(state: QaState): void } {
  const folds = scenarioTags.map((tag) => {
    const links = scenarios
      .filter(({ element }) => element === tag)
      .map(({ id, title }) => {
        const name = make('code', {}, id.slice(tag.length + 1));
        const link = make('a', { href: '', 'data-id': id }, name, make('span', { lang: 'en-GB' }, title));
        link.addEventListener('click', (event) => {
          // A link all the same: who holds a key down opens it elsewhere.
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          change({ scenario: id });
        });
        return link;
      });
    const items = links.map((link) => make('li', {}, link));
    const summary = make('summary', {}, make('code', {}, `<${tag}>`), make('span', {}, String(links.length)));
    const fold = make('details', { name: 'element' }, summary, make('ul', {}, ...items));
    return { tag, fold, links };
  });
  const filter = find<HTMLInputElement>('input', place);
  find('[data-scenarios]', place).append(...folds.map(({ fold }) => fold));
  filter.addEventListener('input', () => sift(filter.value));

  /** While somebody looks for words, every fold with a match is open. */
  function sift(text: string): void {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { fold, links } of folds) {
      let matches = 0;
      for (const link of links) {
        const isMatch = words.every((word) => `${link.dataset['id']} ${link.textContent}`.toLowerCase().includes(word));
        if (link.parentElement) link.parentElement.hidden = !isMatch;
        if (isMatch) matches += 1;
      }
      fold.hidden = matches === 0;
      if (words.length > 0) fold.removeAttribute('name');
      else fold.setAttribute('name', 'element');
      if (words.length > 0) fold.open = matches > 0;
    }
  }

  let shown = '';
  return {
    show(state) {
      for (const { tag, fold, links } of folds) {
        const isCurrent = state.scenario.startsWith(`${tag}/`);
        if (isCurrent && shown !== state.scenario) fold.open = true;
        for (const link of links) {
          const id = link.dataset['id'] ?? '';
          link.href = formatState({ ...state, scenario: id }) || '?';
          if (id === state.scenario) link.setAttribute('aria-current', 'true');
          else link.removeAttribute('aria-current');
          if (id === state.scenario && shown === '') link.scrollIntoView({ block: 'nearest' });
        }
      }
      shown = state.scenario;
    },
  };
}
