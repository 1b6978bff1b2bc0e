import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { WriteOptions } from '../../src/backend/portal-backend.js';
import { draftPlace } from '../../src/controllers/draft-controller.js';
import { Outbox } from '../../src/controllers/outbox.js';
import { PortalClient } from '../../src/controllers/portal-client.js';
import type { ErrorCode, Message, Session } from '../../src/model/index.js';
import {
  type Draft,
  forgetDrafts,
  readDraft,
  saveDraft,
  type Sending,
  writeDrafts,
} from '../../src/storage/draft-store.js';
import { deferred } from '../support/deferred.js';
import { draftKeyOf } from '../support/draft-key.js';
import { alice, fakeBackend, messageOf, sessionOf, ticketOf } from '../elements/fake-backend.js';
import { until } from '../elements/screen.js';

const session: Session = { ...sessionOf(alice), draftKey: draftKeyOf(1) };
/** Where Alice has written on an earlier page. */
const place = { scope: `help:${alice.id}:`, draftKey: draftKeyOf(1), name: 'ticket:t1' };

const given = (body: string, sending: Partial<Sending> = {}): Draft => ({
  values: { body },
  idempotencyKey: crypto.randomUUID(),
  sending: { at: new Date().toISOString(), locale: 'en', ticketId: 't1', input: { body }, ...sending },
});

/** A client whose backend fails with these, one after the other, and then takes what it is given. */
async function clientFailing(codes: readonly (ErrorCode | BackendError)[]) {
  const sent: [body: string, key: string][] = [];
  const failures = [...codes];
  const reply = async (_id: string, { body }: { body: string }, { idempotencyKey }: WriteOptions): Promise<Message> => {
    sent.push([body, idempotencyKey]);
    const failure = failures.shift();
    if (failure) throw failure instanceof BackendError ? failure : new BackendError(failure);
    return messageOf({ id: 'm2', text: body });
  };
  const client = PortalClient.of(fakeBackend({ session: async () => session, reply }));
  await client.load();
  const place = draftPlace(client, 'ticket:t1')!;
  return { client, place, sent, outbox: Outbox.of(client) };
}

