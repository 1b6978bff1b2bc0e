import { expect } from '@open-wc/testing';

import { fillStandIns } from '../../src/elements/stand-ins.js';

it('a tag is put into what an editor has left of it, with its attributes and what the page has put inside', () => {
  const page = document.createElement('section');
  page.innerHTML =
    '<div class="help" data-customer-portal data-backend="demo" data-heading-level="3"><a href="/help/">Tickets</a></div>';
  document.body.append(page);
  fillStandIns();
  // Once more finds nothing left to do.
  fillStandIns();
  expect(page.innerHTML).to.equal(
    '<div class="help"><customer-portal backend="demo" heading-level="3"><a href="/help/">Tickets</a></customer-portal></div>',
  );
  page.remove();
});
