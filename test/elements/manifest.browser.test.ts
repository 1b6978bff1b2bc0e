import { expect } from '@open-wc/testing';

import manifest from '../../custom-elements.json' with { type: 'json' };
import { define } from '../../src/define.js';
import { scenarios } from '../../src/testing/scenarios/index.js';
import { show } from '../scenarios/show.js';
import { cleanups } from './screen.js';

/** What a part, state, event, slot or attribute is documented with. */
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
const ofEach = () => new Map(documented.map(({ tagName }) => [tagName, new Set<string>()]));

/** What was seen in the scenarios, by tag. */
const seen = { parts: ofEach(), states: ofEach(), events: ofEach(), slots: ofEach() };

function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}

/** Notes what all our elements on the page show, also those inside others. */
function look(): void {
  for (const element of elementsIn(document.body)) {
    const promised = documented.find(({ tagName }) => tagName === element.localName);
    if (!promised || !element.shadowRoot) continue;
    for (const name of names(promised.cssStates))
      if (element.matches(`:state(${name})`)) seen.states.get(element.localName)?.add(name);
    for (const { part } of element.shadowRoot.querySelectorAll('[part]'))
      for (const name of part) seen.parts.get(element.localName)?.add(name);
    for (const { name } of element.shadowRoot.querySelectorAll('slot')) seen.slots.get(element.localName)?.add(name);
  }
}

const observer = new MutationObserver(look);

/** Notes what is fired, at every element that it passes. */
function hear(event: Event): void {
  for (const target of event.composedPath())
    if (target instanceof Element) seen.events.get(target.localName)?.add(event.type);
}

describe('custom-elements.json', () => {
  before(async function () {
    this.timeout(120_000);
    define();
    for (const { tagName } of documented) await customElements.whenDefined(tagName);
    const types = new Set(documented.flatMap(({ events }) => names(events)));
    for (const type of types) addEventListener(type, hear);
    for (const scenario of scenarios) {
      const element = await show(scenario);
      for (const each of [element, ...elementsIn(element.shadowRoot ?? element)])
        if (each.shadowRoot) observer.observe(each.shadowRoot, { subtree: true, childList: true, attributes: true });
      look();
      document.body.replaceChildren();
      for (const cleanup of cleanups.splice(0)) cleanup();
    }
    observer.disconnect();
    for (const type of types) removeEventListener(type, hear);
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
