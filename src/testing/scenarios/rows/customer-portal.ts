import { common, failing, question, signingIn, type Rows } from './common.js';

export const customerPortalRows: Rows = {
  ...common,
  list: { title: 'The list, of one company', state: 'list', contact: 'bob', steps: [{ see: 'row' }] },
  detail: { title: 'A thread', state: 'detail', steps: [{ press: 'subject' }, { see: 'thread' }] },
  form: { title: 'The form', state: 'form', steps: [{ press: 'new' }, { see: 'form' }] },
  sent: { title: 'A ticket was sent', state: 'form', steps: [{ press: 'new' }, ...question, { see: 'success' }] },
  'signs-in': { title: 'Somebody signs in', state: 'list', contact: null, steps: signingIn },
  'list-fails': {
    title: 'The list fails inside',
    state: 'list',
    faults: [{ call: 'listTickets', with: 'offline' }],
    steps: [{ see: 'error' }],
  },
  replied: {
    title: 'A reply was sent',
    state: 'detail',
    steps: [{ press: 'subject' }, { fill: 'reply', with: 'It still blinks.' }, { press: 'submit' }, { see: 'thread' }],
  },
  ended: {
    title: 'The session ends over a thread',
    state: 'signed-out',
    steps: [
      { press: 'subject' },
      { fill: 'reply', with: 'It still blinks.' },
      { fault: { call: 'reply', with: 'session-expired' } },
      { press: 'submit' },
      { see: 'ended' },
    ],
  },
  'long-words': {
    title: 'Words that have no place to break',
    state: 'list',
    world: 'long-words',
    steps: [{ see: 'row' }],
  },
  'right-to-left': { title: 'Hebrew and Arabic', state: 'list', world: 'right-to-left', steps: [{ see: 'row' }] },
  ...failing('session', { state: 'failed' }),
};
