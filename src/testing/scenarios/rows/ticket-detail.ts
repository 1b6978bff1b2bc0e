import { answeredMeanwhile, asOf, automatic, visited } from '../answers.js';
import { but, common, endsSession, failing, hub, ticket, type Rows } from './common.js';

export const ticketDetailRows: Rows = {
  ...common,
  ready: { title: 'A thread with files', state: 'ready', attributes: hub },
  colleague: { title: 'The thread of a colleague', state: 'ready', contact: 'bob', attributes: hub },
  closed: { title: 'A closed ticket, of 200 messages', state: 'ready', attributes: ticket(1022) },
  'not-found': { title: 'A ticket that one may not see', state: 'not-found', contact: 'carol', attributes: hub },
  'as-of': {
    title: 'The help desk behind is silent',
    state: 'ready',
    answers: asOf('2026-01-05T10:00:00.000Z'),
    attributes: hub,
  },
  automatic: { title: 'A message that nobody wrote', state: 'ready', answers: automatic, attributes: hub },
  mail: { title: 'Mails: HTML, a picture, history below an answer', state: 'ready', attributes: ticket(1046) },
  visited: { title: 'One message is new', state: 'ready', contact: 'bob', answers: visited, attributes: ticket(1046) },
  'message-linked': {
    title: 'A message that the address names',
    state: 'ready',
    attributes: hub,
    steps: [{ press: 'permalink' }, { see: 'message-linked' }],
  },
  'reply-empty': {
    title: 'A reply without a word',
    state: 'ready',
    attributes: hub,
    steps: [{ press: 'submit' }, { see: 'error' }],
  },
  sending: {
    title: 'A reply on its way',
    state: 'ready',
    attributes: hub,
    faults: [{ call: 'reply', with: 'silence' }],
    steps: [{ fill: 'reply', with: 'It still blinks.' }, { press: 'submit' }, { see: 'message-sending' }],
  },
  answered: {
    title: 'Support has answered meanwhile',
    state: 'ready',
    attributes: hub,
    answers: answeredMeanwhile,
    steps: [{ fill: 'reply', with: 'Any news?' }, { press: 'submit' }, { see: 'error' }],
  },
  replied: {
    title: 'A reply has been sent',
    state: 'ready',
    attributes: hub,
    steps: [{ fill: 'reply', with: 'It still blinks.' }, { press: 'submit' }, { see: 'message-contact' }],
  },
  'download-fails': {
    title: 'A file that does not come',
    state: 'ready',
    attributes: hub,
    faults: [{ call: 'download', with: 'offline' }],
    steps: [{ press: 'attachment' }, { see: 'error' }],
  },
  'long-words': {
    title: 'Words that have no place to break',
    state: 'ready',
    world: 'long-words',
    attributes: ticket(987_654_321),
  },
  'right-to-left': { title: 'Hebrew', state: 'ready', world: 'right-to-left', attributes: ticket(11) },
  'long-thread': { title: '500 messages', state: 'ready', world: 'long-thread', attributes: ticket(500) },
  'earlier-shown': {
    title: 'Earlier messages of 500',
    state: 'ready',
    world: 'long-thread',
    attributes: ticket(500),
    steps: [{ press: 'earlier' }, { see: 'earlier' }],
  },
  ...but(failing('getTicket', { state: 'failed', attributes: hub }), {
    ...endsSession,
    'error-not-found': { state: 'not-found' },
  }),
};
