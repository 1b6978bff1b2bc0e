import type { StageHost } from './contract.js';
import type { Highlight } from './highlight.js';
import { partOfPath, partsOf } from './parts.js';

/** While it is on, pointing at the element names its parts, and a click picks one and does nothing else. */
export interface Inspector {
  turn(on: boolean): void;
}

export function createInspector(host: Pick<StageHost, 'pointed' | 'picked'>, highlight: Highlight): Inspector {
  let isOn = false;

  document.addEventListener('pointerover', (event) => {
    if (!isOn) return;
    const element = partOfPath(event.composedPath());
    highlight.over(element ?? null);
    host.pointed((element && partsOf(element)[0]) ?? null);
  });
  document.documentElement.addEventListener('pointerleave', () => {
    if (!isOn) return;
    highlight.over(null);
    host.pointed(null);
  });

  for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'] as const) {
    addEventListener(type, stop, { capture: true });
  }

  function stop(event: Event): void {
    if (!isOn) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const element = partOfPath(event.composedPath());
    const [part] = element ? partsOf(element) : [];
    if (event.type === 'click' && part) host.picked(part);
  }

  return {
    turn(on) {
      isOn = on;
      document.documentElement.classList.toggle('inspected', on);
      if (!on) highlight.over(null);
    },
  };
}
