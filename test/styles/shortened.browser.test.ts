import { expect } from '@open-wc/testing';

import { shortenSheet } from '../../.ci/shorten-sheet.mjs';
import { sheets } from './sheets.js';

/** As the browser has understood it: a rule that it cannot read is not there. A value with a `var()` stays as it is written. */
function rulesOf(text: string): string[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(({ cssText }) => cssText.replaceAll(/\s/g, '').replaceAll(/(?<!\d)0\./g, '.'));
}

describe('style sheets, as the build shortens them', () => {
  for (const [tag, sheet] of Object.entries(sheets)) {
    it(`say the same of <${tag}>`, () => {
      const short = shortenSheet(sheet);
      expect(short.length).to.be.lessThan(sheet.length);
      expect(rulesOf(short)).to.deep.equal(rulesOf(sheet));
    });
  }
});
