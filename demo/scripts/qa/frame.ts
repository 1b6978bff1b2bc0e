import { find } from '../dom.js';
import type { Change } from './controls.js';
import { say } from './words.js';
import { formatState, narrowest, type QaState, widest } from './state.js';

/** The frame with the stage in it: opened anew for another scenario, wide as the state says, by a handle as well. */
export interface Frame {
  open(state: QaState): void;
  fit(state: QaState): void;
}

/** The stage's own address, for a phone or a window of its own. */
export const stageAddress = (state: QaState): string =>
  new URL(`qa-stage.html${formatState({ ...state, panel: 'events' })}`, document.baseURI).href;

/** Pixels that an arrow key moves the handle. */
const step = 20;

export function createFrame(place: HTMLElement, change: Change): Frame {
  const frame = find<HTMLIFrameElement>('iframe', place);
  const handle = find<HTMLElement>('[role=separator]', place);
  const clamp = (width: number) => Math.round(Math.min(widest, Math.max(narrowest, width)));
  const resize = (width: number) => change({ width: clamp(width) });

  handle.addEventListener('pointerdown', (event) => {
    const [from, start] = [frame.offsetWidth, event.clientX];
    const away = document.documentElement.dir === 'rtl' ? -1 : 1;
    handle.setPointerCapture(event.pointerId);
    // The pointer soon is over the frame, which would keep what it hears.
    place.classList.add('dragging');
    const move = ({ clientX }: PointerEvent) => resize(from + (clientX - start) * away);
    handle.addEventListener('pointermove', move);
    handle.addEventListener(
      'lostpointercapture',
      () => {
        place.classList.remove('dragging');
        handle.removeEventListener('pointermove', move);
      },
      { once: true },
    );
  });
  handle.addEventListener('keydown', (event) => {
    const to = {
      ArrowRight: frame.offsetWidth + step,
      ArrowLeft: frame.offsetWidth - step,
      Home: narrowest,
      End: widest,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    resize(to);
  });

  return {
    open(state) {
      // Replaced, or each scenario would be a step back for the browser's button.
      frame.contentWindow?.location.replace(stageAddress(state));
    },
    fit({ width }) {
      frame.style.setProperty('inline-size', width === 0 ? '' : `${width}px`);
      handle.setAttribute('aria-label', say('width'));
      handle.setAttribute('aria-valuenow', String(frame.offsetWidth));
    },
  };
}
