import { expect } from '@open-wc/testing';

import { announce } from '../../src/controllers/announcer.js';
import { listen, ways } from '../elements/announcements.js';

const regions = () => document.querySelectorAll<HTMLElement>('[role=status]');

describe('the announcer', () => {
  for (const way of ways) {
    it(`says once what two elements say at the same moment, by ${way}`, async () => {
      const { said, allSaid } = listen(way);
      announce('Reply sent', 'en');
      announce('3 tickets', 'en');
      announce('Reply sent', 'en');
      await allSaid();
      expect(said).to.deep.equal(['Reply sent', '3 tickets']);
    });

    it(`says the same again when it has happened again, by ${way}`, async () => {
      const { said, allSaid } = listen(way);
      announce('Reply sent', 'en');
      await allSaid();
      announce('Reply sent', 'en');
      await allSaid();
      expect(said).to.deep.equal(['Reply sent', 'Reply sent']);
    });
  }

  it('needs no region where the platform has a call for it', async () => {
    const { allSaid } = listen('ariaNotify');
    announce('Reply sent', 'en');
    await allSaid();
    expect(regions().length).to.equal(0);
  });

  it('has one region in the page where the platform has nothing, empty before the text comes', async () => {
    const { allSaid } = listen('region');
    announce('Reply sent', 'en');
    expect([regions().length, regions()[0]?.textContent]).to.deep.equal([1, '']);
    await allSaid();
    expect(regions().length).to.equal(1);
    expect(regions()[0]?.parentElement).to.equal(document.body);
    expect(regions()[0]?.getBoundingClientRect().width).to.equal(1);
  });

  it('names the language of a text that is not the page’s, which the platform’s call cannot', async () => {
    const { said, allSaid } = listen('ariaNotify');
    announce('3 zgłoszenia', 'pl');
    await allSaid();
    expect(said).to.deep.equal(['3 zgłoszenia']);
    expect(regions()[0]?.querySelector<HTMLElement>(':lang(pl)')?.textContent).to.equal('3 zgłoszenia');
  });
});