describe('the outbox', () => {
  afterEach(() => forgetDrafts('help:'));

  it('writes down what it sends, and forgets it when it has arrived', async () => {
    const answer = deferred<Message>();
    const client = PortalClient.of(fakeBackend({ session: async () => session, reply: () => answer.promise }));
    await client.load();
    const place = draftPlace(client, 'ticket:t1')!;
    const draft = given('Hello');
    const arriving = Outbox.of(client).send(place, draft);
    await writeDrafts();
    expect(await readDraft(place)).to.deep.equal(draft);
    answer.resolve(messageOf({ id: 'm2' }));
    expect((await arriving).id).to.equal('m2');
    expect(await readDraft(place)).to.equal(undefined);
  });

  it('tries again under the same key while nobody has said no', async () => {
    const { outbox, place, sent } = await clientFailing(['timeout', 'unavailable', 'offline']);
    await outbox.send(place, given('Hello'));
    expect(sent.length).to.equal(4);
    expect(new Set(sent.map(([, key]) => key)).size).to.equal(1);
  });

  it('gives up after five times, and keeps it to be sent', async () => {
    const { outbox, place, sent } = await clientFailing(Array.from({ length: 9 }, () => 'timeout'));
    const draft = given('Hello');
    const error = await outbox.send(place, draft).catch((reason: unknown) => reason);
    expect((error as BackendError).code).to.equal('timeout');
    expect(sent.length).to.equal(5);
    expect(await readDraft(place)).to.deep.equal(draft);
  });

  it('does not ask before the server wants to be asked, and says so', async () => {
    const { outbox, place, sent } = await clientFailing([new BackendError('rate-limited', '', { retryAfter: 600 })]);
    const error = await outbox.send(place, given('Hello')).catch((reason: unknown) => reason);
    expect([(error as BackendError).retryAfter, sent.length]).to.deep.equal([600, 1]);
  });

  it('keeps the words of what was refused, and does not send them again by itself', async () => {
    const { outbox, place, sent } = await clientFailing(['invalid']);
    await outbox.send(place, given('Hello')).catch(() => {});
    const kept = await readDraft(place);
    expect([kept?.values.body, kept?.sending]).to.deep.equal(['Hello', undefined]);
    await outbox.goOn();
    expect(sent.length).to.equal(1);
  });

  it('sends the same thing once, however often it is asked to', async () => {
    const { outbox, place, sent } = await clientFailing([]);
    const draft = given('Hello');
    await Promise.all([outbox.send(place, draft), outbox.send(place, draft), outbox.goOn()]);
    expect(sent.length).to.equal(1);
  });

  it('sends what was on its way when an earlier page went, wherever the contact comes in', async () => {
    const draft = given('Hello');
    saveDraft(place, draft);
    saveDraft(
      { ...place, name: 'form:' },
      { values: { subject: 'Not given yet' }, idempotencyKey: crypto.randomUUID() },
    );
    await writeDrafts();
    const { sent } = await clientFailing([]);
    await until(() => sent.length === 1);
    expect(sent).to.deep.equal([['Hello', draft.idempotencyKey]]);
    await until(async () => (await readDraft(place)) === undefined);
    expect((await readDraft({ ...place, name: 'form:' }))?.values.subject).to.equal('Not given yet');
  });

  it('leaves what is written in the same place meanwhile', async () => {
    const answer = deferred<Message>();
    const client = PortalClient.of(fakeBackend({ session: async () => session, reply: () => answer.promise }));
    await client.load();
    const place = draftPlace(client, 'ticket:t1')!;
    const arriving = Outbox.of(client).send(place, given('Hello'));
    await writeDrafts();
    const next: Draft = { values: { body: 'In another tab' }, idempotencyKey: crypto.randomUUID() };
    saveDraft(place, next);
    answer.resolve(messageOf({ id: 'm2' }));
    await arriving;
    expect(await readDraft(place)).to.deep.equal(next);
  });

  it('sends a ticket as it was given', async () => {
    const { place } = await clientFailing([]);
    const input = { subject: 'Printer', message: 'It burns.', properties: { articleUrl: '/printers' } };
    const draft = given('', { ticketId: null, input });
    const made: unknown[] = [];
    const createTicket = async (ticket: unknown) => {
      made.push(ticket);
      return ticketOf();
    };
    const client = PortalClient.of(fakeBackend({ session: async () => session, createTicket }));
    await client.load();
    await Outbox.of(client).send({ ...place, name: 'form:/printers' }, draft);
    expect(made).to.deep.equal([input]);
  });

  it('sends nothing of long ago by itself', async () => {
    saveDraft(place, given('Hello', { at: new Date(Date.now() - 25 * 3_600_000).toISOString() }));
    await writeDrafts();
    const { outbox, sent } = await clientFailing([]);
    await outbox.goOn();
    expect(sent).to.deep.equal([]);
    expect((await readDraft(place))?.values.body).to.equal('Hello');
  });

  it('sends nobody’s words in the name of who has signed in meanwhile', async () => {
    let who = session;
    const sent: string[] = [];
    const reply = async (_id: string, { body }: { body: string }): Promise<Message> => {
      sent.push(body);
      who = { ...sessionOf({ id: 'bob', name: 'Bob Fraser' }), draftKey: draftKeyOf(2) };
      await client.load();
      throw new BackendError('timeout');
    };
    const client = PortalClient.of(fakeBackend({ session: async () => who, reply }));
    await client.load();
    const [place, outbox] = [draftPlace(client, 'ticket:t1')!, Outbox.of(client)];
    const draft = given('Of Alice');
    const arriving = outbox.send(place, draft).catch((reason: unknown) => reason);
    expect((await arriving) as BackendError).to.be.instanceOf(BackendError);
    await outbox.goOn();
    expect(sent.length).to.equal(1);
    expect(await readDraft(place), 'Alice finds it again').to.deep.equal(draft);
  });
});
