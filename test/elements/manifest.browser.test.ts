import { expect, waitUntil } from '@open-wc/testing';

import { createMemoryBackend } from '../../src/index.js';
import { documented, elementsIn, names, walk } from './tours.js';

/**
 * What the manifest says is what is there: no part and no state more, and none less. A page reaches every part by name, of an element alone and inside `<customer-portal>`. The page's own sheet gives each
 * part a colour under a property of its own, which is not inherited: what has it was reached by its own name.
 */

const places: Readonly<Record<string, string>> = {
  'portal-login': 'login',
  'ticket-list': 'list',
  'ticket-detail': 'detail',
  'support-form': 'form',
};

const property = (tag: string, part: string) => `--reached-${tag}-${part}`;
const mark = 'rgb(1, 2, 3)';

const sheet = new CSSStyleSheet();
for (const { tagName, cssParts } of documented) {
  const place = places[tagName];
  for (const part of names(cssParts)) {
    const name = property(tagName, part);
    CSS.registerProperty({ name, syntax: '<color>', inherits: false, initialValue: 'transparent' });
    sheet.insertRule(`${tagName}::part(${part}) { ${name}: ${mark} }`);
    if (place) sheet.insertRule(`customer-portal::part(${place}-${part}) { ${name}: ${mark} }`);
  }
}

/** Parts that the sheet reached, by tag; those that it did not, for they have another name or none in the manifest. */
const reached = new Map(documented.map(({ tagName }) => [tagName, new Set<string>()]));
const missed = new Set<string>();
/** States in which elements were seen, by tag. */
const states = new Map(documented.map(({ tagName }) => [tagName, new Set<string>()]));

const isReached = (target: Element, tag: string, part: string) =>
  getComputedStyle(target).getPropertyValue(property(tag, part)) === mark;

function look(): void {
  for (const element of elementsIn(document.body)) {
    for (const { name } of documented.find(({ tagName }) => tagName === element.localName)?.cssStates ?? []) {
      // Both ways to name it say the same.
      if (element.matches(`:state(${name})[data-state='${name}']`)) states.get(element.localName)?.add(name);
    }
    for (const target of element.shadowRoot?.querySelectorAll('[part]') ?? []) {
      for (const part of target.part) {
        if (isReached(target, element.localName, part)) reached.get(element.localName)?.add(part);
        else missed.add(`${element.localName}::part(${part})`);
        // Some keep their own name as well, so that the portal's page reaches all of them at once.
        if (isReached(target, 'customer-portal', part)) reached.get('customer-portal')?.add(part);
      }
    }
  }
}

for (const where of ['alone', 'inside <customer-portal>'] as const) {
  describe(`custom-elements.json, of elements ${where}`, () => {
    const inside = where !== 'alone';
    const tags = documented.map(({ tagName }) => tagName).filter((tag) => !inside || tag in places);

    before(async function () {
      this.timeout(60_000);
      for (const names of reached.values()) names.clear();
      missed.clear();
      document.adoptedStyleSheets.push(sheet);
      // It stands still, and only holds what is put where its default elements are.
      const session = () => new Promise<never>(() => {});
      const portal = Object.assign(document.createElement('customer-portal'), {
        routing: 'none',
        backend: { ...createMemoryBackend(), session },
      });
      const place = (element: HTMLElement) => {
        if (!inside) return document.body.append(element);
        document.body.append(portal);
        // As `<customer-portal>` does with its own.
        Object.assign(element, { exportAs: places[element.localName] });
        portal.shadowRoot?.querySelector('[part=base]')?.append(element);
      };
      if (inside) {
        document.body.append(portal);
        await customElements.whenDefined('customer-portal');
        await waitUntil(() => portal.matches(':state(loading)'));
      }
      await walk({ look, place, inside }, tags);
      portal.remove();
    });

    after(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    });

    it('names every part that there is, and each is reached by its name', () => {
      expect([...missed]).to.deep.equal([]);
    });

    for (const { tagName, cssParts, cssStates } of documented.filter(({ tagName: tag }) => tags.includes(tag))) {
      it(`names only parts that <${tagName}> has`, () => {
        const expected = names(cssParts).filter((part) => !inside || part !== 'link');
        expect([...(reached.get(tagName) ?? [])].sort()).to.deep.equal(expected);
      });

      if (!inside)
        it(`names states that <${tagName}> can be in`, () => {
          expect([...(states.get(tagName) ?? [])].sort()).to.deep.equal(names(cssStates));
        });
    }
  });
}
