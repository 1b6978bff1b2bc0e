import { expect } from '@open-wc/testing';
import { createStore, entries, set } from 'idb-keyval';

import { forgetKept, Vault } from '../../src/storage/vault.js';
import { draftKeyOf } from '../support/draft-key.js';

const raw = () => entries<string, { at: string; data: ArrayBuffer }>(createStore('portico', 'kept'));

describe('the vault', () => {
  const alice = () => new Vault('help:alice:', draftKeyOf(1));

  afterEach(() => forgetKept('help:'));

  it('gives back what was kept, with its time, to the same contact on another page', async () => {
    const before = new Date().toISOString();
    await alice().write('thread:1', { subject: 'Zażółć 🔑', items: [1, null] });
    const kept = await alice().read('thread:1');
    expect(kept?.value).to.deep.equal({ subject: 'Zażółć 🔑', items: [1, null] });
    const at = kept?.at ?? '';
    expect(at >= before && at <= new Date().toISOString()).to.equal(true);
  });

  it('knows nothing of what was never kept', async () => {
    expect(await alice().read('thread:1')).to.equal(undefined);
  });

  it('is closed to the next contact of this browser, even under the same name', async () => {
    await alice().write('list', 'the boiler room floods');
    expect(await new Vault('help:alice:', draftKeyOf(2)).read('list')).to.equal(undefined);
    expect(await new Vault('help:bob:', draftKeyOf(1)).read('list')).to.equal(undefined);
    const [[, { data }] = ['', { data: new ArrayBuffer(0) }]] = await raw();
    expect(new TextDecoder().decode(data)).not.to.contain('boiler');
  });

  it('shows nobody what its names are, for one may be what somebody looked for', async () => {
    await alice().write('list:boiler', 1);
    expect(JSON.stringify((await raw()).map(([name]) => name))).not.to.contain('boiler');
  });

  it('takes nothing that somebody has moved under another name, or made younger', async () => {
    await alice().write('thread:1', 'mine');
    await alice().write('thread:2', 'mine, too');
    const store = createStore('portico', 'kept');
    const [[first, one] = ['', undefined], [second, other] = ['', undefined]] = await raw();
    await set(first, other, store);
    await set(second, one, store);
    expect(await alice().read('thread:1')).to.equal(undefined);
    expect(await alice().read('thread:2')).to.equal(undefined);
    await set(first, one, store);
    await set(second, { ...other, at: new Date(Date.now() + 1000).toISOString() }, store);
    const read = await Promise.all(['thread:1', 'thread:2'].map((name) => alice().read(name)));
    expect(read.filter((kept) => kept !== undefined)).to.have.length(1);
  });

  it('keeps the newest forty of a contact, and leaves those of others alone', async () => {
    await new Vault('help:bob:', draftKeyOf(2)).write('list', 'of Bob');
    const vault = alice();
    for (let thread = 1; thread <= 43; thread++) await vault.write(`thread:${thread}`, thread);
    const names = (await raw()).map(([name]) => name);
    expect(names.filter((name) => name.startsWith('help:alice:'))).to.have.length(40);
    expect((await vault.read('thread:43'))?.value).to.equal(43);
    expect((await new Vault('help:bob:', draftKeyOf(2)).read('list'))?.value).to.equal('of Bob');
  });

  it('forgets', async () => {
    await alice().write('list', 1);
    await forgetKept('help:alice:');
    expect(await alice().read('list')).to.equal(undefined);
  });

  it('does without a key that is none', async () => {
    const broken = new Vault('help:alice:', 'not a key');
    await broken.write('list', 1);
    expect(await broken.read('list')).to.equal(undefined);
  });
});
