import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { Company, Contact, ContactChange } from '../../src/backend/setup/people-backend.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { companies, contact } from '../../src/testing/setup/people-answers.js';
import { alert, all, button, cleanups, field, focused, heading, text, type, until } from '../elements/screen.js';
import { at } from './setup-page.js';

const page = `/people/${contact.id}`;
const conflict = (path: string, code: string) => new BackendError('conflict', undefined, { fields: [{ path, code }] });

/** A server that keeps one contact with a version, as ours does. */
function keeping() {
  const kept: { contact: Contact; readonly changes: ContactChange[] } = { contact, changes: [] };
  const next = () => ({ version: String(Number(kept.contact.version) + 1) });
  /** Somebody else changes it. */
  const meanwhile = (change: Partial<Contact>) => {
    kept.contact = { ...kept.contact, ...change, ...next() };
  };
  const answers = {
    getContact: async () => kept.contact,
    updateContact: async (_id, change) => {
      const { version, companies: ids, ...rest } = change;
      if (version !== undefined && version !== kept.contact.version) throw conflict('version', 'changed');
      kept.changes.push(change);
      const now = companies.filter(({ id }) => ids?.includes(id));
      kept.contact = { ...kept.contact, ...rest, ...(ids && { companies: now }), ...next() };
      return kept.contact;
    },
  } satisfies Partial<SetupBackend>;
  return { kept, meanwhile, answers };
}

const email = () => field('E-mail address');
const isTheirs = () => field('It is known to be theirs');

