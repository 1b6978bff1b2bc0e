import { expect } from '@open-wc/testing';

import { type Gallery, hangGallery } from './gallery.js';
import { themes } from './themes.js';

/** What a finger has to hit (WCAG 2.2, 2.5.8): 24 px, and 44 px where it matters most. A link in a sentence may be as high as its words. */
const theme = new CSSStyleSheet();
let gallery: Gallery;

before(async () => {
  document.adoptedStyleSheets.push(theme);
  gallery = await hangGallery();
});

after(() => gallery.frame.remove());

function boxOf(element: Element): { width: number; height: number } {
  // A row's link is as large as the row, by what it draws over it.
  const { width, height } = (
    element.part.contains('subject') ? (element.closest('li') as Element) : element
  ).getBoundingClientRect();
  return { width, height };
}

function small(least: number, selector: string): string[] {
  return gallery
    .all()
    .filter((element) => element.matches(selector) && !element.closest('.unseen') && element.checkVisibility())
    .map((element) => ({ name: element.getAttribute('part') || element.localName, ...boxOf(element) }))
    .filter(({ width, height }) => Math.min(width, height) < least)
    .map(({ name, width, height }) => `${name}: ${width} × ${height}`);
}

const interactive = 'a[href]:not([part~=article]), button, input, textarea, summary';

for (const width of ['20rem', '60rem']) {
  for (const [name, text] of [['none', ''], ...Object.entries(themes)] as const) {
    describe(`under the theme ${name}, ${width} wide`, () => {
      before(() => {
        theme.replaceSync(`${text} main { inline-size: ${width} }`);
      });

      it('everything is at least 24 px high and wide', () => {
        expect(small(24, interactive)).to.deep.equal([]);
      });

      // Dense is for a mouse; for a finger it has 44 px as well.
      if (name !== 'dense')
        it('buttons, fields and rows are at least 44 px high and wide', () => {
          expect(small(44, '[part~=button]:not([part~=button-plain]), input, textarea, [part~=subject]')).to.deep.equal(
            [],
          );
        });
    });
  }
}
