import type { Action } from '../../../model/index.js';
import type { BackendFeature } from '../../../backend/portal-backend.js';
import { equal } from '../check.js';
import type { ConformanceCase } from '../world.js';
import { allTickets } from './asking.js';

/** By which method an action is carried out. */
const methods: Readonly<Record<Action, BackendFeature>> = {
  reply: 'reply',
  close: 'close',
  reopen: 'reopen',
  rate: 'rate',
  'add-participant': 'addParticipant',
  edit: 'edit',
};

export const actionCases: readonly ConformanceCase[] = [
  {
    name: 'lists no action that the portal cannot carry out',
    async run(world) {
      const alice = await world.visitor('alice');
      const { features } = await alice.portal();
      for (const { id, number } of await allTickets(alice)) {
        const { actions } = await alice.getTicket(id);
        const idle = actions.filter((action) => !features.includes(methods[action]));
        equal(idle, [], `actions of ticket ${number} that are none here`);
      }
    },
  },
];
