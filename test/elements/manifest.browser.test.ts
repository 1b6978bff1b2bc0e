import { expect, waitUntil } from '@open-wc/testing';

import manifest from '../../custom-elements.json' with { type: 'json' };
import { define } from '../../src/define.js';
import { definePortalSetup } from '../../src/elements/portal-setup/define.js';
import { createMemoryBackend } from '../../src/index.js';
import { scenarios } from '../../src/testing/scenarios/index.js';
import { setupScenarios } from '../../src/testing/setup/setup-scenarios.js';
import { type Place, show } from '../scenarios/show.js';
import { showSetup } from '../setup/show-setup.js';
import { composed } from '../../src/testing/scenarios/composed.js';
import { cleanUp } from './screen.js';

/**
 * What the manifest says is what is there, no more and no less, in every scenario. A page reaches every part by its name, of
 * an element alone and inside `<customer-portal>`: the page's own sheet gives each part a colour under a property of its own,
 * which is not inherited, so what has it was reached by its own name.
 */

interface Named {
  readonly name: string;
}

interface Documented {
  readonly tagName: string;
  readonly cssParts: readonly Named[];
  readonly cssStates: readonly Named[];
  readonly events: readonly Named[];
  readonly slots?: readonly Named[];
}

const documented = manifest.modules
  .flatMap(({ declarations }) => declarations as unknown as Documented[])
  .filter(({ tagName }) => tagName);
const names = (list: readonly Named[] = []) => list.map(({ name }) => name).sort();

/** Names under which `<customer-portal>` exports what is in its slots, and what is on the button in the corner. */
const slotOf: Readonly<Record<string, string>> = {
  'portal-login': 'login',
  'ticket-list': 'list',
  'ticket-detail': 'detail',
  'support-form': 'form',
  'ticket-count': 'corner',
};

const property = (tag: string, part: string) => `--reached-${tag}-${part}`;
const mark = 'rgb(1, 2, 3)';

const sheet = new CSSStyleSheet();
for (const { tagName, cssParts } of documented) {
  const slot = slotOf[tagName];
  for (const part of names(cssParts)) {
    const name = property(tagName, part);
    CSS.registerProperty({ name, syntax: '<color>', inherits: false, initialValue: 'transparent' });
    sheet.insertRule(`${tagName}::part(${part}) { ${name}: ${mark} }`);
    if (slot) sheet.insertRule(`customer-portal::part(${slot}-${part}) { ${name}: ${mark} }`);
  }
}

const ofEach = () => new Map(documented.map(({ tagName }) => [tagName, new Set<string>()]));
const seen = { parts: ofEach(), states: ofEach(), events: ofEach(), slots: ofEach() };
/** Parts that the sheet did not reach: they have another name, or none in the manifest. */
const missed = new Set<string>();

const isReached = (target: Element, tag: string, part: string) =>
  getComputedStyle(target).getPropertyValue(property(tag, part)) === mark;

/** The page has put something in its place: it is not there for anybody. */
const isReplaced = (element: Element): boolean => !!element.parentElement?.closest('slot')?.assignedNodes().length;

/** What owners are shown of an element while they set it up is a picture of it: no page reaches into that. */
function isPreview(element: Element): boolean {
  const { host } = element.getRootNode() as ShadowRoot;
  return !!host && (host.localName === 'portal-setup' || isPreview(host));
}

/** Each row of the page's own has a slot that is ours to fill. */
const ofRow = /^row-/;

/** Notes what all our elements on the page show, also those inside others. */
function look(): void {
  for (const element of composed(document.body)) {
    const promised = documented.find(({ tagName }) => tagName === element.localName);
    if (!promised || !element.shadowRoot || isPreview(element)) continue;
    const { localName } = element;
    // Both ways to name it say the same.
    for (const name of names(promised.cssStates))
      if (element.matches(`:state(${name})[data-state~='${name}']`)) seen.states.get(localName)?.add(name);
    for (const { name } of element.shadowRoot.querySelectorAll('slot'))
      if (!ofRow.test(name)) seen.slots.get(localName)?.add(name);
    for (const target of element.shadowRoot.querySelectorAll('[part]')) {
      if (isReplaced(target)) continue;
      for (const part of target.part) {
        if (isReached(target, localName, part)) seen.parts.get(localName)?.add(part);
        else missed.add(`${localName}::part(${part})`);
        // Some keep their own name as well, so that the portal's page reaches all of them at once.
        if (isReached(target, 'customer-portal', part)) seen.parts.get('customer-portal')?.add(part);
      }
    }
  }
}

