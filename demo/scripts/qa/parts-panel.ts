import { find, make } from '../dom.js';
import type { Stage } from './contract.js';
import { cssOf, type PartName } from './parts.js';
import { say } from './words.js';

/** The parts on the stage, each with the CSS that reaches it: pointed at there or here, copied by a click. */
export interface PartsPanel {
  /** Reads anew what is on the stage. */
  refresh(): void;
  point(part: PartName | null): void;
}

export function createPartsPanel(
  panel: HTMLElement,
  stageNow: () => Stage | null,
  copy: (part: PartName) => void,
): PartsPanel {
  const list = find('ul', panel);
  const css = find('pre code', panel);
  const button = find<HTMLButtonElement>('[data-copy-css]', panel);
  let current: PartName | null = null;

  function point(part: PartName | null): void {
    if (part) current = part;
    button.disabled = current === null;
    button.textContent = say('copyCss');
    css.textContent = current ? cssOf(current) : '';
    for (const one of list.querySelectorAll('button')) {
      one.toggleAttribute('data-pointed', part !== null && one.dataset['part'] === part.here);
    }
  }

  button.addEventListener('click', () => current && copy(current));

  return {
    point,
    refresh() {
      current = null;
      list.replaceChildren(
        ...(stageNow()?.parts() ?? []).map((part) => {
          const one = make('button', { type: 'button', 'data-part': part.here }, make('code', {}, part.here));
          const show = (shown: boolean) => {
            stageNow()?.highlight(shown ? part : null);
            if (shown) point(part);
          };
          for (const type of ['pointerenter', 'focus']) one.addEventListener(type, () => show(true));
          for (const type of ['pointerleave', 'blur']) one.addEventListener(type, () => show(false));
          one.addEventListener('click', () => copy(part));
          return make('li', {}, one);
        }),
      );
      point(null);
    },
  };
}
