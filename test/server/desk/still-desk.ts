import type { ConnectorFactory } from '../../../src/server/connectors/connector.js';
import { DeskError } from '../../../src/server/connectors/connector.js';

const refuse = async () => {
  throw new DeskError('refused', 'nothing happens here');
};

/**
 * A help desk in which nothing ever happens, for what is asked about a desk and not of it. With the setting `fails` it
 * answers nothing and fails so.
 */
export const createStillDesk: ConnectorFactory = ({ settings: { fails } }) => {
  const answer = async () => {
    if (typeof fails === 'string') throw new DeskError(fails as DeskError['kind'], 'as it was told');
  };
  return {
    info: { kind: 'still', lag: 5, keepsProperties: false },
    feed: {
      changes: async () => ({ tickets: [], cursor: '', more: false }),
      ticket: async () => null,
      openFile: async () => null,
      contactByEmail: async () => null,
      statuses: async () => [
        { id: 'open', category: 'open', label: { en: 'Open' } },
        { id: 'done', category: 'closed', label: { en: 'Done' } },
      ],
      inboxes: async () => [{ ref: 'support', name: 'Support' }],
    },
    health: answer,
    create: refuse,
    reply: refuse,
    setStatus: refuse,
  };
};
