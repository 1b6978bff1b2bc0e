import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { TicketChange, TicketDetail, TicketProperty } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { listen } from './announcements.js';
import { fakeBackend, portal, ticketOf } from './fake-backend.js';
import { alert, all, button, field, focused, heading, part, show, type, until } from './screen.js';

defineTicketDetail();

const define = (
  name: string,
  type: TicketProperty['type'],
  label: string,
  options: TicketProperty['options'] = null,
) => ({
  name,
  type,
  label,
  options,
});

const properties: readonly TicketProperty[] = [
  define('product', 'choice', 'Product', [
    { value: 'hub', label: 'Hub 2' },
    { value: 'dial', label: 'Dial' },
  ]),
  define('site', 'text', 'Site'),
  define('units', 'number', 'Units'),
  define('installed', 'date', 'Installed'),
  define('urgent', 'boolean', 'Urgent'),
];

const filled = { product: 'hub', units: '1200', installed: '2026-03-01', urgent: 'true', batch: '7' };

let number = 0;

/** A help desk with one ticket, which remembers what it was told. Unless asked for, no ticket of another test. */
function desk(
  ticketChanges: Partial<TicketDetail> = {},
  changes: Partial<PortalBackend> = {},
  id = `details-${++number}`,
) {
  const told: TicketChange['properties'][] = [];
  let ticket = ticketOf({ id, properties: filled, actions: ['reply', 'edit'], ...ticketChanges });
  const backend = fakeBackend({
    portal: async () => ({ ...portal, features: [...portal.features, 'edit'], properties }),
    getTicket: async () => ticket,
    async edit(_, input) {
      told.push(input.properties);
      const after = Object.entries({ ...ticket.properties, ...input.properties });
      ticket = {
        ...ticket,
        properties: Object.fromEntries(after.flatMap(([name, value]) => (value ? [[name, value]] : []))),
      };
      return ticket;
    },
    ...changes,
  });
  return { told, element: show('ticket-detail', { backend, ticketId: id, lang: 'en' }) };
}

const said = () => all('[part=property]').map((one) => one.innerText.replace(/\s+/g, ' ').trim());
const edit = () => button('Edit details');
const save = () => button('Save');

