import { expect } from '@open-wc/testing';

import { documented, elementsIn, names, walk } from './tours.js';

/** What was seen on the tours below, by tag. */
const parts = new Map(documented.map(({ tagName }) => [tagName, new Set<string>()]));
const states = new Map(documented.map(({ tagName }) => [tagName, new Set<string>()]));

/** Notes the parts and states of all our elements on the page, also of those inside others, which export some as theirs. */
function look(): void {
  for (const element of elementsIn(document.body)) {
    const host = (element.getRootNode() as ShadowRoot).host?.localName ?? '';
    for (const name of element.getAttribute('exportparts')?.split(',') ?? []) {
      if (!name.includes(':')) parts.get(host)?.add(name);
    }
    const { cssStates } = documented.find(({ tagName }) => tagName === element.localName) ?? {};
    if (!cssStates) continue;
    for (const name of names(cssStates)) {
      // Both ways to name it say the same.
      if (element.matches(`:state(${name})[data-state='${name}']`)) states.get(element.localName)?.add(name);
    }
    for (const { part } of element.shadowRoot?.querySelectorAll('[part]') ?? []) {
      for (const name of part) parts.get(element.localName)?.add(name);
    }
  }
}

describe('custom-elements.json', () => {
  before(async function () {
    this.timeout(60_000);
    await walk({ look, place: (element) => document.body.append(element) });
  });

  for (const { tagName, cssParts, cssStates } of documented) {
    it(`names the parts of <${tagName}>, and no other`, () => {
      expect([...(parts.get(tagName) ?? [])].sort()).to.deep.equal(names(cssParts));
    });

    it(`names states that <${tagName}> can be in`, () => {
      expect([...(states.get(tagName) ?? [])].sort()).to.deep.equal(names(cssStates));
    });
  }
});
