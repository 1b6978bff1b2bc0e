import type { World, WorldContact } from './world.js';

/**
 * Everybody in the demo world. Tarnfield makes thermostats, radiator valves and hubs that report to its web console and
 * app; Acme (offices and warehouses) and Globex (hotels and shops) are two of its customers.
 */
export const companies: World['companies'] = [
  { id: 'acme', name: 'Acme' },
  { id: 'globex', name: 'Globex' },
];

/** Who answers, and the owner. The first is who answers on the demo's support page. */
export const staff: World['staff'] = [
  { id: 'mia', name: 'Mia Lindqvist' },
  { id: 'tomasz', name: 'Tomasz Wolski' },
  { id: 'noor', name: 'Noor Haddad' },
  { id: 'ada', name: 'Ada Tarn', email: 'owner@tarnfield.example' },
];

type Details = Partial<Pick<WorldContact, 'locale' | 'properties' | 'enabled' | 'verified' | 'hint'>>;

/** The first company is the primary one. */
const contact = (
  id: string,
  name: string,
  email: string,
  companies: string[],
  details: Details = {},
): WorldContact => ({
  id,
  name,
  email,
  companies,
  primaryCompany: companies[0] ?? null,
  locale: 'en',
  properties: {},
  enabled: true,
  verified: true,
  hint: { en: 'cannot sign in here', pl: 'nie może się tu zalogować' },
  ...details,
});

/** The five who may sign in; the order is that of the demo's buttons. */
const members: readonly WorldContact[] = [
  contact('alice', 'Alice Moreau', 'alice@acme.example', ['acme'], {
    hint: { en: 'no role: sees only her own 9', pl: 'bez roli: widzi tylko swoje 9 zgłoszeń' },
  }),
  contact('bob', 'Bob Fraser', 'bob@acme.example', ['acme'], {
    properties: { role: 'manager' },
    hint: { en: 'manager: sees all 24 of Acme', pl: 'kierownik: widzi wszystkie 24 zgłoszenia firmy Acme' },
  }),
  contact('carol', 'Carol Zielińska', 'carol@globex.example', ['globex'], {
    locale: 'pl',
    properties: { role: 'manager' },
    hint: { en: 'manager: sees all 31 of Globex', pl: 'kierowniczka: widzi wszystkie 31 zgłoszeń firmy Globex' },
  }),
  contact('dave', 'Dave Turner', 'dave@example.com', [], {
    hint: {
      en: 'no company: his own, and one of Acme that he takes part in',
      pl: 'bez firmy: swoje oraz jedno firmy Acme, w którym uczestniczy',
    },
  }),
  contact('erin', 'Erin O’Brien', 'erin@acme.example', ['globex', 'acme'], {
    hint: { en: 'Globex first, Acme too: her own of both', pl: 'głównie Globex, także Acme: swoje z obu firm' },
  }),
];

export const accessGroup: World['accessGroup'] = { name: 'Customers', members: members.map(({ id }) => id) };

export const contacts: readonly WorldContact[] = [
  ...members,
  contact('priya', 'Priya Raman', 'priya@acme.example', ['acme']),
  contact('liam', 'Liam Okafor', 'liam@acme.example', ['acme']),
  contact('marek', 'Marek Wójcik', 'marek@acme.example', ['acme'], { locale: 'pl' }),
  contact('yael', 'Yael Cohen', 'yael@acme.example', ['acme']),
  contact('greg', 'Greg Hale', 'greg@acme.example', ['acme'], { enabled: false }),
  contact('jakub', 'Jakub Nowak', 'jakub@globex.example', ['globex'], { locale: 'pl' }),
  contact('zofia', 'Zofia Lewandowska', 'zofia@globex.example', ['globex'], { locale: 'pl' }),
  contact('diego', 'Diego Álvarez', 'diego@globex.example', ['globex']),
  contact('sara', 'Sara Lindholm', 'sara@globex.example', ['globex'], { verified: false }),
  contact('nina', 'Nina Petrov', 'nina@example.com', []),
  contact('piotr', 'Piotr Mazur', 'piotr@example.com', [], { locale: 'pl' }),
];
