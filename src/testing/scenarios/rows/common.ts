import { errorCodes } from '../../../model/error-code.js';
import { publicIdOf } from '../../../world/public-id.js';
import type { Scenario, ScenarioFault, Step } from '../scenario.js';

/** A state of an element, without what its place in the table says. */
export type Row = Omit<Scenario, 'id' | 'element'>;
export type Rows = Readonly<Record<string, Row>>;

/** The ticket of a world, as `<ticket-detail>` takes it. */
export const ticket = (number: number) => ({ 'ticket-id': publicIdOf('ticket', `t-${number}`) });

/** Alice's ticket with files, a note and answers of both sides. */
export const hub = ticket(1058);

/** Somebody signs in with the right password. */
export const signingIn: readonly Step[] = [
  { fill: 'email', with: 'alice@acme.example' },
  { fill: 'password', with: 'portico-demo-2026' },
  { press: 'submit' },
  { see: 'person' },
];

/** Somebody asks for help. */
export const question: readonly Step[] = [
  { fill: 'subject', with: 'The hub is silent' },
  { fill: 'message', with: 'Its ring has been amber since this morning.' },
  { press: 'submit' },
];

/** What every element shows before it has anything of its own to show. */
export const common: Readonly<Record<string, Row>> = {
  loading: { title: 'Nothing is known yet', state: 'loading', faults: [{ call: 'session', with: 'silence' }] },
  'signed-out': { title: 'Nobody is signed in', state: 'signed-out', contact: null },
  elsewhere: { title: 'A page that can keep no session', state: 'elsewhere', opaque: true },
  unreachable: {
    title: 'The portal does not answer',
    state: 'failed',
    faults: [{ call: 'session', with: 'unavailable' }],
  },
};

/** One row for each reason for which a call can fail. */
export const failing = (call: ScenarioFault['call'], row: Omit<Row, 'title'>): Record<string, Row> =>
  Object.fromEntries(
    errorCodes.map((code) => {
      const fault = { call, with: code, ...(code === 'rate-limited' && { retryAfter: 120 }) };
      return [`error-${code}`, { ...row, title: `${call} fails: ${code}`, faults: [fault] }];
    }),
  );

/** What differs for some of the reasons. */
export const but = (
  table: Record<string, Row>,
  changes: Readonly<Record<string, Partial<Row>>>,
): Record<string, Row> => ({
  ...table,
  ...Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, { ...(table[name] as Row), ...change }]),
  ),
});

/** Whose session is over, by this or by that word, is asked to sign in again. */
export const endsSession = {
  'error-unauthenticated': { state: 'signed-out' },
  'error-session-expired': { state: 'signed-out' },
};
