import { unread } from '../answers.js';
import { but, common, failing, type Rows } from './common.js';

export const ticketCountRows: Rows = {
  ...common,
  'signed-out': { title: 'Nobody is signed in', state: 'none', contact: null },
  elsewhere: { title: 'A page that can keep no session', state: 'none', opaque: true },
  none: { title: 'There is nothing new', state: 'none', world: 'one-open' },
  unread: { title: 'There is something new', state: 'unread', contact: 'bob', steps: [{ see: 'count' }] },
  one: { title: 'There is one thing new', state: 'unread', answers: unread(1), steps: [{ see: 'count' }] },
  most: {
    title: 'There is more new than is counted',
    state: 'unread',
    answers: unread(1000),
    steps: [{ see: 'count' }],
  },
  ...but(failing('counts', { state: 'failed' }), {
    'error-unauthenticated': { state: 'none' },
    'error-session-expired': { state: 'none' },
  }),
};
