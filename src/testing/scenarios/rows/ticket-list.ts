import { asOf } from '../answers.js';
import { but, common, endsSession, failing, type Rows } from './common.js';

export const ticketListRows: Rows = {
  ...common,
  ready: { title: 'Tickets of one’s own', state: 'ready' },
  company: { title: 'Tickets of a company, in two languages', state: 'ready', contact: 'carol' },
  empty: { title: 'No tickets at all', state: 'empty', world: 'empty' },
  'no-match': {
    title: 'None matches the filter',
    state: 'no-match',
    world: 'one-open',
    attributes: { state: 'closed' },
  },
  'as-of': { title: 'The help desk behind is silent', state: 'ready', answers: asOf('2026-01-05T10:00:00.000Z') },
  'as-of-never': { title: 'The help desk behind has not answered yet', state: 'ready', answers: asOf('') },
  'more-fails': {
    title: 'The next page fails',
    state: 'ready',
    contact: 'carol',
    steps: [{ see: 'more' }, { fault: { call: 'listTickets', with: 'offline' } }, { press: 'more' }, { see: 'error' }],
  },
  'refresh-fails': {
    title: 'Tickets from before, and a failure',
    state: 'ready',
    steps: [{ see: 'row' }, { fault: { call: 'listTickets', with: 'offline' } }, { comeBack: true }, { see: 'error' }],
  },
  'long-words': { title: 'Words that have no place to break', state: 'ready', world: 'long-words' },
  'right-to-left': { title: 'Hebrew and Arabic', state: 'ready', world: 'right-to-left' },
  'many-tickets': {
    title: '10,000 tickets',
    state: 'ready',
    world: 'many-tickets',
    steps: [{ press: 'more' }, { see: 'row' }],
  },
  ...but(failing('listTickets', { state: 'failed' }), endsSession),
};
