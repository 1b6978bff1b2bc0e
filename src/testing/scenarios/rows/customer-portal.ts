import { common, failing, hub, question, signingIn, ticket, type Rows } from './common.js';

const dialog = { layout: 'dialog', 'corner-button': '' };

export const customerPortalRows: Rows = {
  ...common,
  list: { title: 'The list, of one company', state: 'list', contact: 'bob', steps: [{ see: 'row' }] },
  detail: { title: 'A thread', state: 'detail', steps: [{ press: 'subject' }, { see: 'thread' }] },
  form: { title: 'The form', state: 'form', steps: [{ press: 'new' }, { see: 'form' }] },
  'closed-ticket': {
    title: 'A closed ticket, and the way on from it',
    state: 'detail',
    place: ticket(1033)['ticket-id'] ?? '',
    steps: [{ see: 'follow-up' }],
  },
  'follow-up': {
    title: 'The form of a follow-up',
    state: 'form',
    place: ticket(1033)['ticket-id'] ?? '',
    steps: [{ press: 'follow-up' }, { see: 'followed' }],
  },
  sent: { title: 'A ticket was sent', state: 'form', steps: [{ press: 'new' }, ...question, { see: 'success' }] },
  'signs-in': { title: 'Somebody signs in', state: 'list', contact: null, steps: signingIn },
  'shared-link': {
    title: 'A link to a ticket, and nobody is signed in',
    state: 'signed-out',
    contact: null,
    place: hub['ticket-id'],
    steps: [{ see: 'input' }],
  },
  'shared-form': {
    title: 'A link to the form, and nobody is signed in',
    state: 'signed-out',
    contact: null,
    place: 'new',
    steps: [{ see: 'input' }],
  },
  'not-found': {
    title: 'A link to a ticket of somebody else',
    state: 'detail',
    contact: 'dave',
    place: hub['ticket-id'],
    steps: [{ see: 'not-found' }],
  },
  'list-fails': {
    title: 'The list fails inside',
    state: 'list',
    faults: [{ call: 'listTickets', with: 'offline' }],
    steps: [{ see: 'error' }],
  },
  replied: {
    title: 'A reply was sent',
    state: 'detail',
    steps: [
      { press: 'subject' },
      { fill: 'reply', with: 'It still blinks.' },
      { press: 'submit' },
      { emptied: 'reply' },
    ],
  },
  unsent: {
    title: 'Signing out over a reply that was not sent',
    state: 'detail',
    steps: [
      { press: 'subject' },
      { fill: 'reply', with: 'It still blinks.' },
      { press: 'sign-out' },
      { see: 'unsent' },
    ],
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
  closed: {
    title: 'In a dialog that is closed',
    state: 'closed',
    contact: 'bob',
    attributes: dialog,
    steps: [{ see: 'count' }],
  },
  open: {
    title: 'In a dialog, opened by the button in the corner',
    state: 'open',
    contact: 'bob',
    attributes: dialog,
    steps: [{ press: 'corner-button' }, { see: 'row' }],
  },
  'open-detail': {
    title: 'In a dialog, a thread',
    state: 'detail',
    attributes: dialog,
    steps: [{ press: 'corner-button' }, { press: 'subject' }, { see: 'thread' }],
  },
  'open-signed-out': {
    title: 'In a dialog, and nobody is signed in',
    state: 'signed-out',
    contact: null,
    attributes: dialog,
    steps: [{ press: 'corner-button' }, { see: 'input' }],
  },
  reclosed: {
    title: 'The dialog was closed over a reply',
    state: 'closed',
    attributes: dialog,
    steps: [
      { press: 'corner-button' },
      { press: 'subject' },
      { fill: 'reply', with: 'It still blinks.' },
      { press: 'dialog-close' },
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
