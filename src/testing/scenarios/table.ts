import { errorCodes } from '../../model/error-code.js';
import { publicIdOf } from '../../world/public-id.js';
import { asOf, everyWay, offering, readOnly, untilReload, waitingFor } from './answers.js';
import type { Scenario, ScenarioFault, ScenarioTag, Step } from './scenario.js';

type Row = Omit<Scenario, 'id' | 'element'>;

/** The ticket of a world, as `<ticket-detail>` takes it. */
const ticket = (number: number) => ({ 'ticket-id': publicIdOf('ticket', `t-${number}`) });

const credentials: readonly Step[] = [
  { fill: 'email', with: 'alice@acme.example' },
  { fill: 'password', with: 'not the right one' },
  { press: 'submit' },
  { see: 'error' },
];
const question: readonly Step[] = [
  { fill: 'subject', with: 'The hub is silent' },
  { fill: 'message', with: 'Its ring has been amber since this morning.' },
  { press: 'submit' },
];

/** What every element shows before it has anything of its own to show. */
const common: Readonly<Record<string, Row>> = {
  loading: { title: 'Nothing is known yet', state: 'loading', faults: [{ call: 'session', with: 'silence' }] },
  'signed-out': { title: 'Nobody is signed in', state: 'signed-out', contact: null },
  unreachable: {
    title: 'The portal does not answer',
    state: 'failed',
    faults: [{ call: 'session', with: 'unavailable' }],
  },
};

/** One row for each reason for which a call can fail. */
const failing = (call: ScenarioFault['call'], row: Omit<Row, 'title'>): Record<string, Row> =>
  Object.fromEntries(
    errorCodes.map((code) => {
      const fault = { call, with: code, ...(code === 'rate-limited' && { retryAfter: 120 }) };
      return [`error-${code}`, { ...row, title: `${call} fails: ${code}`, faults: [fault] }];
    }),
  );

/** What differs for some of the reasons. */
const but = (table: Record<string, Row>, changes: Readonly<Record<string, Partial<Row>>>): Record<string, Row> => ({
  ...table,
  ...Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, { ...(table[name] as Row), ...change }]),
  ),
});

/** Whose session is over, by this or by that word, is asked to sign in again. */
const endsSession = {
  'error-unauthenticated': { state: 'signed-out' },
  'error-session-expired': { state: 'signed-out' },
};

const hub = ticket(1058);
const codeStep = (step: Step): Row['steps'] => [{ fill: 'email', with: 'alice@acme.example' }, step];

/** Element by element, state by state. Adding a state is adding a row. */
const rows: Readonly<Record<ScenarioTag, Readonly<Record<string, Row>>>> = {
  'customer-portal': {
    ...common,
    list: { title: 'The list, of one company', state: 'list', contact: 'bob', steps: [{ see: 'row' }] },
    detail: { title: 'A thread', state: 'detail', steps: [{ press: 'subject' }, { see: 'thread' }] },
    form: { title: 'The form', state: 'form', steps: [{ press: 'new' }, { see: 'form' }] },
    sent: { title: 'A ticket was sent', state: 'form', steps: [{ press: 'new' }, ...question, { see: 'success' }] },
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
  },

  'portal-login': {
    ...common,
    'signed-in': { title: 'Who is signed in', state: 'signed-in', steps: [{ see: 'person' }] },
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
    elsewhere: {
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
  },

  'ticket-list': {
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
      steps: [
        { see: 'more' },
        { fault: { call: 'listTickets', with: 'offline' } },
        { press: 'more' },
        { see: 'error' },
      ],
    },
    'refresh-fails': {
      title: 'Tickets from before, and a failure',
      state: 'ready',
      steps: [
        { see: 'row' },
        { fault: { call: 'listTickets', with: 'offline' } },
        { comeBack: true },
        { see: 'error' },
      ],
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
  },

  'ticket-detail': {
    ...common,
    ready: { title: 'A thread with files', state: 'ready', attributes: hub },
    colleague: { title: 'The thread of a colleague', state: 'ready', contact: 'bob', attributes: hub },
    'not-found': { title: 'A ticket that one may not see', state: 'not-found', contact: 'carol', attributes: hub },
    'as-of': {
      title: 'The help desk behind is silent',
      state: 'ready',
      answers: asOf('2026-01-05T10:00:00.000Z'),
      attributes: hub,
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
      steps: [{ fill: 'reply', with: 'It still blinks.' }, { press: 'submit' }],
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
  },

  'support-form': {
    ...common,
    ready: { title: 'An empty form', state: 'ready' },
    article: {
      title: 'About an article',
      state: 'ready',
      attributes: { 'article-url': 'https://help.example/hub', 'article-title': 'Why is my hub offline?' },
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
  },
};

export const scenarios: readonly Scenario[] = Object.entries(rows).flatMap(([element, states]) =>
  Object.entries(states).map(([name, row]) => ({ id: `${element}/${name}`, element: element as ScenarioTag, ...row })),
);

/** @throws Error for an id that is not in the table */
export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (!found) throw new Error(`There is no scenario "${id}"`);
  return found;
}
