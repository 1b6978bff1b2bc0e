import { find, make } from '../dom.js';
import { breakages, isBreakage } from './breakage.js';
import { breakageLabel } from './control-table.js';
import type { Change } from './controls.js';
import { lineOf, routeNames } from './routes.js';
import type { QaState, StatusByRoute } from './state.js';
import { say } from './words.js';

/** The control that answers single routes by wish: a fold with a line for each. */
export function createRouteStatus(fold: HTMLElement, change: Change): { show(state: QaState): void } {
  let current: StatusByRoute = {};
  const lines = routeNames.map((name) => {
    const field = make('select', { name: `status-${name}` });
    field.addEventListener('change', () => {
      const { [name]: _, ...others } = current;
      change({ status: isBreakage(field.value) ? { ...others, [name]: field.value } : others });
    });
    return { name, field, label: make('label', {}, make('code', {}, lineOf(name)), field) };
  });
  find('[data-routes]', fold).append(...lines.map(({ label }) => label));

  return {
    show({ status }) {
      current = status;
      const asked = Object.keys(status).length;
      find('summary', fold).textContent = asked > 0 ? `${say('status')} (${asked})` : say('status');
      fold.toggleAttribute('data-changed', asked > 0);
      for (const { name, field } of lines) {
        field.replaceChildren(
          make('option', { value: '' }, say('status.none')),
          ...breakages.map((breakage) => make('option', { value: breakage }, breakageLabel(breakage))),
        );
        field.value = status[name] ?? '';
      }
    },
  };
}
