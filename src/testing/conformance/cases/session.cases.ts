import { equal, fails, holds } from '../check.js';
import type { ConformanceCase, ConformanceWorld, PersonName } from '../world.js';
import { statusOf, ticketId } from './asking.js';

const passwordOf = (world: ConformanceWorld, person: string, password = world.seed.password) =>
  ({ method: 'password', email: `${person}@example.com`, password }) as const;

const signedOut = { contact: null, permission: null, expiresAt: null, draftKey: null };

const mayNotEnter = (person: PersonName, who: string): ConformanceCase => ({
  name: `${who} signs in no more than a stranger`,
  needs: ['signIn'],
  async run(world) {
    const visitor = await world.visitor();
    await fails(visitor.signIn(passwordOf(world, person)), 'unauthenticated');
    equal(await visitor.session(), signedOut, 'session after it');
  },
});

export const sessionCases: readonly ConformanceCase[] = [
  {
    name: 'says that nobody is signed in, without an error',
    async run(world) {
      const visitor = await world.visitor();
      equal(await visitor.session(), signedOut, 'session');
    },
  },
  {
    name: 'shows the portal before anybody signs in',
    async run(world) {
      const portal = await (await world.visitor()).portal();
      const statuses = world.seed.statuses.map(({ id, category, label }) => ({ id, category, label: label.en }));
      equal(portal.name, world.seed.portal.name, 'name');
      equal(portal.statuses, statuses, 'statuses');
    },
  },
  {
    name: 'labels in the language that is asked for, else in the portal’s own',
    async run(world) {
      const visitor = await world.visitor('alice');
      const labels = world.seed.statuses.map(({ label }) => label);
      const inPolish = await visitor.portal({ locale: 'pl-PL' });
      const inKlingon = await visitor.portal({ locale: 'tlh' });
      equal(
        inPolish.statuses.map(({ label }) => label),
        labels.map(({ pl }) => pl),
        'Polish',
      );
      equal(
        inKlingon.statuses.map(({ label }) => label),
        labels.map(({ en }) => en),
        'a language it does not speak',
      );
      const ticket = await visitor.getTicket(await ticketId(world, 2), { locale: 'pl' });
      equal(ticket.status.label, statusOf(world, 2).label.pl, 'status of a ticket');
    },
  },
  {
    name: 'names no feature that it has no method for',
    async run(world) {
      const visitor = await world.visitor();
      const { features } = await visitor.portal();
      const missing = features.filter((name) => !(name in visitor));
      equal(missing, [], 'features without a method');
    },
  },
  {
    name: 'signs in, keeps the session and signs out',
    needs: ['signIn', 'signOut'],
    async run(world) {
      const visitor = await world.visitor();
      const session = await visitor.signIn(passwordOf(world, 'bob'));
      const { contact, permission, draftKey } = session;
      equal(
        contact && { name: contact.name, email: contact.email, locale: contact.locale, company: contact.company?.name },
        { name: 'Bob', email: 'bob@example.com', locale: 'en', company: 'Acme' },
        'contact',
      );
      equal(permission, 'company', 'permission of a manager');
      holds(
        draftKey === null || /^[A-Za-z0-9_-]{43}$/.test(draftKey),
        'the draft key is 256 bits in base64url, or absent',
      );
      const restored = await visitor.session();
      equal({ ...restored, expiresAt: null }, { ...session, expiresAt: null }, 'the session asked again');
      await visitor.signOut();
      const { draftKey: nextTime } = await visitor.signIn(passwordOf(world, 'bob'));
      equal(nextTime, draftKey, 'the draft key of the same contact, the next time');
      await visitor.signOut();
      const { draftKey: ofAnother } = await visitor.signIn(passwordOf(world, 'alice'));
      holds(draftKey === null || ofAnother !== draftKey, 'the draft key is of one contact alone');
      await visitor.signOut();
      equal(await visitor.session(), signedOut, 'session after signing out');
      await fails(visitor.listTickets(), 'unauthenticated', 'session-expired');
    },
  },
  {
    name: 'takes the address in any letter case and with blanks around it',
    needs: ['signIn'],
    async run(world) {
      const visitor = await world.visitor();
      const { contact } = await visitor.signIn({ ...passwordOf(world, 'alice'), email: ' Alice@Example.COM ' });
      equal(contact?.email, 'alice@example.com', 'who is signed in');
    },
  },
  {
    name: 'answers a wrong password exactly like an unknown address',
    needs: ['signIn'],
    async run(world) {
      const visitor = await world.visitor();
      const wrong = await fails(visitor.signIn(passwordOf(world, 'alice', 'not-this-one')), 'unauthenticated');
      const unknown = await fails(visitor.signIn(passwordOf(world, 'nobody')), 'unauthenticated');
      equal([unknown.message, unknown.fields], [wrong.message, wrong.fields], 'message and fields');
      equal(await visitor.session(), signedOut, 'session after both');
    },
  },
  mayNotEnter('frank', 'a contact who was disabled'),
  mayNotEnter('grace', 'a contact whose address is not verified'),
  mayNotEnter('heidi', 'a contact outside the access groups'),
  {
    name: 'lets nobody in without an address or a password',
    needs: ['signIn'],
    async run(world) {
      const visitor = await world.visitor();
      await fails(visitor.signIn({ ...passwordOf(world, 'alice'), email: '' }), 'invalid', 'unauthenticated');
      await fails(visitor.signIn(passwordOf(world, 'alice', '')), 'invalid', 'unauthenticated');
      equal(await visitor.session(), signedOut, 'session after both');
    },
  },
  {
    name: 'keeps two visitors apart',
    needs: ['signIn', 'signOut'],
    async run(world) {
      const [alice, carol] = [await world.visitor('alice'), await world.visitor('carol')];
      equal((await alice.session()).contact?.name, 'Alice', 'the first visitor');
      equal((await carol.session()).contact?.name, 'Carol', 'the second visitor');
      await alice.signOut();
      equal((await carol.session()).contact?.name, 'Carol', 'the second visitor after the first signed out');
    },
  },
  {
    name: 'ends the other sessions of a contact, and says so there',
    needs: ['signIn', 'signOut', 'sessions'],
    async run(world) {
      const [here, there, bob] = [
        await world.visitor('alice'),
        await world.visitor('alice'),
        await world.visitor('bob'),
      ];
      await here.signOut('others');
      equal((await here.session()).contact?.name, 'Alice', 'the session that asked');
      await fails(there.listTickets(), 'session-expired');
      equal(await there.session(), signedOut, 'the ended session');
      equal((await bob.session()).contact?.name, 'Bob', 'another contact’s session');
    },
  },
  {
    name: 'ends all sessions of a contact',
    needs: ['signIn', 'signOut', 'sessions'],
    async run(world) {
      const [here, there] = [await world.visitor('alice'), await world.visitor('alice')];
      await here.signOut('all');
      equal(await here.session(), signedOut, 'the session that asked');
      equal(await there.session(), signedOut, 'the other session');
    },
  },
  {
    name: 'answers nothing but session and portal to a visitor who is signed out',
    needs: ['signIn', 'createTicket', 'reply', 'markRead', 'download'],
    async run(world) {
      const visitor = await world.visitor();
      const ticket = await ticketId(world, 1);
      const file = await world.idOf('file', world.seed.tickets[0]?.messages[1]?.attachments?.[0]?.id ?? '');
      const write = { idempotencyKey: crypto.randomUUID() };
      await fails(visitor.listTickets(), 'unauthenticated');
      await fails(visitor.getTicket(ticket), 'unauthenticated');
      await fails(visitor.listMessages(ticket), 'unauthenticated');
      await fails(visitor.createTicket({ subject: 'Hello', message: 'Hello' }, write), 'unauthenticated');
      await fails(visitor.reply(ticket, { body: 'Hello' }, write), 'unauthenticated');
      await fails(visitor.markRead(ticket), 'unauthenticated');
      await fails(visitor.download(file), 'unauthenticated');
    },
  },
];
