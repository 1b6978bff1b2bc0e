import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { createMemoryBackend, createStore } from '../../src/backend/memory/memory-backend.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import type { CustomerPortalElement } from '../../src/elements/customer-portal/customer-portal-element.js';
import { withFaults } from '../../src/testing/scenarios/faulty.js';
import type { ScenarioFault } from '../../src/testing/scenarios/index.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { cleanups, focused, until } from '../elements/screen.js';
import { composed } from '../../src/testing/scenarios/composed.js';

/** A portal in a page of somebody else, and somebody there who has only keys. After each of them we look at the focus. */

/** More than any view has to stop at. */
const patience = 80;

/** What a person would call it. */
export const nameOf = (element: Element | null): string =>
  element
    ? `<${element.localName}> “${(element.getAttribute('aria-label') ?? element.textContent).trim()}”`
    : 'nothing';

/** Says what is wrong with where the focus is; nothing when all is well. */
function faultOf(element: Element | null): string | undefined {
  // In such a page nothing matches `:focus`, though there is an active element.
  if (!document.hasFocus()) return 'the page does not have the focus';
  if (!element || element === document.body || element === document.documentElement) return 'the focus is nowhere';
  const { top, bottom, left, right } = element.getBoundingClientRect();
  // Not every engine scrolls further than to a part of it, which is what WCAG 2.2, 2.4.11 asks for.
  if (bottom < 1 || top > innerHeight - 1 || right < 1 || left > innerWidth - 1) return 'it is not in the window';
  if (!element.checkVisibility({ visibilityProperty: true })) return 'it cannot be seen';
  // Where reading goes on, such as a heading, nobody acts: it has no ring.
  if (element.getAttribute('tabindex') === '-1') return undefined;
  const ringed = [undefined, '::after'].some((pseudo) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  });
  return element.matches(':focus-visible') && ringed ? undefined : 'it has no ring';
}

/** Not every engine scrolls to what has the focus at once. @throws Error that says where the focus is and what is wrong there */
export async function checkFocus(): Promise<void> {
  try {
    await until(() => faultOf(focused()) === undefined);
  } catch {
    throw new Error(`${nameOf(focused())}: ${faultOf(focused())}`);
  }
}

const placeOf = (element: Element): number => [...composed(document.body)].indexOf(element as HTMLElement);

/** Presses a key, or several together: `Control+Enter`. */
export async function press(keys: string): Promise<void> {
  await executeServerCommand('chord', keys.split('+'));
}

/** One step further; it leads on in the order in which the page is read. */
export async function tab(backwards = false): Promise<Element> {
  const before = focused();
  await press(backwards ? 'Shift+Tab' : 'Tab');
  await checkFocus();
  const now = focused() as Element;
  if (!before?.isConnected || before === document.body) return now;
  const ahead = Math.sign(placeOf(now) - placeOf(before));
  if (ahead !== (backwards ? -1 : 1)) throw new Error(`Tab leads from ${nameOf(before)} to ${nameOf(now)}`);
  return now;
}

/** Presses Tab until something has the focus. */
export async function tabTo(found: Promise<Element>): Promise<void> {
  const target = await found;
  for (let presses = 0; presses < patience; presses++) if (target === focused() || (await tab()) === target) return;
  throw new Error(`Tab does not lead to ${nameOf(target)}`);
}

/** Until the focus is there by itself, where a person sees it. */
export async function focusComesTo(found: Promise<Element>): Promise<void> {
  const target = await found;
  await until(() => focused() === target, `${nameOf(target)} never has the focus; ${nameOf(focused())} has it`);
  await checkFocus();
}

export const typeKeys = (words: string): Promise<void> => sendKeys({ type: words });

interface Stage {
  readonly portal: CustomerPortalElement;
  /** Links of the page, before and after the portal. */
  readonly before: HTMLAnchorElement;
  readonly after: HTMLAnchorElement;
  readonly backend: PortalBackend;
  /** From now on a call goes wrong. */
  fault(fault: ScenarioFault): void;
  heal(): void;
}

const linkOf = (textContent: string): HTMLAnchorElement =>
  Object.assign(document.createElement('a'), { href: '#', textContent });

/**
 * Puts a portal into a page that has other things to stop at, and begins in front of it.
 * @param contact who is signed in, by the id in the demo world; nobody without it
 * @param broken goes wrong from the beginning
 * @param attributes of the portal
 */
export async function openPage(
  contact?: string,
  broken: readonly ScenarioFault[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const address = location.href;
  cleanups.push(() => history.replaceState(null, '', address));
  const plain = createMemoryBackend({ store: createStore({ world: demoWorld }) });
  const person = demoWorld.contacts.find(({ id }) => id === contact);
  if (person) await plain.signIn?.({ method: 'password', email: person.email, password: demoWorld.password });
  const faults = new Map<string, ScenarioFault>(broken.map((fault) => [fault.call, fault]));
  const backend = withFaults(plain, faults);
  const [before, after] = [linkOf('Articles'), linkOf('Imprint')] as const;
  const portal = Object.assign(document.createElement('customer-portal'), { backend });
  for (const [name, value] of Object.entries(attributes)) portal.setAttribute(name, value);
  const main = document.createElement('main');
  main.append(Object.assign(document.createElement('h1'), { textContent: 'Help' }), portal);
  document.body.append(before, main, after);
  before.focus();
  return {
    portal,
    before,
    after,
    backend,
    fault: (fault) => void faults.set(fault.call, fault),
    heal: () => faults.clear(),
  };
}
