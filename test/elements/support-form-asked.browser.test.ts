import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineSupportForm } from '../../src/elements/support-form/define.js';
import type { NewTicket, Portal } from '../../src/model/index.js';
import { draftKeyOf } from '../support/draft-key.js';
import { alice, fakeBackend, portal, sessionOf, ticketOf } from './fake-backend.js';
import { alert, all, button, field, focused, heading, link, show, text, type, until } from './screen.js';

defineSupportForm();

const properties: Portal['properties'] = [
  {
    name: 'product',
    type: 'choice',
    label: 'Product',
    options: [
      { value: 'hub', label: 'Hub' },
      { value: 'dial', label: 'Dial' },
    ],
  },
  { name: 'serial', type: 'text', label: 'Serial number', options: null },
  { name: 'units', type: 'number', label: 'Units', options: null },
  { name: 'installed', type: 'date', label: 'Installed', options: null },
  { name: 'urgent', type: 'boolean', label: 'Urgent', options: null },
];
const fault = {
  id: 'fault',
  label: 'Something is broken',
  fields: [],
  properties: [
    { name: 'product', required: true },
    { name: 'units', required: false },
    { name: 'installed', required: false },
    { name: 'urgent', required: false },
  ],
};
const question = { id: 'question', label: 'A question', fields: [], properties: [] };

/** A portal with forms, and what was sent to it. */
function asking(forms: Portal['forms'], changes: Partial<PortalBackend> = {}) {
  const sent: NewTicket[] = [];
  const backend = fakeBackend({
    portal: async () => ({ ...portal, properties, forms }),
    createTicket: async (input) => {
      sent.push(input);
      return ticketOf();
    },
    ...changes,
  });
  return { sent, backend };
}

async function fill(): Promise<void> {
  type(await field('Subject'), 'The hub is silent');
  type(await field('How can we help?'), 'Since Monday.');
}

async function choose(label: string, value: string): Promise<void> {
  const select = await field(label);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
}

const labels = () => all('label').map(({ textContent }) => textContent.trim());
const send = async () => (await button('Send')).click();

describe('the owner’s fields of <support-form>', () => {
  it('stand below the message, each by its type, and are sent along', async () => {
    const { sent, backend } = asking([fault]);
    const form = show('support-form', { backend });
    await fill();
    expect(labels()).to.deep.equal([
      'Subject',
      'How can we help?',
      'Product',
      'Units (optional)',
      'Installed (optional)',
      'Urgent (optional)',
    ]);
    expect((await field('Product')).getAttribute('aria-required')).to.equal('true');
    expect((await field('Units (optional)')).hasAttribute('aria-required')).to.be.false;
    await expect(form).to.be.accessible();
    await choose('Product', 'hub');
    type(await field('Units (optional)'), '12');
    await choose('Urgent (optional)', 'false');
    await send();
    await heading('Thank you. Your ticket is #1042.');
    expect(sent[0]?.properties).to.deep.equal({ product: 'hub', units: '12', urgent: 'false' });
    expect(sent[0]).not.to.have.property('form');
  });

  it('say in the list of problems and at the field what is missing', async () => {
    const { sent, backend } = asking([fault]);
    const form = show('support-form', { backend });
    await fill();
    await send();
    await alert('There is a problem');
    (await link('Product: Fill this in.')).click();
    const product = await field('Product');
    expect(focused()).to.equal(product);
    expect(product.getAttribute('aria-invalid')).to.equal('true');
    await text('Fill this in.');
    expect(sent).to.deep.equal([]);
    await expect(form).to.be.accessible();
    await choose('Product', 'dial');
    await send();
    await heading('Thank you. Your ticket is #1042.');
  });

  it('say at the field what the server refuses', async () => {
    const fields = [
      { path: 'properties.units', code: 'invalid_format' },
      { path: 'properties.installed', code: 'invalid_format' },
    ];
    const { backend } = asking([fault], {
      createTicket: () => Promise.reject(new BackendError('invalid', undefined, { fields })),
    });
    show('support-form', { backend });
    await fill();
    await choose('Product', 'hub');
    await send();
    await link('Units: Enter a number of up to nine digits, such as 12 or 4.5.');
    await text('Enter a date that is in the calendar.');
    expect((await field('Units (optional)')).getAttribute('aria-describedby')).to.equal('detail-units-problem');
  });

  it('say so when a refused property is on no field', async () => {
    const fields = [{ path: 'properties.serial', code: 'missing' }];
    const { backend } = asking([fault], {
      createTicket: () => Promise.reject(new BackendError('invalid', undefined, { fields })),
    });
    show('support-form', { backend });
    await fill();
    await choose('Product', 'hub');
    await send();
    await alert('Not sent.');
  });

  it('belong to the form that is chosen at the top', async () => {
    const { sent, backend } = asking([fault, question]);
    const form = show('support-form', { backend });
    await fill();
    expect(labels()).to.deep.equal(['What is it about?', 'Subject', 'How can we help?']);
    await send();
    (await link('Choose what it is about.')).click();
    expect(focused()).to.equal(await field('What is it about?'));
    await choose('What is it about?', 'fault');
    await field('Product');
    await expect(form).to.be.accessible();
    await choose('What is it about?', 'question');
    await until(() => !labels().includes('Product'));
    await send();
    await heading('Thank you. Your ticket is #1042.');
    expect(sent).to.deep.equal([
      { subject: 'The hub is silent', message: 'Since Monday.', properties: {}, form: 'question' },
    ]);
  });

  it('keep what was typed for who comes back, and send none of another form’s', async () => {
    const session = async () => ({ ...sessionOf({ ...alice, id: crypto.randomUUID() }), draftKey: draftKeyOf(7) });
    const signedIn = await session();
    const { sent, backend } = asking([fault, question], { session: async () => signedIn });
    const first = show('support-form', { backend });
    await fill();
    await choose('What is it about?', 'fault');
    await choose('Product', 'dial');
    type(await field('Units (optional)'), '3');
    await until(async () => (await field('Units (optional)')).value === '3');
    first.remove();
    show('support-form', { backend });
    await until(async () => (await field('Units (optional)')).value === '3');
    expect((await field('Product')).value).to.equal('dial');
    await choose('What is it about?', 'question');
    await choose('What is it about?', 'fault');
    expect((await field('Product')).value).to.equal('dial');
    await send();
    await until(() => sent.length);
    expect(sent[0]).to.deep.include({ form: 'fault', properties: { product: 'dial', units: '3' } });
  });

  it('are none in a portal that has no forms of its own', async () => {
    const { sent, backend } = asking([{ ...question, id: 'support' }]);
    show('support-form', { backend });
    await fill();
    await send();
    await until(() => sent.length);
    expect(sent).to.deep.equal([{ subject: 'The hub is silent', message: 'Since Monday.', properties: {} }]);
  });
});
