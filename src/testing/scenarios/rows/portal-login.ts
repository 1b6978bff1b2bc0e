import { everyWay, offering, untilReload, waitingFor } from '../answers.js';
import type { Step } from '../scenario.js';
import { common, failing, signingIn, type Row, type Rows } from './common.js';

/** Somebody tries a wrong password. */
const credentials: readonly Step[] = [
  { fill: 'email', with: 'alice@acme.example' },
  { fill: 'password', with: 'not the right one' },
  { press: 'submit' },
  { see: 'error' },
];

/** Somebody agrees, and looks at what they have agreed to. */
const givenConsent: readonly Step[] = [
  { press: 'agree' },
  { see: 'person' },
  { press: 'person' },
  { press: 'consent-open' },
  { see: 'consent-text' },
];

const codeStep = (step: Step): Row['steps'] => [{ fill: 'email', with: 'alice@acme.example' }, step];

export const portalLoginRows: Rows = {
  ...common,
  'signed-in': { title: 'Who is signed in', state: 'signed-in', steps: [{ see: 'person' }] },
  'signs-in': { title: 'Somebody signs in', state: 'signed-in', contact: null, steps: signingIn },
  'sign-outs': {
    title: 'Ways out of other devices',
    state: 'signed-in',
    steps: [{ press: 'person' }, { see: 'sign-out-all' }],
  },
  'others-out': {
    title: 'Other devices are signed out',
    state: 'signed-in',
    steps: [{ press: 'person' }, { press: 'sign-out-others' }, { see: 'notice' }],
  },
  unsent: {
    title: 'Signing out over a text that was not sent',
    state: 'signed-in',
    unsent: 'It still blinks.',
    steps: [{ press: 'sign-out' }, { see: 'unsent' }],
  },
  'until-reload': {
    title: 'A browser that keeps no cookies here',
    state: 'signed-in',
    answers: untilReload,
    steps: [{ see: 'notice' }],
  },
  'long-words': { title: 'A name that has no place to break', state: 'signed-in', world: 'long-words' },
  'right-to-left': { title: 'A Hebrew name', state: 'signed-in', world: 'right-to-left' },
  'every-way': {
    title: 'Password, code, new account, elsewhere',
    state: 'signed-out',
    contact: null,
    answers: everyWay,
    steps: [{ see: 'connection' }],
  },
  'code-only': {
    title: 'Only a code by mail',
    state: 'signed-out',
    contact: null,
    answers: offering('email'),
    steps: [{ see: 'submit' }],
  },
  'elsewhere-only': {
    title: 'Only elsewhere',
    state: 'signed-out',
    contact: null,
    answers: offering('sso'),
    steps: [{ see: 'connection' }],
  },
  'elsewhere-closed': {
    title: 'Nobody came back from elsewhere',
    state: 'signed-out',
    contact: null,
    answers: everyWay,
    steps: [{ press: 'connection' }, { see: 'error' }],
  },
  'no-way': {
    title: 'A portal that signs nobody in here',
    state: 'signed-out',
    contact: null,
    answers: offering(),
    steps: [{ see: 'notice' }],
  },
  missing: {
    title: 'Something is missing',
    state: 'signed-out',
    contact: null,
    steps: [{ press: 'submit' }, { see: 'error' }],
  },
  'wrong-password': {
    title: 'A wrong password',
    state: 'signed-out',
    contact: null,
    steps: [...credentials, { see: 'error' }],
  },
  waiting: {
    title: 'Signing in takes its time',
    state: 'signed-out',
    contact: null,
    faults: [{ call: 'signIn', with: 'silence' }],
    steps: credentials.slice(0, -1),
  },
  code: {
    title: 'A code is on its way',
    state: 'signed-out',
    contact: null,
    answers: everyWay,
    steps: [...(codeStep({ press: 'send-code' }) ?? []), { see: 'another-code' }],
  },
  'code-wrong': {
    title: 'A wrong code',
    state: 'signed-out',
    contact: null,
    answers: waitingFor('email'),
    faults: [{ call: 'signIn', with: 'unauthenticated', field: ['code', 'wrong'] }],
    steps: [{ fill: 'code', with: 'K7QM 3XN4' }, { press: 'submit' }, { see: 'error' }],
  },
  'code-expired': {
    title: 'A code that is over',
    state: 'signed-out',
    contact: null,
    answers: waitingFor('email'),
    faults: [{ call: 'signIn', with: 'unauthenticated', field: ['code', 'expired'] }],
    steps: [{ fill: 'code', with: 'K7QM 3XN4' }, { press: 'submit' }, { see: 'error' }],
  },
  consent: {
    title: 'What a portal asks before a session starts',
    state: 'signed-out',
    world: 'consent',
    steps: [{ see: 'agree' }],
  },
  'consent-changed': {
    title: 'Its text has changed meanwhile',
    state: 'signed-out',
    world: 'consent',
    faults: [{ call: 'signIn', with: 'conflict' }],
    steps: [{ press: 'agree' }, { see: 'notice' }],
  },
  'consent-fails': {
    title: 'Agreeing fails',
    state: 'signed-out',
    world: 'consent',
    faults: [{ call: 'signIn', with: 'unavailable' }],
    steps: [{ press: 'agree' }, { see: 'error' }],
  },
  'consent-lost': {
    title: 'What is asked cannot be had',
    state: 'signed-out',
    world: 'consent',
    faults: [{ call: 'consent', with: 'unavailable' }],
    steps: [{ see: 'retry' }],
  },
  'consent-refused': {
    title: 'Somebody does not agree',
    state: 'signed-out',
    world: 'consent',
    steps: [{ press: 'refuse' }, { see: 'notice' }],
  },
  'consent-given': {
    title: 'What somebody has agreed to',
    state: 'signed-in',
    world: 'consent',
    steps: givenConsent,
  },
  'consent-withdraw': {
    title: 'Withdrawing it',
    state: 'signed-in',
    world: 'consent',
    steps: [...givenConsent, { press: 'consent-withdraw' }, { see: 'consent-question' }],
  },
  confirm: {
    title: 'The link of a mail, where its code was asked for',
    state: 'signed-out',
    contact: null,
    answers: waitingFor('email'),
    link: 'portal_code=K7QM3XN4',
    steps: [{ see: 'submit' }],
  },
  carry: {
    title: 'The link of a mail, in another browser',
    state: 'signed-out',
    contact: null,
    answers: everyWay,
    link: 'portal_code=K7QM3XN4',
    steps: [{ see: 'code' }],
  },
  invited: {
    title: 'The link of an invitation',
    state: 'signed-out',
    contact: null,
    answers: everyWay,
    link: 'portal_invitation=made-up',
    steps: [{ see: 'about' }],
  },
  'new-password': {
    title: 'A new password',
    state: 'signed-out',
    contact: null,
    answers: waitingFor('reset'),
    steps: [{ see: 'another-code' }],
  },
  'password-known': {
    title: 'A password that everybody tries',
    state: 'signed-out',
    contact: null,
    answers: waitingFor('reset'),
    faults: [{ call: 'setPassword', with: 'invalid', field: ['password', 'known'] }],
    steps: [
      { fill: 'code', with: 'K7QM3XN4' },
      { fill: 'new-password', with: 'password1234' },
      { press: 'submit' },
      { see: 'error' },
    ],
  },
  ...failing('signIn', { state: 'signed-out', contact: null, steps: [...credentials, { see: 'error' }] }),
};
