import { expect } from '@open-wc/testing';

import { abilities, type AbilityName, can, engine } from './engine.js';

describe(`what ${engine} can do`, () => {
  for (const [name, { probe }] of Object.entries(abilities)) {
    it(`${name}: is as the list of abilities says`, async () => {
      const found = await Promise.resolve()
        .then(probe)
        .then(Boolean, () => false);
      expect(found).to.equal(can(name as AbilityName));
    });
  }
});