/** Notes what is fired, at every element that it passes. */
function hear(event: Event): void {
  for (const target of event.composedPath())
    if (target instanceof Element) seen.events.get(target.localName)?.add(event.type);
}

const types = new Set(documented.flatMap(({ events }) => names(events)));

/** Shows every scenario of some elements, and looks at it whenever something in it changes. */
async function walk(tags: readonly string[], place?: Place): Promise<void> {
  for (const sets of Object.values(seen)) for (const set of sets.values()) set.clear();
  missed.clear();
  const observer = new MutationObserver(look);
  document.adoptedStyleSheets.push(sheet);
  for (const type of types) addEventListener(type, hear);
  // Inside, it is the portal that leads elsewhere when it must.
  const ofCustomers = scenarios.filter(({ element, opaque }) => tags.includes(element) && !(place && opaque));
  const ofOwners = tags.includes('portal-setup') ? setupScenarios : [];
  const shows = [
    ...ofCustomers.map((scenario) => () => show(scenario, place)),
    ...ofOwners.map((scenario) => () => showSetup(scenario)),
  ];
  for (const showNext of shows) {
    const element = await showNext();
    for (const each of [element, ...composed(element.shadowRoot ?? element)])
      if (each.shadowRoot) observer.observe(each.shadowRoot, { subtree: true, childList: true, attributes: true });
    look();
    // WebKit lets nobody put it back more than a hundred times in ten seconds.
    cleanUp(location.href);
  }
  for (const type of types) removeEventListener(type, hear);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  observer.disconnect();
}

describe('custom-elements.json', () => {
  before(async function () {
    this.timeout(120_000);
    define();
    definePortalSetup();
    await Promise.all(documented.map(({ tagName }) => customElements.whenDefined(tagName)));
    await walk(documented.map(({ tagName }) => tagName));
  });

  it('names every part that there is, and a page reaches each by its name', () => {
    expect([...missed]).to.deep.equal([]);
  });

  for (const { tagName, cssParts, cssStates, events, slots } of documented) {
    it(`names the parts of <${tagName}>, and no other`, () => {
      expect([...(seen.parts.get(tagName) ?? [])].sort()).to.deep.equal(names(cssParts));
    });

    it(`names states that <${tagName}> can be in`, () => {
      expect([...(seen.states.get(tagName) ?? [])].sort()).to.deep.equal(names(cssStates));
    });

    it(`names the events that <${tagName}> fires, and no other`, () => {
      expect([...(seen.events.get(tagName) ?? [])].sort()).to.deep.equal(names(events));
    });

    it(`names the slots of <${tagName}>, and no other`, () => {
      expect([...(seen.slots.get(tagName) ?? [])].sort()).to.deep.equal(names(slots));
    });
  }
});

describe('custom-elements.json, of elements inside <customer-portal>', () => {
  const tags = documented.map(({ tagName }) => tagName).filter((tag) => tag in slotOf && tag !== 'ticket-count');

  before(async function () {
    this.timeout(120_000);
    await walk(tags, async (element) => {
      // It stands still, and only holds what is put where its default elements are.
      const portal = Object.assign(document.createElement('customer-portal'), {
        routeKey: 'held',
        backend: { ...createMemoryBackend(), session: () => new Promise<never>(() => {}) },
      });
      document.body.append(portal);
      await waitUntil(() => portal.matches(':state(loading)'));
      // As `<customer-portal>` does with its own.
      Object.assign(element, { exportAs: slotOf[element.localName] });
      portal.shadowRoot?.querySelector('[part=base]')?.append(element);
    });
  });

  it('names every part that there is, and a page reaches each by its name', () => {
    expect([...missed]).to.deep.equal([]);
  });

  for (const { tagName, cssParts } of documented.filter(({ tagName: tag }) => tags.includes(tag))) {
    it(`names only parts that <${tagName}> has`, () => {
      const expected = names(cssParts).filter((part) => part !== 'link');
      expect([...(seen.parts.get(tagName) ?? [])].sort()).to.deep.equal(expected);
    });
  }
});
