import type { NewTicket } from '../../../model/index.js';
import type { WorldForm } from '../../../world/world.js';
import { equal, fails } from '../check.js';
import type { ConformanceCase, Visitor } from '../world.js';
import { key } from './asking.js';

const text = { subject: 'The hub is offline', message: 'Since this morning.' };

/** One that asks for something, and one that asks for nothing. */
const broken: WorldForm = {
  id: 'broken',
  label: { en: 'Something is broken', pl: 'Coś nie działa' },
  fields: [
    { property: 'product', required: true },
    { property: 'units', required: false },
  ],
};
const question: WorldForm = { id: 'question', label: { en: 'A question', pl: 'Pytanie' }, fields: [] };

const send = (visitor: Visitor, input: Partial<NewTicket>) =>
  visitor.createTicket({ ...text, ...input }, { idempotencyKey: key() });

/** What an `invalid` says, as `path: code`. */
const faults = async (call: Promise<unknown>) =>
  (await fails(call, 'invalid')).fields?.map(({ path, code }) => `${path}: ${code}`);

const subjects = async (visitor: Visitor) =>
  (await visitor.listTickets()).items.filter(({ subject }) => subject === text.subject).length;

export const formCases: readonly ConformanceCase[] = [
  {
    name: 'has the form of every portal where its owner has made none',
    async run(world) {
      const alice = await world.visitor('alice');
      const { forms } = await alice.portal();
      equal(
        forms.map(({ id, properties }) => [id, properties]),
        [['support', []]],
        'the forms',
      );
      equal((await send(alice, { form: 'support' })).properties, {}, 'a ticket by it');
      equal(await faults(send(alice, { form: 'broken' })), ['form: unknown'], 'another one');
    },
  },
  {
    name: 'describes the forms of its owner in the language asked for',
    forms: [broken, question],
    async run(world) {
      const visitor = await world.visitor();
      for (const locale of ['en', 'pl'] as const) {
        const { forms } = await visitor.portal({ locale });
        const expected = [broken, question].map(({ id, label, fields }) => ({
          id,
          label: label[locale],
          properties: fields.map(({ property, required }) => ({ name: property, required })),
        }));
        equal(
          forms.map(({ id, label, properties }) => ({ id, label, properties })),
          expected,
          `forms in ${locale}`,
        );
        const always = forms.map(({ fields }) => fields.map(({ name, required }) => [name, required]));
        const subjectAndMessage = [
          ['subject', true],
          ['message', true],
        ];
        equal(always, [subjectAndMessage, subjectAndMessage], 'what each of them asks for');
      }
    },
  },
  {
    name: 'requires what the form requires, named or the only one, and keeps nothing without it',
    forms: [broken],
    async run(world) {
      const alice = await world.visitor('alice');
      const missing = ['properties.product: missing'];
      equal(await faults(send(alice, {})), missing, 'the only form, not named');
      equal(await faults(send(alice, { form: 'broken', properties: { units: '2' } })), missing, 'named');
      equal(await faults(send(alice, { properties: { product: ' ' } })), missing, 'a blank is nothing');
      equal(await subjects(alice), 0, 'nothing is kept');
      const ticket = await send(alice, { properties: { product: 'hub', units: ' 2 ', serial: ' ' } });
      equal(ticket.properties, { product: 'hub', units: '2' }, 'without blanks around');
    },
  },
  {
    name: 'requires of a ticket only what its own form requires',
    forms: [broken, question],
    async run(world) {
      const alice = await world.visitor('alice');
      equal((await send(alice, { form: 'question' })).properties, {}, 'the form that asks for nothing');
      equal(await faults(send(alice, { form: 'broken' })), ['properties.product: missing'], 'the other one');
      equal(await faults(send(alice, {})), ['form: missing'], 'neither is named');
      equal(await faults(send(alice, { form: 'constructor' })), ['form: unknown'], 'one that there is not');
      const properties = { serial: 'TF-7' };
      equal((await send(alice, { form: 'question', properties })).properties, properties, 'what no form asks for');
    },
  },
  {
    name: 'opens no ticket with a property that is not of its type',
    async run(world) {
      const alice = await world.visitor('alice');
      const wrong: readonly (readonly [name: string, value: string, code: string])[] = [
        ['product', 'toaster', 'invalid_value'],
        ['urgent', 'yes', 'invalid_value'],
        ['units', 'four', 'invalid_format'],
        ['installed', '2026-02-30', 'invalid_format'],
        ['articleUrl', 'javascript:alert(1)', 'invalid_url'],
        ['batch', '8', 'unknown'],
        ['constructor', 'x', 'unknown'],
      ];
      for (const [name, value, code] of wrong) {
        const properties = { serial: 'TF-7', [name]: value };
        equal(await faults(send(alice, { properties })), [`properties.${name}: ${code}`], `${name} ${value}`);
      }
      equal(await subjects(alice), 0, 'nothing is kept');
    },
  },
];
