import { executeServerCommand } from '@web/test-runner-commands';

import { setViewport } from './viewport.js';

/** The browser engines that the tests run in. */
export type Engine = 'Chromium' | 'Firefox' | 'WebKit';

/** The engine of this page. */
export const engine: Engine = navigator.userAgent.includes('Firefox/')
  ? 'Firefox'
  : navigator.userAgent.includes('Chrome/')
    ? 'Chromium'
    : 'WebKit';

interface Ability {
  /** The engines that lack it, or whose driver does, and why: in small letters, without a dot. */
  readonly lacking: Readonly<Partial<Record<Engine, string>>>;
  /** Whether it is there. May throw, or reject, instead of answering no. */
  readonly probe: () => boolean | Promise<boolean>;
}

const bidi = 'its driver speaks WebDriver BiDi, which has no such command';
const classic = 'its driver speaks WebDriver Classic, which has no such command';

/** What tests need and some engine lacks. `engine.browser.test.ts` fails where this list is no longer true. */
export const abilities = {
  devtools: {
    lacking: { Firefox: bidi, WebKit: classic },
    probe: () => executeServerCommand('cdp', { method: 'Page.enable' }).then(() => true),
  },
  phone: {
    lacking: { WebKit: 'its window is never narrower than 447 px' },
    probe: () => setViewport({ width: 320, height: 600 }).then(() => true),
  },
  navigation: {
    lacking: { WebKit: 'it tells a page of no navigation before it is made' },
    probe: () => 'navigation' in globalThis,
  },
  layoutShift: {
    lacking: { Firefox: 'it does not report what moves', WebKit: 'it does not report what moves' },
    probe: () => PerformanceObserver.supportedEntryTypes.includes('layout-shift'),
  },
  scopedRegistries: {
    lacking: {
      Firefox: 'it has one registry of elements a document',
      WebKit: 'its registries cannot be made by a page',
    },
    probe: () => 'customElementRegistry' in document && Boolean(new CustomElementRegistry()),
  },
  pastedFiles: {
    lacking: { Firefox: 'what a page puts on the clipboard of an event does not arrive' },
    probe: () => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([], 'a.txt'));
      return new ClipboardEvent('paste', { clipboardData }).clipboardData?.files.length === 1;
    },
  },
} as const satisfies Readonly<Record<string, Ability>>;

export type AbilityName = keyof typeof abilities;

/** Why this engine lacks something, or `undefined` where it does not. */
export const whyNot = (name: AbilityName): string | undefined =>
  (abilities[name].lacking as Partial<Record<Engine, string>>)[engine];

/** Whether this engine can do something that not every engine can. */
export const can = (name: AbilityName): boolean => whyNot(name) === undefined;

/** The title of what is skipped, with the reason why; as it is where nothing is lacking. */
function titled(title: string, needs: readonly AbilityName[]): { readonly title: string; readonly skipped: boolean } {
  const missing = needs.find((name) => !can(name));
  return missing
    ? { title: `${title} [not in ${engine}: ${missing}: ${whyNot(missing)}]`, skipped: true }
    : { title, skipped: false };
}

/** `it` where the engine has all abilities; elsewhere the test is skipped, and its title says why. */
export function itWhere(needs: readonly AbilityName[], title: string, test: Mocha.AsyncFunc | Mocha.Func): void {
  const named = titled(title, needs);
  (named.skipped ? it.skip : it)(named.title, test);
}

/** `describe` in the same way: what is in it is skipped, and its title says why. */
export function describeWhere(needs: readonly AbilityName[], title: string, tests: () => void): void {
  const named = titled(title, needs);
  (named.skipped ? describe.skip : describe)(named.title, tests);
}
