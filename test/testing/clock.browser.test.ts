import { expect } from '@open-wc/testing';

import { openScenario, scenarioOf } from '../../src/testing/scenarios/index.js';

const clock = '2026-03-11T10:00:00.000Z';
const now = Date.parse(clock);
const plain = scenarioOf('ticket-list/ready');

describe('a scenario with a clock', () => {
  it('stops the page’s clock there, for the world as well, until it is closed', async () => {
    const before = Date;
    const stage = await openScenario({ ...plain, clock });
    try {
      expect([Date.now(), new Date().getTime(), Date.parse(Date())]).to.deep.equal([now, now, now]);
      expect(new Date('2026-01-05T10:00:00.000Z').toISOString()).to.equal('2026-01-05T10:00:00.000Z');
      expect(new before(0)).to.be.an.instanceof(Date);
      if (typeof stage.backend === 'string') throw new Error('The scenario has no backend of its own');
      const { items } = await stage.backend.listTickets();
      expect(items[0]?.updatedAt.slice(0, 16)).to.equal('2026-03-11T06:40');
    } finally {
      stage.close();
    }
    expect(Date).to.equal(before);
  });

  it('leaves the clock alone when the scenario cannot be opened', async () => {
    const before = Date;
    let failure: unknown;
    await openScenario({ ...plain, clock, contact: 'nobody' }).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.an.instanceof(Error);
    expect(Date).to.equal(before);
    await openScenario({ ...plain, clock: 'soon' }).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.an.instanceof(RangeError);
    expect(Date).to.equal(before);
  });
});
