import { find } from '../dom.js';
import { stageAddress } from './frame.js';
import { qrCode } from './qr.js';
import { snippetOf } from './snippet.js';
import type { QaState } from './state.js';
import { say } from './words.js';

const loopback = /^(localhost|127\.|\[::1\]|.*\.localhost$)/;

/** The stage for a phone, and the lines for a page of one's own. */
export function createSharePanel(panel: HTMLElement): { show(state: QaState): void } {
  const place = find('[data-qr]', panel);
  const link = find<HTMLAnchorElement>('a[data-stage]', panel);
  const note = find('[data-note]', panel);
  const snippet = find('pre code', panel);
  let drawn = '';

  return {
    show(state) {
      if (state.panel !== 'share') return;
      const address = stageAddress(state);
      link.href = address;
      link.textContent = address;
      note.textContent = loopback.test(location.hostname) ? say('loopback') : '';
      snippet.textContent = snippetOf(state, document.baseURI);
      if (drawn === address) return;
      drawn = address;
      place.replaceChildren(qrCode(address));
    },
  };
}
