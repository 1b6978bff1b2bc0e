import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { ContactChange, ContactPropertyInput } from '../../src/backend/setup/people-backend.js';
import type { Permission, SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { contact, properties } from '../../src/testing/setup/people-answers.js';
import { portal, setupAnswers } from '../../src/testing/setup/setup-answers.js';
import { alert, all, button, field, focused, heading, link, text, type, until } from '../elements/screen.js';
import { at as show } from './setup-page.js';

const at = (place: string, answers: Partial<SetupBackend> = {}) =>
  show(place, { listContactProperties: async () => properties, ...answers });

const page = `/people/${contact.id}`;
const optionsOf = (element: HTMLElement) =>
  [...(element as unknown as HTMLSelectElement).options].map(({ textContent }) => textContent);
function choose(element: HTMLElement, value: string) {
  (element as HTMLSelectElement).value = value;
  element.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('<portal-setup>: properties of contacts', () => {
  it('gives a contact a field for each of them by its type, and keeps the others', async () => {
    const changes: ContactChange[] = [];
    const given = { ...contact, properties: { role: 'pilot', seats: '24', renewal: 'soon', city: 'Gdynia' } };
    at(page, {
      getContact: async () => given,
      updateContact: async (_id, change) => {
        changes.push(change);
        return given;
      },
    });
    const role = await field('Role');
    expect(optionsOf(role)).to.deep.equal(['Not set', 'buyer', 'engineer', 'manager', 'pilot (not offered any more)']);
    expect(role.value).to.equal('pilot');
    expect((await field('Seats')).value).to.equal('24');
    // What is no date is shown as it is.
    expect((await field('Renews on')).value).to.equal('soon');
    const vip = await field('VIP');
    expect(optionsOf(vip)).to.deep.equal(['Not set', 'Yes', 'No']);
    expect(all('[name^=property-name]').map((input) => (input as HTMLInputElement).value)).to.deep.equal(['city']);
    choose(vip, 'true');
    type(await field('Seats'), ' 30 ');
    (await button('Save')).click();
    await text('Saved.');
    expect(changes[0]?.properties).to.deep.equal({
      role: 'pilot',
      seats: '30',
      renewal: 'soon',
      vip: 'true',
      city: 'Gdynia',
    });
  });

  it('chooses a date in a field for dates, and takes a property away when its field is emptied', async () => {
    const changes: ContactChange[] = [];
    at(page, {
      updateContact: async (_id, change) => {
        changes.push(change);
        return contact;
      },
    });
    const renewal = await field('Renews on');
    expect(renewal.type).to.equal('date');
    type(renewal, '2026-12-31');
    type(await field('Seats'), '');
    choose(await field('Role'), '');
    (await button('Save')).click();
    await text('Saved.');
    expect(changes[0]?.properties).to.deep.equal({ renewal: '2026-12-31' });
  });

  it('does not take half a date for none', async () => {
    at(page);
    (await field('Renews on')).focus();
    await sendKeys({ type: '12' });
    (await button('Save')).click();
    await alert('Enter a date as 2026-12-31.');
    await until(() => focused() === all('#defined-2')[0]);
  });

  it('says at its field what does not fit, and loses nothing that was typed', async () => {
    at(page, {
      updateContact: async () => {
        throw new BackendError('invalid', undefined, {
          fields: [{ path: 'properties.seats', code: 'invalid_format' }],
        });
      },
    });
    type(await field('Seats'), 'a few');
    (await button('Save')).click();
    await alert('Enter a number, such as 12 or 0.5.');
    await until(() => focused() === all('#defined-1')[0]);
    expect((await field('Seats')).value).to.equal('a few');
  });

  it('lets nobody write a defined property a second time', async () => {
    at(page);
    await field('Seats');
    (await button('Add a property')).click();
    await until(() => focused()?.getAttribute('name') === 'property-name-0');
    type(focused() as HTMLInputElement, 'seats');
    (await button('Save')).click();
    await alert('Two properties have the same name.');
  });

  it('defines one with options', async () => {
    const made: ContactPropertyInput[] = [];
    at('/people', {
      addContactProperty: async (input) => {
        made.push(input);
        return { ...input, id: 'x'.repeat(22), portals: [] };
      },
    });
    (await link('Properties')).click();
    await heading('Properties');
    await text('Also used, and not defined: country');
    (await button('Add a property')).click();
    type(await field('Label'), ' Tier ');
    choose(await field('Type'), 'choice');
    (await button('Add this property')).click();
    await alert('This is still missing.');
    await until(() => focused()?.id === 'name');
    type(await field('Name'), 'tier');
    (await button('Add this property')).click();
    await alert('Name at least one option.');
    type(await field('Options'), 'gold\n\n silver \ngold');
    (await button('Add this property')).click();
    await until(() => focused()?.textContent === 'Properties');
    expect(made).to.deep.equal([{ label: 'Tier', name: 'tier', type: 'choice', options: ['gold', 'silver'] }]);
  });

  it('changes the label and the options of one, whose name and type stay', async () => {
    const changes: unknown[] = [];
    at('/people/definitions', {
      updateContactProperty: async (...args) => {
        changes.push(args);
        return setupAnswers.updateContactProperty(...args);
      },
    });
    (await button('Change: Role')).click();
    type(await field('Label'), 'Job');
    expect(all('#name, #type')).to.deep.equal([]);
    (await button('Save')).click();
    await button('Change: Role');
    const options = ['buyer', 'engineer', 'manager'];
    expect(changes).to.deep.equal([[properties[0]?.id, { label: 'Job', options }]]);
  });

  it('does not delete one that a filter asks for, and says which', async () => {
    const deleted: string[] = [];
    at('/people/definitions', {
      deleteContactProperty: async (id) => {
        deleted.push(id);
      },
    });
    (await button('Delete: Role')).click();
    await text('The filter of a portal asks for “Role”. Change that first: open the portal named above.');
    expect((await link('Tarnfield help')).getAttribute('href')).to.equal('#/help/tickets');
    expect(all('[part~=delete-now]')).to.deep.equal([]);
    (await button('Delete: Seats')).click();
    (await button('Delete the property')).click();
    await until(() => focused()?.textContent === 'Properties');
    expect(deleted).to.deep.equal([properties[1]?.id]);
  });

  it('offers in the filter of a portal what fits, and their options', async () => {
    const asked: Permission[] = [];
    at('/help/tickets', {
      getPortal: async () => ({ ...portal, open: true }),
      updatePortal: async (slug, change) => {
        if (change.permission) asked.push(change.permission);
        return { ...(await setupAnswers.updatePortal(slug, change)), open: true };
      },
    });
    (await field('All of their company, for chosen customers')).click();
    const named = (name: string) => all(`[name=${name}-0-0]`)[0] as HTMLInputElement;
    await until(() => named('property'));
    type(named('property'), 'renewal');
    await until(() => optionsOf(named('operator')).length === 5);
    expect(optionsOf(named('operator'))).to.deep.equal(['is', 'is before', 'is after', 'is known', 'is unknown']);
    expect(named('value').type).to.equal('date');
    choose(named('operator'), 'before');
    type(named('property'), 'role');
    await until(() => named('value').localName === 'select');
    expect((named('operator') as HTMLInputElement).value).to.equal('is');
    choose(named('value'), 'manager');
    (await button('Save')).click();
    await text('Saved.');
    expect(asked.at(-1)).to.deep.equal({
      kind: 'company-if',
      groups: [[{ property: 'role', operator: 'is', value: 'manager' }]],
    });
  });
});
