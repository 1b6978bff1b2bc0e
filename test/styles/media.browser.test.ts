import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';

import { describeWhere } from '../support/engine.js';
import { faint, faintRings } from './contrast.js';
import { type Gallery, hangGallery } from './gallery.js';

const prefer = (features: Readonly<Record<string, string>>) =>
  executeServerCommand('cdp', {
    method: 'Emulation.setEmulatedMedia',
    params: { features: Object.entries(features).map(([name, value]) => ({ name, value })) },
  });

describeWhere(['devtools'], 'what a system asks of every page', () => {
  let gallery: Gallery;

  before(async () => {
    gallery = await hangGallery();
  });

  after(async () => {
    await prefer({});
    gallery.frame.remove();
  });

  const styleOf = (tag: string, part: string, pseudo?: string) => getComputedStyle(gallery.part(tag, part), pseudo);

  /** A border that is drawn; with forced colours even one that is transparent otherwise. */
  const isDrawn = ({ borderBlockEndStyle, borderBlockEndWidth, borderBlockEndColor }: CSSStyleDeclaration): boolean =>
    borderBlockEndStyle !== 'none' &&
    Number.parseFloat(borderBlockEndWidth) > 0 &&
    !/^rgba\(.* 0\)$/.test(borderBlockEndColor);

  describe('with colours that the system forces', () => {
    for (const scheme of ['light', 'dark']) {
      describe(`in a ${scheme} palette`, () => {
        before(() => prefer({ 'forced-colors': 'active', 'prefers-color-scheme': scheme }));

        it('can all be read and made out', () => {
          expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
          expect(faint(gallery.all())).to.deep.equal([]);
          expect(faintRings(gallery.all())).to.deep.equal([]);
        });

        const shapes: readonly (readonly [what: string, ...where: Parameters<typeof styleOf>])[] = [
          ['a main button', 'support-form', 'submit'],
          ['a button', 'ticket-list', 'show-all'],
          ['a field', 'support-form', 'input'],
          ['the mark "Your turn"', 'ticket-list', 'turn'],
          ['the dot of what is new', 'ticket-list', 'unread', '::before'],
          ['the shape of an open ticket', 'ticket-list', 'status-open', '::before'],
          ['the shape of a ticket that waits', 'ticket-list', 'status-waiting-on-contact', '::before'],
          ['the lines in the place of what is loading', 'ticket-list', 'skeleton-line'],
        ];
        for (const [what, ...where] of shapes) {
          it(`draws ${what} by its border`, () => expect(isDrawn(styleOf(...where))).to.equal(true));
        }

        it('shows which filter is chosen by more than a colour', () => {
          const buttons = gallery.all().filter((element) => element.part.contains('filter-button'));
          for (const button of buttons) {
            expect(isDrawn(getComputedStyle(button))).to.equal(button.ariaPressed === 'true');
          }
        });

        it('shows by the system’s grey what is off for now', () => {
          const button = gallery.part('ticket-list', 'show-all');
          const [color, { opacity }] = [getComputedStyle(button).color, getComputedStyle(button)];
          expect(opacity).to.equal('1');
          button.ariaDisabled = 'true';
          expect(getComputedStyle(button).color).not.to.equal(color);
          expect(getComputedStyle(button).opacity).to.equal('1');
          button.ariaDisabled = 'false';
        });
      });
    }
  });

  describe('for who asks for more contrast', () => {
    const colours = () => ({
      muted: styleOf('ticket-list', 'meta').color,
      line: styleOf('ticket-list', 'row').borderBlockEndColor,
      border: styleOf('support-form', 'input').borderBlockEndColor,
    });

    it('draws muted text and borders at full strength, and lines more strongly', async () => {
      await prefer({});
      const { muted, line } = colours();
      await prefer({ 'prefers-contrast': 'more' });
      const more = colours();
      const text = styleOf('ticket-list', 'base').color;
      expect(muted).not.to.equal(more.muted);
      const alpha = (colour: string) => Number(/\/ ([\d.]+)\)/.exec(colour)?.[1] ?? 1);
      expect([alpha(more.muted), alpha(more.border)], text).to.deep.equal([1, 1]);
      expect(alpha(more.line)).to.be.greaterThan(alpha(line));
    });

    it('leaves a page’s own tokens alone', async () => {
      await prefer({ 'prefers-contrast': 'more' });
      gallery.frame.style.setProperty('--portal-color-muted', 'rgb(1, 2, 3)');
      expect(styleOf('ticket-list', 'meta').color).to.equal('rgb(1, 2, 3)');
      gallery.frame.style.removeProperty('--portal-color-muted');
    });
  });

  describe('for who wants no movement', () => {
    it('fades nothing in, and still shows no skeleton before a quick answer', async () => {
      await prefer({});
      expect(styleOf('ticket-list', 'skeleton').animationDuration).to.equal('0.2s');
      await prefer({ 'prefers-reduced-motion': 'reduce' });
      const { animationDuration, animationDelay } = styleOf('ticket-list', 'skeleton');
      expect([animationDuration, animationDelay]).to.deep.equal(['0s', '0.2s']);
    });

    it('has nothing else that moves', async () => {
      await prefer({});
      for (const element of gallery.all()) {
        if (element.part.contains('skeleton')) continue;
        const { animationName, transitionDuration } = getComputedStyle(element);
        expect([animationName, transitionDuration]).to.deep.equal(['none', '0s']);
      }
    });
  });
});
