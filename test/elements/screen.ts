import { waitUntil } from '@open-wc/testing';

import { composed } from '../../src/testing/scenarios/composed.js';

/** Finds things as a person does: by role, label and words, through shadow roots, and only what can be seen. */

/** Milliseconds until something is held never to come: on a machine with other work, sources alone may take seconds. */
const patience = 15_000;

const visible = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true });

/** All that is visible in the page and matches a selector. */
export const all = (selector: string): HTMLElement[] =>
  [...composed(document.body)].filter((element) => element.matches(selector) && visible(element));

const wordsOf = (element: HTMLElement): string =>
  (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim();

const named = (selector: string, name: string): HTMLElement | undefined =>
  all(selector).find((element) => wordsOf(element) === name);

async function eventually<T>(find: () => T | undefined, what: string): Promise<T> {
  await waitUntil(find, `There is no ${what}`, { timeout: patience });
  return find() as T;
}

export const button = (name: string): Promise<HTMLElement> =>
  eventually(() => named('button', name), `button “${name}”`);

export const link = (name: string): Promise<HTMLAnchorElement> =>
  eventually(() => named('a[href]', name) as HTMLAnchorElement | undefined, `link “${name}”`);

export const heading = (name: string): Promise<HTMLElement> =>
  eventually(() => named('[role=heading][aria-level="2"]', name), `heading “${name}”`);

export const alert = (text: string): Promise<HTMLElement> =>
  eventually(() => all('[role=alert]').find((element) => wordsOf(element).includes(text)), `alert “${text}”`);

/** Something that says exactly this, and has no further elements around the words. */
export const text = (words: string): Promise<HTMLElement> =>
  eventually(() => all('*').find((element) => !element.shadowRoot && wordsOf(element) === words), `text “${words}”`);

/** A field by the words of its label. */
export const field = (label: string): Promise<HTMLInputElement> =>
  eventually(() => {
    const words = named('label', label) as HTMLLabelElement | undefined;
    return (words?.control ?? undefined) as HTMLInputElement | undefined;
  }, `field “${label}”`);

export const part = (name: string): Promise<HTMLElement> =>
  eventually(() => all(`[part~=${name}]`)[0], `part “${name}”`);

/** What has the focus, through shadow roots. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Until something holds that needs a turn or two of the event loop. */
export const until = (holds: () => unknown, what = 'It never came to that'): Promise<void> =>
  waitUntil(holds, what, { timeout: patience });

/** Types over what is in a field, as one input. */
export function type(element: HTMLInputElement, words: string): void {
  element.value = words;
  element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** Puts an element into the page until the test ends. */
export function show<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  document.body.append(element);
  return element;
}

export const inState = (element: HTMLElement, state: string): Promise<void> =>
  until(() => element.matches(`:state(${state})`), `${element.localName} is never ${state}`);

/** Everything of one type that is fired until the test ends. */
export function heard<K extends keyof HTMLElementEventMap>(name: K): HTMLElementEventMap[K][] {
  const events: HTMLElementEventMap[K][] = [];
  const listen = (event: Event) => events.push(event as HTMLElementEventMap[K]);
  document.addEventListener(name, listen);
  cleanups.push(() => document.removeEventListener(name, listen));
  return events;
}

/** Runs when the test ends. */
export const cleanups: (() => void)[] = [];

const firstAddress = location.href;

/** Leaves the page and what it keeps as the next test expects them, at the address where the file began or another one. */
export function cleanUp(address = firstAddress): void {
  if (location.href !== address) history.replaceState(null, '', address);
  document.body.replaceChildren();
  document.documentElement.lang = 'en';
  // Drafts that wait to be written are written first, so that none outlives its test.
  dispatchEvent(new Event('pagehide'));
  sessionStorage.clear();
  localStorage.clear();
  for (const cleanup of cleanups.splice(0)) cleanup();
}

afterEach(() => cleanUp());

document.documentElement.lang = 'en';
