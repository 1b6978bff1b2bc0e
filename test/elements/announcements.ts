import { announce } from '../../src/controllers/announcer.js';
import { cleanups, until } from './screen.js';

/** Both ways to users of screen readers: the platform's own call, and the one region of the page. */
export const ways = ['ariaNotify', 'region'] as const;

const last = 'That was all';

interface Heard {
  /** All that was said, in its order. */
  readonly said: string[];
  /** Until all that was announced before is said. */
  allSaid(): Promise<void>;
}

/** Hears until the test ends what is announced, and how often; with `region` the platform has no call for it. */
export function listen(way: (typeof ways)[number]): Heard {
  const said: string[] = [];
  let over = false;
  const hear = (text: string) => {
    if (text === last) over = true;
    else said.push(text);
  };
  const before = Object.getOwnPropertyDescriptor(document, 'ariaNotify');
  Object.defineProperty(document, 'ariaNotify', {
    configurable: true,
    value: way === 'ariaNotify' ? hear : undefined,
  });
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      if ((target as Element).getAttribute('role') !== 'status') continue;
      for (const node of addedNodes) hear(node.textContent ?? '');
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
  cleanups.push(() => {
    observer.disconnect();
    if (before) Object.defineProperty(document, 'ariaNotify', before);
    else Reflect.deleteProperty(document, 'ariaNotify');
  });
  return {
    said,
    allSaid: async () => {
      announce(last, document.documentElement.lang);
      await until(() => over, 'The announcements never end');
      over = false;
    },
  };
}
