import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { asking, bilingual, setup } from '../../src/testing/setup/setup-answers.js';
import { all, button, field, focused, heard, part, text, type, until } from '../elements/screen.js';
import { at, keeping } from './setup-page.js';

const press = async (name: string) => (await button(name)).click();
const choose = async (label: string, value: string) => {
  const select = await field(label);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
};
/** Labels of the form as customers see it. */
const asked = () =>
  all('label')
    .filter((label) => (label.getRootNode() as ShadowRoot).host?.localName === 'support-form')
    .map(({ textContent }) => textContent.trim());

describe('the support form of a portal', () => {
  beforeEach(() => sessionStorage.clear());

  it('is made, asked of customers as it is made, and saved', async () => {
    const { changes, answers } = keeping(bilingual);
    at('/help/form', answers);
    await until(() => asked().length === 2);
    await press('Add a form');
    type(await field('What it is about (English)'), 'Something is broken');
    type(await field('What it is about (Polski)'), 'Coś nie działa');
    await press('Product');
    await press('Serial number');
    await until(() => asked().includes('Product (optional)'));
    (await button('Move Serial number up')).click();
    const ticks = () => all('input[type=checkbox]');
    await until(() => ticks()[0]?.ariaLabel === 'Serial number is required');
    ticks()[0]?.click();
    await until(() => asked().includes('Serial number'));
    expect(asked()).to.deep.equal(['Subject', 'How can we help?', 'Serial number', 'Product (optional)']);
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.forms).to.deep.equal([
      {
        id: 'form-1',
        label: { en: 'Something is broken', pl: 'Coś nie działa' },
        fields: [
          { property: 'serial', required: true },
          { property: 'product', required: false },
        ],
      },
    ]);
  });

  it('is shown in each language of the portal', async () => {
    at('/help/form', keeping(asking).answers);
    await until(() => asked()[0] === 'What is it about?');
    await choose('Language of the preview', 'pl');
    await until(() => asked()[0] === 'Czego to dotyczy?');
    await choose('Czego to dotyczy?', 'fault');
    await until(() => asked().includes('Produkt'));
  });

  it('can be tried, and sends nothing', async () => {
    at('/help/form', keeping({ ...asking, forms: asking.forms.slice(1) }).answers);
    const created = heard('portal-ticket-created');
    type(await field('Subject'), 'The hub is silent');
    type(await field('How can we help?'), 'Since Monday.');
    await press('Send');
    await text('Thank you. Your ticket is #1042.');
    expect(created).to.deep.equal([]);
    // The step around it was not sent either.
    expect(all('[part=saved]').map(({ textContent }) => textContent)).to.deep.equal(['']);
  });

  it('changes the order of forms, and removes one', async () => {
    const { changes, answers } = keeping(asking);
    at('/help/form', answers);
    await press('Move A question up');
    await press('Remove Something does not work');
    await until(() => focused()?.textContent === 'Add another form');
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.forms?.map(({ id }) => id)).to.deep.equal(['question']);
  });

  it('needs its words in each language of the portal', async () => {
    const { changes, answers } = keeping(bilingual);
    at('/help/form', answers);
    await press('Add a form');
    type(await field('What it is about (English)'), 'Something is broken');
    await press('Save');
    await text('This text is missing for customers who read Polski.');
    expect(focused()).to.equal(await field('What it is about (Polski)'));
    expect(changes).to.deep.equal([]);
  });

  it('says at the fields of the form what the server refuses', async () => {
    const fields = [{ path: 'forms.0.fields.1.property', code: 'unknown' }];
    const updatePortal = () => Promise.reject(new BackendError('invalid', undefined, { fields }));
    at('/help/form', { ...keeping(asking).answers, updatePortal });
    await press('Save');
    await text('This cannot be saved so. Please check it.');
    await until(() => focused()?.matches('fieldset'));
  });

  it('says where to define what can be asked, and what a help desk does not keep', async () => {
    const desk = { kind: 'rt', keepsProperties: false };
    at('/help/form', {
      ...keeping({ ...bilingual, propertyDefinitions: [] }).answers,
      setup: async () => ({ ...setup, desk }),
    });
    await press('Add a form');
    expect((await part('notice')).textContent).to.contain('keeps no such fields');
    const link = all('a[href]').find((one) => one.closest('[part=group]')) as HTMLAnchorElement;
    expect(link.getAttribute('href')).to.equal('#/help/properties');
  });
});
