import { conformanceCases, memoryTarget, runCase, skipReason } from '../../src/testing/index.js';

describe('the memory backend in a browser', () => {
  for (const one of conformanceCases.filter((each) => skipReason(each, memoryTarget) === null)) {
    it(one.name, () => runCase(one, memoryTarget));
  }
});
