import { isBackendError } from '../../../backend/backend-error.js';
import { sessionSchema } from '../../../wire/index.js';
import { equal, holds } from '../../conformance/check.js';
import { readAs } from '../compare.js';
import { promises, Skipped, type LiveCase } from '../live-case.js';
import { type LivePortal, signIn } from '../portal.js';

const promise = promises.session;

const first = (portal: LivePortal) => portal.people[0] as LivePortal['people'][number];

/** Code of the error, or that there was none. */
const refusalOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'an answer',
    (error: unknown) => (isBackendError(error) ? error.code : String(error)),
  );

export const sessionCases: readonly LiveCase[] = [
  {
    promise,
    name: 'signing in says who one is, and signing out ends the session, also for who kept its cookie',
    needs: ['person'],
    async run(portal) {
      const { email, password } = first(portal);
      const { ask, backend } = portal.visitor();
      const answer = await ask('/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ method: 'password', email, password }),
      });
      const { contact } = readAs(sessionSchema, answer, 'signing in');
      equal(contact?.email.toLowerCase(), email.trim().toLowerCase(), 'address of who signed in');
      const cookie = answer.headers.getSetCookie().map((line) => line.replace(/;.*/, ''));
      const withCookie = (path: string) => portal.visitor().ask(path, { headers: { cookie: cookie.join('; ') } });
      holds((await withCookie('/tickets')).status === 200, 'the cookie is the session');
      await backend.signOut('this');
      equal((await backend.session()).contact, null, 'contact after signing out');
      const after = await withCookie('/tickets');
      holds(after.status === 401, `the cookie after signing out: expected 401, got ${after.status}`);
    },
  },
  {
    promise,
    name: 'a wrong password is answered exactly like an unknown address',
    // A few failed attempts shut out the person for a while.
    needs: ['person', 'write'],
    async run(portal) {
      const send = async (email: string) => {
        const body = JSON.stringify({ method: 'password', email, password: crypto.randomUUID() });
        const headers = { 'content-type': 'application/json' };
        const { status, text } = await portal.visitor().ask('/session', { method: 'POST', body, headers });
        if (status === 429) throw new Skipped('the server lets nobody try passwords for now; ask again later');
        return { status, text };
      };
      const unknown = await send(`nobody-${crypto.randomUUID().slice(0, 8)}@conformance.invalid`);
      const wrong = await send(first(portal).email);
      holds(unknown.status === 401, `an unknown address: expected 401, got ${unknown.status}`);
      holds(wrong.status === 401, `a wrong password: expected 401, got ${wrong.status}`);
      holds(wrong.text === unknown.text, 'the two bodies differ');
    },
  },
  {
    promise,
    name: 'who is asked for their consent is signed out until they agree',
    // Takes back what one of them has agreed to, and agrees to it again.
    needs: ['person', 'write'],
    async run({ people }) {
      const person = people.at(-1) as LivePortal['people'][number];
      const { backend, email, password } = person;
      if ((await backend.consent()) === null) throw new Skipped('nobody has been asked for their consent');
      await backend.withdrawConsent();
      try {
        equal((await backend.session()).contact, null, 'contact after taking the consent back');
        const { contact, pending } = await backend.signIn({ method: 'password', email, password });
        if (contact && !pending) throw new Skipped('the portal asks for no consent any more');
        equal(contact, null, 'contact before agreeing');
        equal(pending?.method, 'consent', 'what is asked');
        holds((await backend.consent())?.text.trim() !== '', 'the text to agree to has words');
        equal(await refusalOf(backend.listTickets({})), 'unauthenticated', 'the list before agreeing');
      } finally {
        await signIn(backend, person);
      }
      equal((await backend.session()).contact?.email.toLowerCase(), email.trim().toLowerCase(), 'who has agreed');
    },
  },
  {
    promise,
    name: 'each person is who they signed in as, at the end as at the beginning',
    needs: ['person'],
    async run({ people }) {
      for (const { email, backend } of people) {
        const { contact } = await backend.session();
        equal(contact?.email.toLowerCase(), email.trim().toLowerCase(), 'who is signed in');
      }
    },
  },
  {
    promise,
    name: 'a ticket that exists is as closed to who is signed out as one that does not',
    needs: ['person'],
    async run(portal) {
      const { backend } = portal.visitor();
      const [ticket] = first(portal).tickets;
      if (!ticket) throw new Skipped('the first person sees no ticket');
      for (const call of [() => backend.getTicket(ticket.id), () => backend.listMessages(ticket.id)]) {
        equal(await refusalOf(call()), 'unauthenticated', `ticket ${ticket.number}`);
      }
    },
  },
];
