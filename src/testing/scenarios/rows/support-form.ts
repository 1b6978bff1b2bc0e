import { readOnly } from '../answers.js';
import { but, common, failing, question, ticket, type Rows } from './common.js';

export const supportFormRows: Rows = {
  ...common,
  ready: { title: 'An empty form', state: 'ready' },
  article: {
    title: 'About an article',
    state: 'ready',
    attributes: { 'article-url': 'https://help.example/hub', 'article-title': 'Why is my hub offline?' },
  },
  'follow-up': {
    title: 'A follow-up of a ticket',
    state: 'ready',
    attributes: { 'follow-up': ticket(1033)['ticket-id'] ?? '' },
    steps: [{ see: 'followed' }],
  },
  forms: {
    title: 'The owner asks what it is about, and for more of a fault',
    state: 'ready',
    world: 'forms',
    steps: [
      { choose: 'form', value: 'fault' },
      { fill: 'serial', with: 'TF-1042' },
    ],
  },
  'forms-missing': {
    title: 'Nothing was chosen of what the owner asks',
    state: 'ready',
    world: 'forms',
    steps: [{ choose: 'form', value: 'fault' }, ...question, { see: 'summary' }],
  },
  'forms-not-chosen': {
    title: 'Which form it is was not chosen',
    state: 'ready',
    world: 'forms',
    steps: [{ press: 'submit' }, { see: 'summary' }],
  },
  unavailable: { title: 'The portal takes no tickets', state: 'unavailable', answers: readOnly },
  missing: { title: 'Something is missing', state: 'ready', steps: [{ press: 'submit' }, { see: 'summary' }] },
  'too-long': {
    title: 'Too long a subject',
    state: 'ready',
    steps: [
      { fill: 'subject', with: 'hub ', times: 60 },
      { fill: 'message', with: 'See above.' },
      { press: 'submit' },
      { see: 'summary' },
    ],
  },
  sending: {
    title: 'A ticket on its way',
    state: 'ready',
    faults: [{ call: 'createTicket', with: 'silence' }],
    steps: question,
  },
  files: {
    title: 'Files that go along: one is there, one on its way, one is not taken',
    state: 'ready',
    steps: [
      { attach: 'Amber ring.png' },
      { see: 'file-preview' },
      { fault: { call: 'upload', with: 'silence' } },
      { attach: 'hub.log', bytes: 480_000 },
      { attach: 'update.exe' },
      { see: 'file-progress' },
    ],
  },
  sent: { title: 'A ticket was sent', state: 'sent', steps: question },
  'long-words': {
    title: 'Words that have no place to break',
    state: 'ready',
    steps: [
      { fill: 'subject', with: 'Hauptbetriebswerk', times: 9 },
      { fill: 'message', with: 'Hauptbetriebswerk', times: 40 },
    ],
  },
  'right-to-left': {
    title: 'Written in Hebrew',
    state: 'ready',
    steps: [
      { fill: 'subject', with: 'המפזר מנותק' },
      { fill: 'message', with: 'המפזר (Hub 2) מתנתק בכל לילה.' },
    ],
  },
  ...but(failing('createTicket', { state: 'ready', steps: [...question, { see: 'summary' }] }), {
    'error-unauthenticated': { state: 'signed-out', steps: question },
    'error-session-expired': { state: 'signed-out', steps: question },
  }),
};
