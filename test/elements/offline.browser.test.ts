import { expect } from '@open-wc/testing';
import { createStore as openKept, keys } from 'idb-keyval';

import { createMemoryBackend, createStore } from '../../src/backend/memory/memory-backend.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { keepAnswer } from '../../src/controllers/kept-answers.js';
import { signOut } from '../../src/controllers/sign-out.js';
import { PortalClient } from '../../src/controllers/portal-client.js';
import { define } from '../../src/define.js';
import { withFaults } from '../../src/testing/scenarios/faulty.js';
import type { ScenarioFault } from '../../src/testing/scenarios/index.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { publicIdOf } from '../../src/world/public-id.js';
import { all, button, cleanups, heading, link, show, until } from './screen.js';

define();

const reads = ['listTickets', 'getTicket', 'listMessages'] as const;
const ticketId = publicIdOf('ticket', 't-1058');
const subject = 'Hub on the 3rd floor drops offline every night';
const store = createStore({ world: demoWorld });

/** A visitor whose portal can be out of reach. */
async function open(contact: string) {
  const plain = createMemoryBackend({ store });
  const email = demoWorld.contacts.find(({ id }) => id === contact)?.email ?? '';
  await plain.signIn({ method: 'password', email, password: demoWorld.password });
  const faults = new Map<string, ScenarioFault>();
  const backend = withFaults(plain, faults);
  cleanups.push(() => signOut(PortalClient.of(backend)));
  const reach = (isThere: boolean) => {
    for (const call of reads) {
      if (isThere) faults.delete(call);
      else faults.set(call, { call, with: 'offline' });
    }
  };
  return { backend, reach };
}

/** Of a contact: other pages of the same browser keep theirs beside it. */
async function keptIn(scope: string | null): Promise<string[]> {
  const all = await keys<string>(openKept('portico', 'kept'));
  return all.filter((key) => scope !== null && key.startsWith(scope));
}
const keptOf = (backend: PortalBackend) => keptIn(PortalClient.of(backend).draftScope);
const asOf = () => all('[part=as-of]')[0]?.textContent;

describe('without a connection', () => {
  it('the list that was read last stays readable, says of when it is, and is as now when the portal is back', async () => {
    const { backend, reach } = await open('alice');
    const first = show('ticket-list', { backend });
    await link(subject);
    await until(async () => (await keptOf(backend)).length > 0, 'nothing is kept');
    first.remove();
    reach(false);
    show('ticket-list', { backend });
    await link(subject);
    expect(asOf()).to.match(/^As of .+, kept on this device\.$/);
    reach(true);
    (await button('Try again')).click();
    await until(() => asOf() === undefined, 'it stays old');
  });

  it('so does a ticket with its thread', async () => {
    const { backend, reach } = await open('alice');
    const first = show('ticket-detail', { backend, ticketId });
    await heading(subject);
    await until(() => all('[part~=message]').length > 1, 'no thread');
    const before = all('[part~=message]').length;
    await until(async () => (await keptOf(backend)).length > 1, 'nothing is kept');
    first.remove();
    reach(false);
    show('ticket-detail', { backend, ticketId });
    await heading(subject);
    expect(all('[part~=message]').length).to.equal(before);
    expect(asOf()).to.match(/kept on this device/);
  });

  it('the next contact of the same browser reads none of it, and who signs out leaves none of it', async () => {
    const { backend } = await open('alice');
    show('ticket-detail', { backend, ticketId }).remove();
    show('ticket-detail', { backend, ticketId });
    await until(async () => (await keptOf(backend)).length > 1, 'nothing is kept');
    const bob = await open('bob');
    bob.reach(false);
    const theirs = show('ticket-detail', { backend: bob.backend, ticketId });
    await until(() => theirs.dataset['state'] === 'failed', 'it shows something');
    theirs.remove();
    const { draftScope } = PortalClient.of(backend);
    await signOut(PortalClient.of(backend));
    expect(await keptIn(draftScope)).to.deep.equal([]);
  });

  it('nothing is left either of what was on its way into the storage', async () => {
    const { backend } = await open('alice');
    show('ticket-list', { backend });
    await until(async () => (await keptOf(backend)).length > 0, 'nothing is kept');
    const client = PortalClient.of(backend);
    const { draftScope } = client;
    const late = keepAnswer(client, 'late', 'x'.repeat(500_000));
    await signOut(client);
    await late;
    expect(await keptIn(draftScope)).to.deep.equal([]);
  });
});
