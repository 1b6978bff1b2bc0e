import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { TicketListElement } from '../../src/elements/ticket-list/ticket-list-element.js';
import { bilingual } from '../../src/testing/setup/setup-answers.js';
import { all, button, field, focused, heard, link, text, type, until } from '../elements/screen.js';
import { at, keeping } from './setup-page.js';

const titles = () => all('[part~=entry-toggle]').map(({ textContent }) => textContent);
const list = () => all('ticket-list')[0] as TicketListElement | undefined;
/** Of the list, row after row, each with what its column is called. */
const cells = () =>
  [...(list()?.shadowRoot?.querySelectorAll('[part=row] [part~=cell-property]') ?? [])].map(({ textContent }) =>
    textContent.trim(),
  );
const columns = () =>
  cells()
    .slice(0, shown())
    .map((cell) => cell.split(': ')[0]);
const shown = () => list()?.columns.split(' ').length ?? 0;
const press = async (name: string) => (await button(name)).click();
const choose = async (label: string, value: string) => {
  const select = await field(label);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
};

describe('columns and properties of a portal', () => {
  it('are shown in their order, with the columns as customers see them', async () => {
    at('/help/properties', keeping(bilingual).answers);
    await until(() => columns().length === 3);
    expect(titles()).to.deep.equal(['Product', 'Serial number', 'Installed', 'articleUrl']);
    expect(columns()).to.deep.equal(['Product', 'Serial number', 'Installed']);
    await choose('Language of the preview', 'pl');
    await until(() => columns()[0] === 'Produkt');
    expect(cells().slice(0, 3)).to.deep.equal([
      'Produkt: Centrala',
      'Numer seryjny: TF-1042',
      'Data montażu: 2 mar 2026',
    ]);
  });

  it('can be tried out in the list, of which no ticket opens', async () => {
    at('/help/properties', keeping(bilingual).answers);
    const selected = heard('portal-ticket-select');
    const { href } = location;
    await until(() => cells().length === 9);
    await press('Filter');
    const product = await field('Product');
    product.value = '1';
    product.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    await until(() => cells().length === 3);
    expect(cells()[0]).to.equal('Product: Sensor');
    (await link('A copy of the invoice for May')).click();
    expect([selected, location.href]).to.deep.equal([[], href]);
  });

  it('are five at most beside each other, and none where there are none', async () => {
    const { answers } = keeping({ ...bilingual, properties: [], propertyDefinitions: [] });
    at('/help/properties', answers);
    for (let count = 1; count <= 6; count++) {
      await press('Add a property');
      if (count === 1) expect(all('[part=list-preview]').length).to.equal(1);
      type(await field('Label (English)'), `Number ${count}`);
      const names = Array.from({ length: Math.min(count, 5) }, (_, at) => `Number ${at + 1}`).join();
      await until(() => columns().join() === names);
    }
  });

  it('are added, and shown before they are saved', async () => {
    const { changes, answers } = keeping(bilingual);
    at('/help/properties', answers);
    await press('Add a property');
    await choose('Kind', 'choice');
    type(await field('Label (English)'), 'Colour');
    type(await field('Label (Polski)'), 'Kolor');
    type(await field('Name'), 'colour');
    type(await field('Option 1 (English)'), 'Red');
    type(await field('Option 1 (Polski)'), 'Czerwony');
    await until(() => columns().at(-1) === 'Colour');
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.properties).to.deep.equal(['product', 'serial', 'installed', 'articleUrl', 'colour']);
    expect(changes[0]?.propertyDefinitions?.at(-1)).to.deep.equal({
      name: 'colour',
      type: 'choice',
      label: { en: 'Colour', pl: 'Kolor' },
      options: [{ value: 'Red', label: { en: 'Red', pl: 'Czerwony' } }],
    });
  });

  it('change their order by keys, and the focus goes with them', async () => {
    const { changes, answers } = keeping(bilingual);
    at('/help/properties', answers);
    const down = await button('Move Product down');
    down.focus();
    down.click();
    await until(() => titles()[1] === 'Product');
    expect(focused()).to.equal(await button('Move Product down'));
    (await button('Move Product down')).click();
    await until(() => titles()[2] === 'Product');
    expect(columns()).to.deep.equal(['Serial number', 'Installed', 'Product']);
    (await button('Move Serial number up')).click();
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.propertyDefinitions?.map(({ name }) => name)).to.deep.equal(['serial', 'installed', 'product']);
  });

  it('are removed', async () => {
    const { changes, answers } = keeping(bilingual);
    at('/help/properties', answers);
    await press('Remove Serial number');
    await until(() => titles().length === 3);
    expect(focused()).to.equal(await button('Add a property'));
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.properties).to.deep.equal(['product', 'installed', 'articleUrl']);
  });

  it('need a text in each language of the portal, which is said at the field', async () => {
    const { changes, answers } = keeping(bilingual);
    at('/help/properties', answers);
    await press('Add a property');
    type(await field('Name'), 'colour');
    type(await field('Label (English)'), 'Colour');
    await press('Installed');
    await press('Save');
    await text('This text is missing for customers who read Polski.');
    const polish = await field('Label (Polski)');
    expect(focused()).to.equal(polish);
    expect(polish.getAttribute('aria-invalid')).to.equal('true');
    expect(changes).to.deep.equal([]);
    type(polish, 'Kolor');
    await press('Save');
    await text('Saved.');
  });

  it('have names of their own', async () => {
    at('/help/properties', keeping(bilingual).answers);
    await press('Add a property');
    await choose('Kind', 'none');
    await press('Save');
    await text('Give the property a name.');
    type(await field('Name'), ' serial');
    await press('Save');
    await text('Another property has this name.');
  });

  it('say at the field what the server refuses, unfolded', async () => {
    const fields = [{ path: 'propertyDefinitions.0.options.1.label.pl', code: 'unknown' }];
    const updatePortal = async () => {
      throw new BackendError('invalid', undefined, { fields });
    };
    at('/help/properties', { ...keeping(bilingual).answers, updatePortal });
    await press('Save');
    await text('This cannot be saved so. Please check it.');
    expect(focused()).to.equal(await field('Option 2 (Polski)'));
  });

  it('are still as they were typed after a reload', async () => {
    const { answers } = keeping(bilingual);
    const first = at('/help/properties', answers);
    await press('Add a property');
    type(await field('Label (English)'), 'Colour');
    await until(() => columns().includes('Colour'));
    first.remove();
    at('/help/properties', answers);
    await until(() => columns().includes('Colour'));
    sessionStorage.clear();
  });
});