/** Chooses as a person does. */
function choose(select: HTMLElement, value: string): void {
  (select as HTMLSelectElement).value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('<ticket-detail>, details', () => {
  it('says what the ticket’s properties hold, each as its type is said, and no other', async () => {
    const { element } = desk();
    await edit();
    expect(said()).to.deep.equal(['Product Hub 2', 'Units 1,200', 'Installed Mar 1, 2026', 'Urgent Yes']);
    await expect(element).to.be.accessible();
  });

  it('says what is not of its type as it is', async () => {
    desk({ properties: { product: 'toaster', units: 'many', installed: 'soon' } });
    await edit();
    expect(said()).to.deep.equal(['Product toaster', 'Units many', 'Installed soon']);
  });

  it('saves what was changed, and nothing else', async () => {
    const { told, element } = desk();
    (await edit()).click();
    const product = await field('Product');
    await until(() => focused() === product, 'The first field has no focus');
    await expect(element).to.be.accessible();
    choose(product, 'dial');
    type(await field('Site'), '  Hall 4 ');
    type(await field('Units'), '');
    expect((await field('Installed')).value).to.equal('2026-03-01');
    const { said: spoken, allSaid } = listen('region');
    (await save()).click();
    const again = await edit();
    await until(() => focused() === again, 'The button has no focus');
    expect(told).to.deep.equal([{ product: 'dial', site: 'Hall 4', units: null }]);
    expect(said()).to.deep.equal(['Product Dial', 'Site Hall 4', 'Installed Mar 1, 2026', 'Urgent Yes']);
    await allSaid();
    expect(spoken).to.deep.equal(['Details saved']);
  });

  it('leaves everything as it was when nothing was changed, or it is cancelled', async () => {
    const { told } = desk();
    (await edit()).click();
    type(await field('Units'), '1200');
    (await save()).click();
    (await edit()).click();
    type(await field('Site'), 'Hall 4');
    (await button('Cancel')).click();
    const again = await edit();
    await until(() => focused() === again, 'The button has no focus');
    again.click();
    expect((await field('Site')).value).to.equal('');
    expect(told).to.deep.equal([]);
  });

  it('keeps what is typed when it is not saved, also when it is shown anew', async () => {
    const answer = deferred<TicketDetail>();
    const { element } = desk({}, { edit: () => answer.promise });
    (await edit()).click();
    type(await field('Site'), 'Hall 4');
    (await save()).click();
    await button('Saving …');
    answer.reject(new BackendError('unavailable'));
    await alert('Not saved.');
    expect((await field('Site')).value).to.equal('Hall 4');
    element.remove();
    const { told } = desk({}, {}, element.ticketId);
    expect((await field('Site')).value).to.equal('Hall 4');
    (await save()).click();
    await edit();
    expect(told).to.deep.equal([{ site: 'Hall 4' }]);
  });

  it('says at its field what was refused, and goes there', async () => {
    const fields = [
      { path: 'properties.units', code: 'invalid_format' },
      { path: 'properties.site', code: 'too_big' },
    ];
    const { element } = desk({}, { edit: () => Promise.reject(new BackendError('invalid', undefined, { fields })) });
    (await edit()).click();
    type(await field('Site'), 'a');
    type(await field('Units'), '12345678901');
    (await save()).click();
    const site = await field('Site');
    await until(() => focused() === site, 'The first wrong field has no focus');
    const described = async (label: string) => {
      const { ariaDescribedByElements } = (await field(label)) as HTMLInputElement & {
        ariaDescribedByElements: Element[];
      };
      return ariaDescribedByElements.map(({ textContent }) => textContent).join();
    };
    expect(await described('Site')).to.equal('Shorten it to 2,000 characters.');
    expect(await described('Units')).to.equal('Enter a number of up to nine digits, such as 12 or 4.5.');
    expect((await field('Units')).getAttribute('aria-invalid')).to.equal('true');
    await expect(element).to.be.accessible();
    type(await field('Units'), '12');
    await until(() => !all('[part=error]').some(({ innerText }) => innerText.includes('number')));
    expect(all('[part=error]').length, 'the other one stands').to.equal(1);
  });

  it('offers nothing to who may not change it, and nothing where the backend cannot', async () => {
    desk({ actions: ['reply'] }).element.remove();
    desk({}, { edit: undefined as never });
    await part('properties');
    expect(all('[part~=edit-details]')).to.be.empty;
  });

  it('shows nothing of a ticket without details that nobody may change', async () => {
    desk({ properties: { batch: '7' }, actions: ['reply'] });
    await heading('The hub is silent');
    expect(all('[part=details]')).to.be.empty;
  });

  it('leaves a reader alone who has gone on to another ticket while it was saved', async () => {
    const answer = deferred<TicketDetail>();
    const { element } = desk(
      {},
      {
        edit: () => answer.promise,
        getTicket: async (id) => ticketOf({ id, properties: { site: id }, actions: ['edit'] }),
      },
    );
    (await edit()).click();
    type(await field('Units'), '7');
    (await save()).click();
    await button('Saving …');
    const first = element.ticketId;
    element.ticketId = 'details-next';
    await edit();
    const { said: spoken, allSaid } = listen('region');
    element.focus();
    const before = focused();
    answer.resolve(ticketOf({ id: first, properties: { site: first, units: '7' }, actions: ['edit'] }));
    await until(() => spoken.length, 'It is never said to be saved');
    await allSaid();
    await element.updateComplete;
    expect(focused()).to.equal(before);
    expect(said()).to.deep.equal(['Site details-next']);
  });

  it('shows of each ticket its own', async () => {
    const { element } = desk(
      {},
      { getTicket: async (id) => ticketOf({ id, properties: { site: id }, actions: ['edit'] }) },
    );
    (await edit()).click();
    type(await field('Units'), '7');
    element.ticketId = 'details-other';
    await edit();
    expect(said()).to.deep.equal(['Site details-other']);
  });
});
