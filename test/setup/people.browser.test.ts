import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { ContactChange, NewContact, Search } from '../../src/backend/setup/people-backend.js';
import type { Permission, SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { definePortalSetup } from '../../src/elements/portal-setup/define.js';
import { companies, contact, disabled } from '../../src/testing/setup/people-answers.js';
import { portal, setupAnswers } from '../../src/testing/setup/setup-answers.js';
import { alert, all, button, field, focused, heading, link, show, text, type, until } from '../elements/screen.js';

definePortalSetup();

/** Shows the element at a place, over a server that answers as `answers` says. */
function at(place: string, answers: Partial<SetupBackend> = {}) {
  history.replaceState(null, '', `#${place}`);
  return show('portal-setup', { headingLevel: 2, backend: { ...setupAnswers, ...answers } });
}

const page = `/people/${contact.id}`;
const refusing = (path: string, code: string) => new BackendError('conflict', undefined, { fields: [{ path, code }] });
const rows = () => all('[part~=row]').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

/** A server that keeps one contact, and what was asked of it. */
function keeping(given = contact) {
  const kept = { contact: given };
  const changes: ContactChange[] = [];
  const answers = {
    getContact: async () => kept.contact,
    updateContact: async (_id, change) => {
      changes.push(change);
      const { companies: _companies, ...rest } = change;
      kept.contact = { ...kept.contact, ...rest };
      return kept.contact;
    },
  } satisfies Partial<SetupBackend>;
  return { kept, changes, answers };
}

describe('<portal-setup>: people and companies', () => {
  it('leads to people and companies by links that say where one is', async () => {
    at('');
    const current = () => all('[aria-current=page]').map(({ textContent }) => textContent);
    await heading('Your portals');
    expect(current()).to.deep.equal(['Portals']);
    (await link('People')).click();
    await heading('People');
    expect(current()).to.deep.equal(['People']);
    (await link('Companies')).click();
    await heading('Companies');
    expect(current()).to.deep.equal(['Companies']);
    expect(focused()?.textContent).to.equal('Companies');
  });

  it('searches while one types, and shows more of what was searched for', async () => {
    const asked: Search[] = [];
    at('/people', {
      listContacts: async (search) => {
        asked.push(search);
        if (search.cursor) return { items: [disabled], nextCursor: null };
        return { items: [contact], nextCursor: search.q ? 'further' : null };
      },
    });
    await link('Bob Okafor');
    type(await field('Search by name or e-mail address'), ' acme ');
    (await button('Show more')).click();
    await link('Eve Lindqvist');
    expect(asked).to.deep.equal([{}, { q: 'acme' }, { q: 'acme', cursor: 'further' }]);
    expect(rows().length).to.equal(2);
    expect(rows()[1]).to.include('Disabled');
  });

  it('adds a contact with everything that was chosen', async () => {
    const made: NewContact[] = [];
    at('/people/new', {
      createContact: async (input) => {
        made.push(input);
        return contact;
      },
    });
    type(await field('E-mail address'), ' pat@globex.example ');
    type(await field('Name'), 'Pat Lee');
    (await field('Search for a company to add')).focus();
    await sendKeys({ type: 'glo' });
    await sendKeys({ press: 'Enter' });
    (await button('Add Globex')).click();
    await until(() => focused()?.id === 'company-search');
    (await field('Customers')).click();
    (await button('Add a property')).click();
    await sendKeys({ type: 'role' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: '=manager' });
    (await button('Add this contact')).click();
    await heading('Bob Okafor');
    expect(location.hash).to.equal(`#${page}`);
    expect(made).to.deep.equal([
      {
        email: 'pat@globex.example',
        name: 'Pat Lee',
        companies: [companies[1]?.id],
        primaryCompany: companies[1]?.id,
        properties: { role: '=manager' },
        verified: false,
        accessGroups: ['Customers'],
        locale: 'en',
      },
    ]);
  });

  it('says at its field that an address is taken, and keeps what was typed across a reload', async () => {
    const answers = {
      createContact: async () => {
        throw refusing('email', 'taken');
      },
    };
    const before = at('/people/new', answers);
    type(await field('E-mail address'), 'bob@acme.example');
    type(await field('Name'), 'Another Bob');
    (await button('Add this contact')).click();
    await alert('Another contact has this address.');
    await until(() => focused()?.id === 'email');
    expect((await field('Name')).value).to.equal('Another Bob');
    before.remove();
    at('/people/new', answers);
    expect((await field('E-mail address')).value).to.equal('bob@acme.example');
    expect((await field('Name')).value).to.equal('Another Bob');
  });

  it('changes companies and the primary one, properties, and nothing that was not touched', async () => {
    const { changes, answers } = keeping();
    at(page, answers);
    await heading('Bob Okafor');
    (await field('Globex')).click();
    (await button('Remove: seats')).click();
    (await button('Save')).click();
    await text('Saved.');
    expect(changes).to.deep.equal([
      {
        name: contact.name,
        companies: companies.map(({ id }) => id),
        primaryCompany: companies[1]?.id,
        properties: { role: 'manager' },
        verified: true,
        accessGroups: ['Customers'],
        version: contact.version,
      },
    ]);
  });

  it('disables a contact and lets them in again by the same button, and loses nothing that is typed', async () => {
    const { changes, answers } = keeping();
    at(page, answers);
    type(await field('Name'), 'Half a na');
    (await button('Disable')).click();
    await text('Disabled');
    (await button('Enable again')).click();
    await button('Disable');
    expect(changes).to.deep.equal([{ enabled: false }, { enabled: true }]);
    expect((await field('Name')).value).to.equal('Half a na');
  });

  it('tells for each open portal what a contact sees, and why', async () => {
    const asked: [string, Permission['kind'], string][] = [];
    const open = { ...portal, open: true };
    const match = { kind: 'company-if' as const, groups: [[{ property: 'role', operator: 'is-known' as const }]] };
    at(page, {
      listPortals: async () => [
        { ...open, slug: 'own', name: 'Own' },
        { ...open, slug: 'all', name: 'All', permission: { kind: 'company' } },
        { ...open, slug: 'some', name: 'Some', permission: match },
        { ...open, slug: 'shut', name: 'Shut', accessGroups: ['Partners'] },
        { ...portal, slug: 'draft', name: 'Draft' },
      ],
      whatIf: async (slug, permission, id, options) => {
        asked.push([slug, permission.kind, id]);
        return { ...(await setupAnswers.whatIf(slug, permission, 'a@b', options)), admitted: slug !== 'shut' };
      },
    });
    const all = 'everybody there sees their own and all of their primary company, here Acme';
    await text('Sees 2 tickets in Own, because everybody there sees only their own.');
    await text(`Sees 24 tickets in All, because ${all}.`);
    await text('Sees 24 tickets in Some, because the filter of the portal matches, and adds all of Acme.');
    await text('Cannot sign in to Shut, because this contact is in none of its access groups.');
    expect(asked).to.deep.equal([
      ['own', 'own', contact.id],
      ['all', 'company', contact.id],
      ['some', 'company-if', contact.id],
      ['shut', 'own', contact.id],
    ]);
  });

  it('shows the tickets as a contact sees them, to look at only', async () => {
    const asked: unknown[] = [];
    at(page, {
      ticketsAs: async (...args) => {
        asked.push(args.slice(0, 3));
        return setupAnswers.ticketsAs(...args);
      },
    });
    (await link('See the tickets as this contact: Tarnfield help')).click();
    await heading('What Bob Okafor sees in Tarnfield help');
    await text('Hub on the 3rd floor drops offline every night');
    expect(asked).to.deep.equal([['help', contact.id, undefined]]);
    await text('To look at only. That you have looked is in the audit log.');
    expect(all('[part~=row] a, [part~=row] button')).to.deep.equal([]);
  });

  it('tells what a table would do before it does it, line by line', async () => {
    const asked: [string, boolean][] = [];
    at('/people/import', {
      importContacts: async (csv, dryRun) => {
        asked.push([csv, dryRun]);
        return setupAnswers.importContacts(csv, dryRun);
      },
    });
    const csv = 'email,name\npat@acme.example,Pat';
    (await button('See what would happen')).click();
    await alert('Choose a file, or paste a table.');
    type(await field('Or paste the table'), csv);
    (await button('See what would happen')).click();
    await text('Nothing is written yet. This would happen:');
    expect(rows()[0]).to.equal('Line 5 nobody This is not an e-mail address.');
    expect(rows()).to.include('Line 2 pat@acme.example New');
    await text('Companies that are new: Initech');
    (await button('Import 2 contacts')).click();
    await text('Imported.');
    expect(asked).to.deep.equal([
      [csv, true],
      [csv, false],
    ]);
    expect(all('button').some(({ textContent }) => textContent.startsWith('Import '))).to.equal(false);
  });

  it('does not import what is not what was tried', async () => {
    at('/people/import');
    type(await field('Or paste the table'), 'email\na@b.example');
    (await button('See what would happen')).click();
    await button('Import 2 contacts');
    type(await field('Or paste the table'), 'email\nother@b.example');
    await until(() => !all('[part~=report]').length);
    expect(all('button').some(({ textContent }) => textContent.startsWith('Import '))).to.equal(false);
  });

  it('reads a file, and says which one it cannot read', async () => {
    const element = at('/people/import');
    await button('Choose a file');
    const choose = (bytes: BlobPart) => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([bytes], 'people.csv', { type: 'text/csv' }));
      const input = element.shadowRoot?.querySelector('input[type=file]') as HTMLInputElement;
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };
    choose('email,name\nzażółć@acme.example,Gęśla');
    await until(async () => (await field('Or paste the table')).value.includes('zażółć@acme.example,Gęśla'));
    choose(new Uint8Array([0x65, 0xb9, 0xff]));
    await alert('This file is not in UTF-8.');
    expect((await field('Or paste the table')).value).to.include('Gęśla');
  });

  it('says at its field whose domain it is, and deletes a company only after a second press', async () => {
    const deleted: string[] = [];
    at(`/companies/${companies[0]?.id}`, {
      updateCompany: async () => {
        throw refusing('emailDomains.1', 'taken');
      },
      deleteCompany: async (id) => {
        deleted.push(id);
      },
    });
    type(await field('E-mail domains of its people'), 'acme.example\nglobex.example');
    (await button('Save')).click();
    await alert('Another company has globex.example.');
    (await button('Delete company')).click();
    await button('Delete for good');
    expect(deleted).to.deep.equal([]);
    (await button('Cancel')).click();
    (await button('Delete company')).click();
    (await button('Delete for good')).click();
    await heading('Companies');
    expect(deleted).to.deep.equal([companies[0]?.id]);
  });

  it('shows who signs in next nothing of the people before, nor what was typed', async () => {
    at('/people/import');
    type(await field('Or paste the table'), 'email\nbob@acme.example');
    (await link('People')).click();
    await link('Bob Okafor');
    (await button('Sign out')).click();
    await heading('Sign in as staff');
    expect(document.body.innerText).not.to.include('Bob');
    expect(sessionStorage.length).to.equal(0);
  });
});
