import { equal, fails } from '../check.js';
import type { ConformanceCase, ConformanceWorld } from '../world.js';

const text = { en: 'We keep what you write.\n\nFor a year.', pl: 'Przechowujemy, co napiszesz.' };

const passwordOf = (world: ConformanceWorld, person: string) =>
  ({ method: 'password', email: `${person}@example.com`, password: world.seed.password }) as const;

const agreed = { method: 'consent', version: 1, locale: 'en' } as const;

const cases: readonly Omit<ConformanceCase, 'consent' | 'needs'>[] = [
  {
    name: 'starts no session before who signs in has agreed, and starts it then',
    async run(world) {
      const visitor = await world.visitor();
      const { contact, draftKey, pending } = await visitor.signIn(passwordOf(world, 'bob'));
      equal([contact, draftKey, pending?.method], [null, null, 'consent'], 'answer to the password');
      equal((await visitor.session()).pending?.method, 'consent', 'pending after a reload');
      await fails(visitor.listTickets(), 'unauthenticated');
      const session = await visitor.signIn(agreed);
      equal(session.contact?.name, 'Bob', 'who is signed in');
      equal((await visitor.session()).pending, undefined, 'pending once it is given');
      await visitor.listTickets();
    },
  },
  {
    name: 'shows what is to be agreed to in the language that is asked for, and later what was',
    async run(world) {
      const visitor = await world.visitor('bob');
      const asked = { version: 1, givenAt: null };
      equal(await visitor.consent({ locale: 'pl' }), { ...asked, locale: 'pl', text: text.pl }, 'Polish');
      equal(await visitor.consent({ locale: 'tlh' }), { ...asked, locale: 'en', text: text.en }, 'Klingon');
      await visitor.signIn({ ...agreed, locale: 'pl' });
      const given = await visitor.consent({ locale: 'en' });
      equal([given?.version, given?.locale, given?.text], [1, 'pl', text.pl], 'what was agreed to');
      equal(Number.isNaN(Date.parse(given?.givenAt ?? '')), false, 'when it was agreed to');
    },
  },
  {
    name: 'lets nobody agree who was not asked, and to no other version',
    async run(world) {
      const stranger = await world.visitor();
      await fails(stranger.signIn(agreed), 'unauthenticated');
      await fails(stranger.consent(), 'unauthenticated');
      const visitor = await world.visitor('bob');
      await fails(visitor.signIn({ ...agreed, version: 7 }), 'conflict');
      equal((await visitor.session()).pending?.method, 'consent', 'pending after it');
    },
  },
  {
    name: 'asks a contact once, on whatever device, and again after they have withdrawn',
    async run(world) {
      const visitor = await world.visitor('bob');
      await visitor.signIn(agreed);
      const other = await world.visitor();
      equal((await other.signIn(passwordOf(world, 'bob'))).contact?.name, 'Bob', 'second device');
      await visitor.withdrawConsent();
      equal((await visitor.session()).contact, null, 'session after it');
      const again = await (await world.visitor()).signIn(passwordOf(world, 'bob'));
      equal(again.pending?.method, 'consent', 'next sign-in');
    },
  },
  {
    name: 'forgets who was asked and does not agree',
    async run(world) {
      const visitor = await world.visitor('bob');
      await visitor.signOut();
      equal(await visitor.session(), { contact: null, permission: null, expiresAt: null, draftKey: null }, 'session');
      await fails(visitor.signIn(agreed), 'unauthenticated');
    },
  },
];

export const consentCases: readonly ConformanceCase[] = cases.map((one) => ({
  ...one,
  consent: text,
  needs: ['signIn', 'signOut', 'consent', 'withdrawConsent'],
}));