describe('<portal-setup>: a contact', () => {
  it('gets another address, which is theirs only when somebody says so', async () => {
    const { kept, answers } = keeping();
    at(page, answers);
    type(await email(), 'bob@globex.example');
    await text(
      'With another address all their sessions end, and codes and invitations sent to the old one lead nowhere.',
    );
    expect((await isTheirs()).checked).to.equal(false);
    type(await email(), 'BOB@acme.example');
    await until(async () => (await isTheirs()).checked, 'The same address is no longer theirs');
    type(await email(), ' bob@globex.example ');
    (await button('Save')).click();
    await text('Saved.');
    expect(kept.changes[0]).to.include({ email: 'bob@globex.example', verified: false });
    type(await email(), 'bob@initech.example');
    (await isTheirs()).click();
    (await button('Save')).click();
    await until(() => kept.changes.length === 2);
    expect(kept.changes[1]).to.include({ email: 'bob@initech.example', verified: true });
  });

  it('is told at its field that another contact has the address', async () => {
    at(page, {
      updateContact: async () => {
        throw conflict('email', 'taken');
      },
    });
    type(await email(), 'eve@globex.example');
    (await button('Save')).click();
    await alert('Another contact has this address.');
    await until(() => focused()?.id === 'email');
    expect((await email()).value).to.equal('eve@globex.example');
  });

  it('that somebody else has changed: says what, keeps what was typed, and takes over the rest', async () => {
    const { kept, meanwhile, answers } = keeping();
    at(page, answers);
    type(await field('Name'), 'Robert Okafor');
    meanwhile({ name: 'Bobby', primaryCompany: null, accessGroups: [] });
    (await button('Save')).click();
    await alert('Somebody else has changed this meanwhile: Name, Primary company, Access groups.');
    await until(() => focused()?.getAttribute('role') === 'alert');
    await heading('Bobby');
    expect((await field('Name')).value).to.equal('Robert Okafor');
    expect((await field('No primary company')).checked).to.equal(true);
    expect((await field('Customers')).checked).to.equal(false);
    expect(kept.changes).to.deep.equal([]);
    (await button('Save')).click();
    await text('Saved.');
    expect(kept.contact).to.include({ name: 'Robert Okafor', primaryCompany: null });
    expect(kept.contact.accessGroups).to.deep.equal([]);
  });

  it('that somebody else has changed between two visits: says so before anything is saved', async () => {
    const { meanwhile, answers } = keeping();
    const before = at(page, answers);
    type(await field('Name'), 'Robert Okafor');
    before.remove();
    meanwhile({ verified: false });
    at(page, answers);
    await alert('Somebody else has changed this meanwhile: E-mail address.');
    expect((await field('Name')).value).to.equal('Robert Okafor');
    expect((await isTheirs()).checked).to.equal(false);
  });

  it('is let in again without a word of what somebody else has changed getting lost', async () => {
    const { kept, meanwhile, answers } = keeping();
    at(page, answers);
    await heading('Bob Okafor');
    meanwhile({ name: 'Bobby' });
    (await button('Disable')).click();
    await alert('Somebody else has changed this meanwhile: Name.');
    expect((await field('Name')).value).to.equal('Bobby');
    (await button('Save')).click();
    await text('Saved.');
    expect(kept.contact).to.include({ name: 'Bobby', enabled: false });
  });

  it('is downloaded whole', async () => {
    const saved: [string, unknown][] = [];
    const { createObjectURL } = URL;
    const bytes: Blob[] = [];
    URL.createObjectURL = (blob: Blob) => {
      bytes.push(blob);
      return createObjectURL(blob);
    };
    const click = async (event: Event) => {
      const anchor = event.target as HTMLAnchorElement;
      if (!anchor.download) return;
      event.preventDefault();
      saved.push([anchor.download, JSON.parse((await bytes[0]?.text()) ?? '')]);
    };
    const own = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      this.addEventListener('click', click);
      own.call(this);
    };
    cleanups.push(() => {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = own;
    });
    at(page, { exportContact: async (id) => ({ contact: { id }, tickets: [] }) });
    (await button('Download all of it')).click();
    await until(() => saved.length);
    expect(saved).to.deep.equal([['bob@acme.example.json', { contact: { id: contact.id }, tickets: [] }]]);
  });

  it('is erased only after a second press, which says what that is', async () => {
    const erased: string[] = [];
    at(page, {
      eraseContact: async (id) => {
        if (erased.push(id) === 1) throw new BackendError('unavailable');
      },
    });
    type(await field('Name'), 'Half a na');
    (await button('Erase this contact')).click();
    await until(() => focused()?.textContent === 'Erase for good');
    expect(all('#erase-about')[0]?.textContent).to.include('Bob Okafor is erased for good: address, password');
    expect(erased).to.deep.equal([]);
    (await button('Cancel')).click();
    await until(() => focused()?.textContent === 'Erase this contact');
    (await button('Erase this contact')).click();
    (await button('Erase for good')).click();
    await until(() => focused()?.getAttribute('role') === 'alert');
    (await button('Erase for good')).click();
    await heading('People');
    expect(location.hash).to.equal('#/people');
    expect(Object.keys(sessionStorage).filter((key) => key.includes(contact.id))).to.deep.equal([]);
  });
});

describe('<portal-setup>: a company', () => {
  it('that somebody else has changed: says what, and loses nothing that was typed', async () => {
    const acme = companies[0] as Company;
    const kept = { company: acme };
    at(`/companies/${acme.id}`, {
      getCompany: async () => kept.company,
      updateCompany: async (_id, { version, ...change }) => {
        if (version !== kept.company.version) throw conflict('version', 'changed');
        kept.company = { ...kept.company, ...change };
        return kept.company;
      },
    });
    type(await field('Name of the company'), 'Acme Works');
    kept.company = { ...acme, emailDomains: ['acme.example', 'acme.test'], version: '2' };
    (await button('Save')).click();
    await alert('Somebody else has changed this meanwhile: E-mail domains of its people.');
    expect((await field('Name of the company')).value).to.equal('Acme Works');
    expect((await field('E-mail domains of its people')).value).to.equal('acme.example\nacme.test');
    (await button('Save')).click();
    await text('Saved.');
    expect(kept.company).to.deep.include({ name: 'Acme Works', emailDomains: ['acme.example', 'acme.test'] });
  });
});
