import { expect } from '@open-wc/testing';

import { faint, faintRings } from './contrast.js';
import { type Gallery, hangGallery } from './gallery.js';
import { themes } from './themes.js';

const page = new CSSStyleSheet();
page.replaceSync(`
  :root { background: light-dark(#fff, #121212); color: light-dark(#1c1c1c, #eee) }
  .light { color-scheme: light }
  .dark { color-scheme: dark }`);
const theme = new CSSStyleSheet();

let gallery: Gallery;

before(async () => {
  document.adoptedStyleSheets.push(page, theme);
  gallery = await hangGallery();
});

after(() => gallery.frame.remove());

it('there are five themes', () => {
  expect(Object.keys(themes)).to.deep.equal(['dense', 'gazette', 'harbour', 'high-contrast', 'neutral']);
});

for (const [name, text] of Object.entries(themes)) {
  for (const scheme of ['light', 'dark']) {
    describe(`the theme ${name} on a ${scheme} page`, () => {
      before(() => {
        theme.replaceSync(text);
        document.documentElement.className = scheme;
      });

      it('keeps everything strong enough to be read and made out', () => {
        expect(faint(gallery.all())).to.deep.equal([]);
      });

      it('keeps every ring of the focus strong enough', () => {
        expect(faintRings(gallery.all())).to.deep.equal([]);
      });

      it('leaves nothing for axe to find', async () => {
        await expect(gallery.frame).to.be.accessible({ runOnly: ['color-contrast'] } as object);
      });
    });
  }
}

describe('a brand in eight tokens', () => {
  before(() => {
    document.documentElement.className = 'light';
    theme.replaceSync(`
      :root {
        --portal-color-accent: #6b2fa0;
        --portal-color-on-accent: #fffbe6;
        --portal-color-link: #7a1f5c;
        --portal-color-text: #2a1a3a;
        --portal-color-surface: #faf6ff;
        --portal-color-focus: #b3005e;
        --portal-radius: 20px;
        --portal-font-family: monospace;
      }`);
  });

  const styleOf = (tag: string, part: string) => getComputedStyle(gallery.part(tag, part));
  const tags = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form'];

  for (const tag of tags) {
    it(`reaches the ground, the text and the typeface of <${tag}>`, () => {
      const { backgroundColor, color, fontFamily } = styleOf(tag, 'base');
      expect([backgroundColor, color, fontFamily]).to.deep.equal([
        'rgb(250, 246, 255)',
        'rgb(42, 26, 58)',
        'monospace',
      ]);
    });
  }

  for (const tag of ['portal-login', 'ticket-detail', 'support-form']) {
    it(`reaches the main button and the fields of <${tag}>`, () => {
      const { backgroundColor, color, borderStartStartRadius } = styleOf(tag, 'button-primary');
      expect([backgroundColor, color]).to.deep.equal(['rgb(107, 47, 160)', 'rgb(255, 251, 230)']);
      expect(borderStartStartRadius).to.equal('20px');
      expect(styleOf(tag, 'input').borderStartStartRadius).to.equal('20px');
      expect(styleOf(tag, 'input').fontFamily).to.equal('monospace');
    });
  }

  it('reaches links, marks, the chosen filter and the edge of an answer', () => {
    expect(styleOf('ticket-detail', 'article').color).to.equal('rgb(122, 31, 92)');
    expect(styleOf('ticket-list', 'turn').backgroundColor).to.equal('rgb(107, 47, 160)');
    const chosen = gallery
      .all()
      .find((element) => element.ariaPressed === 'true' && element.part.contains('filter-button'));
    expect(getComputedStyle(chosen as Element).borderBlockEndColor).to.equal('rgb(107, 47, 160)');
    expect(styleOf('ticket-detail', 'message-support').borderInlineStartColor).to.equal('rgb(107, 47, 160)');
  });

  it('reaches the ring of the focus', () => {
    const button = gallery.part('support-form', 'submit');
    button.focus();
    expect(getComputedStyle(button).outlineColor).to.equal('rgb(179, 0, 94)');
  });

  it('keeps everything strong enough, rings of the focus too', async () => {
    expect(faint(gallery.all())).to.deep.equal([]);
    expect(faintRings(gallery.all())).to.deep.equal([]);
    await expect(gallery.frame).to.be.accessible({ runOnly: ['color-contrast'] } as object);
  });
});
