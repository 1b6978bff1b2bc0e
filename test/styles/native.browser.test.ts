import { expect } from '@open-wc/testing';

import { faint, faintRings } from './contrast.js';
import { type Gallery, hangGallery } from './gallery.js';

/** What people mean by a dark page: a class, two colours, and not a word to the browser. */
const page = new CSSStyleSheet();
page.replaceSync(
  '.dark { background: #111; color: #eee } .sepia { background: #f4ecd8; color: #433422; font: 18px serif }',
);

describe('on a page that sets no token', () => {
  let gallery: Gallery;

  before(async () => {
    document.adoptedStyleSheets.push(page);
    gallery = await hangGallery();
  });

  after(() => gallery.frame.remove());

  for (const name of ['', 'dark', 'sepia']) {
    const where = name ? `in surroundings that are ${name} by a class only` : 'without a style of its own';
    it(`everything can be read and made out ${where}`, () => {
      gallery.frame.className = name;
      expect(faint(gallery.all())).to.deep.equal([]);
    });

    it(`every ring of the focus can be made out ${where}`, () => {
      gallery.frame.className = name;
      expect(faintRings(gallery.all())).to.deep.equal([]);
    });

    it(`axe finds no text too faint ${where}`, async () => {
      gallery.frame.className = name;
      await expect(gallery.frame).to.be.accessible({ runOnly: ['color-contrast'] } as object);
    });
  }

  it('takes the typeface, the size and the colour of the page', () => {
    gallery.frame.className = 'sepia';
    for (const name of ['subject', 'filter-button', 'heading']) {
      const style = getComputedStyle(gallery.part('ticket-list', name));
      expect(style.fontFamily, name).to.equal('serif');
    }
    const subject = getComputedStyle(gallery.part('ticket-list', 'subject'));
    expect(subject.fontSize).to.equal('18px');
    expect(subject.color).to.equal('rgb(67, 52, 34)');
    expect(getComputedStyle(gallery.part('support-form', 'input')).fontFamily).to.equal('serif');
  });
});
