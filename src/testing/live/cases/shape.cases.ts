import {
  countsSchema,
  messagePageSchema,
  portalSchema,
  sessionSchema,
  ticketDetailSchema,
  ticketPageSchema,
} from '../../../wire/index.js';
import { absentId, readAs, refuses, sample } from '../compare.js';
import { promises, Skipped, type LiveCase } from '../live-case.js';

const promise = promises.shape;

export const shapeCases: readonly LiveCase[] = [
  {
    promise,
    name: 'portal and session answer without a session',
    async run(portal) {
      const visitor = portal.visitor();
      readAs(portalSchema, await visitor.ask('/portal'), 'portal');
      readAs(sessionSchema, await visitor.ask('/session'), 'session, signed out');
    },
  },
  {
    promise,
    name: 'the session of each person',
    needs: ['person'],
    async run({ people }) {
      for (const { email, ask } of people) readAs(sessionSchema, await ask('/session'), `session of ${email}`);
    },
  },
  {
    promise,
    name: 'lists, tickets and threads hold nothing internal',
    needs: ['person'],
    async run({ people }) {
      for (const { email, ask, tickets } of people) {
        readAs(ticketPageSchema, await ask('/tickets?limit=100'), `list of ${email}`);
        for (const { id, number } of sample(tickets, 20)) {
          readAs(ticketDetailSchema, await ask(`/tickets/${id}`), `ticket ${number} for ${email}`);
          readAs(messagePageSchema, await ask(`/tickets/${id}/messages?limit=100`), `thread ${number} for ${email}`);
        }
      }
    },
  },
  {
    promise,
    name: 'counts, where there are counts',
    needs: ['person'],
    async run({ people }) {
      for (const { email, ask } of people) {
        const answer = await ask('/counts');
        if (answer.status === 404) throw new Skipped('this server has no counts');
        readAs(countsSchema, answer, `counts of ${email}`);
      }
    },
  },
  {
    promise,
    name: 'a refusal is a problem document with its code',
    async run(portal) {
      const [visitor, person] = [portal.visitor(), portal.people[0]];
      refuses(await visitor.ask('/tickets'), 401, 'unauthenticated', 'a list, signed out');
      refuses(await visitor.ask('/portal?surprise=1'), 400, 'invalid', 'a parameter that does not exist');
      const send = (body: string, type = 'application/json') =>
        visitor.ask('/session', { method: 'POST', body, headers: { 'content-type': type } });
      refuses(await send('{"method":'), 400, 'invalid', 'malformed JSON');
      refuses(
        await send('{"method":"password","email":"a","password":"b","as":"staff"}'),
        400,
        'invalid',
        'a key more',
      );
      refuses(await send('method=password', 'text/plain'), 415, 'unsupported-type', 'a body of another type');
      if (person) refuses(await person.ask(`/tickets/${absentId}`), 404, 'not-found', 'a ticket that does not exist');
    },
  },
];
