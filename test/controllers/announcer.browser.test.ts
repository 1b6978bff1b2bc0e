import { expect } from '@open-wc/testing';

import { announce } from '../../src/controllers/announcer.js';

describe('the announcer', () => {
  it('uses what the platform has for it', () => {
    const said: string[] = [];
    Object.assign(document, { ariaNotify: (text: string) => said.push(text) });
    announce('Reply sent', 'en');
    Object.assign(document, { ariaNotify: undefined });
    expect(said).to.deep.equal(['Reply sent']);
    expect(document.querySelector('[role=status]')).to.be.null;
  });

  it('has one region in the page where the platform has nothing', () => {
    Object.assign(document, { ariaNotify: undefined });
    announce('Reply sent', 'en');
    announce('3 zgłoszenia', 'pl');
    const regions = document.querySelectorAll<HTMLElement>('[role=status]');
    expect(regions.length).to.equal(1);
    expect([regions[0]?.textContent, regions[0]?.lang]).to.deep.equal(['3 zgłoszenia', 'pl']);
    expect(regions[0]?.parentElement).to.equal(document.body);
    expect(regions[0]?.getBoundingClientRect().width).to.equal(1);
    regions[0]?.remove();
  });
});
