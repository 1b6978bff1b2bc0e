import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { all, button, field, focused, heading, link, part, until } from '../elements/screen.js';
import { composed } from '../../src/testing/scenarios/composed.js';
import { setViewport } from '../support/viewport.js';
import { focusComesTo, nameOf, openPage, press, tab, tabTo, typeKeys } from './keys.js';

define();

const subject = 'Hub on the 3rd floor drops offline every night';
const row = (name: string) => link(name);

/** Not an assertion over elements: when one fails, what it writes down of them takes the page's memory. */
const isInside = (element: Element | null, dialog: HTMLElement): boolean =>
  element === dialog || [...composed(dialog)].some((inner) => inner === element);

describe('a ticket beside the list, by keys alone', () => {
  beforeEach(() => setViewport({ width: 1200, height: 700 }));

  after(() => setViewport({ width: 800, height: 600 }));

  it('goes from ticket to ticket in the list, into one of them, and back to its row', async () => {
    await openPage('bob');
    await tabTo(row(subject));
    await press('Enter');
    await heading(subject);
    await focusComesTo(row(subject));
    const next = (await tab()) as HTMLElement;
    await press('Enter');
    const opened = heading(next.textContent.trim());
    await opened;
    await focusComesTo(Promise.resolve(next));
    await press('Enter');
    await focusComesTo(opened);
    await press('Shift+Tab');
    await focusComesTo(link('List only'));
    await press('Enter');
    await focusComesTo(Promise.resolve(next));
    expect(all('[part~=subject][aria-current]')).to.be.empty;
  });

  it('leads through list and ticket as they are read, out of them, and back', async () => {
    const { portal, before, after } = await openPage('alice');
    (await row(subject)).click();
    await focusComesTo(heading(subject));
    await part('submit');
    before.focus();
    const forth: Element[] = [];
    for (let stop = await tab(); stop !== after; stop = await tab()) forth.push(stop);
    const back: Element[] = [];
    for (let stop = await tab(true); stop !== before; stop = await tab(true)) back.push(stop);
    expect(back.toReversed()).to.deep.equal(forth);
    expect(forth).to.include(await link('List only'));
    expect(portal.matches(':state(detail)')).to.be.true;
  });
});

describe('the dialog, by keys alone', () => {
  it('opens, keeps the focus inside, and closes where it was opened, with the reply still there', async () => {
    const { before } = await openPage('alice', [], { id: 'help', layout: 'dialog' });
    before.href = '#help';
    await until(() => document.querySelector(':state(closed)'));
    before.focus();
    await press('Enter');
    await focusComesTo(heading('Your tickets'));
    await tabTo(row(subject));
    await press('Enter');
    await focusComesTo(heading(subject));
    await tabTo(field('Your reply'));
    await typeKeys('Half a sentence');
    const dialog = all('dialog')[0] as HTMLElement;
    for (let steps = 0; steps < 6; steps++) {
      await press('Tab');
      // Between its last stop and its first, Tab may lead to the browser's own, from where another leads back.
      if (focused() === document.body) await press('Tab');
      expect(isInside(focused(), dialog), `${nameOf(focused())} is in the dialog`).to.be.true;
    }
    await press('Escape');
    await focusComesTo(Promise.resolve(before));
    await press('Enter');
    expect((await field('Your reply')).value).to.equal('Half a sentence');
    await focusComesTo(heading(subject));
    const close = await button('Close');
    for (let steps = 0; steps < 20 && focused() !== close; steps++) await tab(true);
    await press('Enter');
    await focusComesTo(Promise.resolve(before));
  });

  it('opens from the button in the corner, which is the last stop before the page goes on', async () => {
    const { before, after } = await openPage('alice', [], { layout: 'dialog', 'corner-button': '' });
    const corner = await part('corner-button');
    await until(() => all('[part=count]').length);
    before.focus();
    expect(await tab()).to.equal(corner);
    await press('Enter');
    await focusComesTo(heading('Your tickets'));
    await press('Escape');
    await focusComesTo(Promise.resolve(corner));
    expect(await tab()).to.equal(after);
  });
});
