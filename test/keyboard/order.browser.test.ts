import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { publicIdOf } from '../../src/world/public-id.js';
import { button, field, focused, link, part } from '../elements/screen.js';
import { openPage, press, tab } from './keys.js';

define();

const views: Readonly<
  Record<string, { readonly contact?: string; readonly place?: string; readonly there: () => Promise<unknown> }>
> = {
  'the sign-in': { there: () => field('Password') },
  // Its tools come after it.
  'the list': { contact: 'carol', there: () => Promise.all([part('more'), button('Filter')]) },
  'a ticket with files': {
    contact: 'alice',
    place: publicIdOf('ticket', 't-1058'),
    there: () => part('attachment'),
  },
  'the form': { contact: 'alice', place: 'new', there: () => field('Subject') },
};

/** Steps until `end` has the focus; the view has no more stops than this. */
async function walk(end: Element, backwards = false): Promise<Element[]> {
  const stops: Element[] = [];
  for (let steps = 0; steps < 60; steps++) {
    const stop = await tab(backwards);
    if (stop === end) return stops;
    stops.push(stop);
  }
  throw new Error('There is no way out');
}

describe('the order of Tab', () => {
  for (const [name, { contact, place, there }] of Object.entries(views)) {
    it(`leads through ${name} as it is read, out of it, and back`, async () => {
      const { portal, before, after } = await openPage(contact);
      if (place) portal.show(place);
      await there();
      before.focus();
      const forth = await walk(after);
      expect(forth.length, 'stops').to.be.above(2);
      const back = await walk(before, true);
      expect(back.toReversed()).to.deep.equal(forth);
    });
  }

  it('has no stop inside while the portal is hidden by its page', async () => {
    const { portal, before, after } = await openPage('alice');
    await link('New ticket');
    portal.hidden = true;
    before.focus();
    await press('Tab');
    expect(focused()).to.equal(after);
  });
});
