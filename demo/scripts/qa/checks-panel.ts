import { type ScenarioTag, scenarioOf } from '../../../src/testing/scenarios/index.js';
import { find, make } from '../dom.js';
import { pageLanguage } from '../page.js';
import { checksOf } from './check-list.js';
import { type CheckResult, exportResults, keepResults, readResults, withResult } from './check-results.js';
import type { QaState } from './state.js';
import { say } from './words.js';

/** What to look at by hand, for the element on the stage. */
export function createChecksPanel(
  panel: HTMLElement,
  copy: (markdown: string) => void,
): { show(state: QaState): void } {
  const list = find('ol', panel);
  const count = find('[role=status]', panel);
  let results = readResults(localStorage);
  let element: ScenarioTag = 'ticket-list';

  function answer(id: string, result: CheckResult): HTMLButtonElement {
    const isPressed = results[element]?.[id] === result;
    const attributes = { type: 'button', 'aria-pressed': String(isPressed), 'data-result': result };
    const button = make('button', { ...attributes, 'aria-describedby': `check-${id}` }, say(result));
    button.addEventListener('click', () => {
      results = withResult(results, element, id, result);
      keepResults(localStorage, results);
      render();
      list.querySelector<HTMLElement>(`#check-${id} ~ [data-result=${result}]`)?.focus();
    });
    return button;
  }

  function render(): void {
    const all = checksOf(element);
    const found = all.map(({ id }) => results[element]?.[id]).filter(Boolean);
    count.textContent = say('checked')
      .replace('{{n}}', String(found.length))
      .replace('{{all}}', String(all.length))
      .replace('{{bad}}', String(found.filter((result) => result === 'fails').length));
    list.replaceChildren(
      ...all.map((check) => {
        const text = make('span', { id: `check-${check.id}` }, check[pageLanguage()]);
        return make('li', {}, text, answer(check.id, 'works'), answer(check.id, 'fails'));
      }),
    );
  }

  find('[data-export]', panel).addEventListener('click', () =>
    copy(exportResults(results, element, pageLanguage(), navigator.userAgent)),
  );
  return {
    show(state) {
      element = scenarioOf(state.scenario).element;
      render();
    },
  };
}
