import { expect } from '@open-wc/testing';

import { loadCode } from '../src/load-code.js';

/** Fails so many times, and says how often it was asked. */
function dropping(times: number) {
  const line = {
    asked: 0,
    load: async () => {
      line.asked += 1;
      if (line.asked <= times) throw new TypeError(`dropped ${line.asked}`);
      return 'code';
    },
  };
  return line;
}

const online = async () => {
  await new Promise((resolve) => setTimeout(resolve));
  dispatchEvent(new Event('online'));
};

describe('code that is loaded later', () => {
  it('is asked for once where the line holds', async () => {
    const line = dropping(0);
    expect(await loadCode(line.load)).to.equal('code');
    expect(line.asked).to.equal(1);
  });

  it('is asked for again a moment after the line has dropped', async () => {
    const line = dropping(1);
    expect(await loadCode(line.load)).to.equal('code');
    expect(line.asked).to.equal(2);
  });

  it('is asked for at once when the browser is online again, and given up after the third further try', async () => {
    const line = dropping(9);
    const failed = loadCode(line.load).then(
      () => 'loaded',
      (error: Error) => error.message,
    );
    for (const _ of [1, 2, 3]) await online();
    expect(await failed).to.equal('dropped 4');
  });
});
