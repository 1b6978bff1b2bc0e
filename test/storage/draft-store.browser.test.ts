import { expect } from '@open-wc/testing';
import { createStore, entries } from 'idb-keyval';

import {
  countDrafts,
  type Draft,
  type DraftPlace,
  forgetDrafts,
  readDraft,
  readDrafts,
  saveDraft,
  writeDrafts,
} from '../../src/storage/draft-store.js';
import { draftKeyOf } from '../support/draft-key.js';
import { until } from '../elements/screen.js';

const draft = (body: string): Draft => ({ values: { body }, idempotencyKey: crypto.randomUUID() });
const inTab = (name: string, scope = 'help:alice:'): DraftPlace => ({ scope, draftKey: null, name });
const sealed = (name: string, scope = 'help:alice:', byte = 1): DraftPlace => ({
  ...inTab(name, scope),
  draftKey: draftKeyOf(byte),
});
const ofTab = () => Object.keys(sessionStorage);
const ofBrowser = () => entries<string, { data: ArrayBuffer }>(createStore('portico-drafts', 'drafts'));

/** How many are where the next page finds them. */
const written = async () => ofTab().length + (await ofBrowser()).length;

describe('drafts', () => {
  afterEach(() => forgetDrafts('help:'));

  for (const [kind, place] of Object.entries({ 'in this tab': inTab, 'in this browser, sealed': sealed })) {
    describe(kind, () => {
      it('are read at once, and written a moment later', async () => {
        saveDraft(place('ticket:t1'), draft('Half'));
        const last = draft('Half a sentence');
        saveDraft(place('ticket:t1'), last);
        expect(await readDraft(place('ticket:t1'))).to.deep.equal(last);
        await until(async () => (await written()) === 1);
        expect(await readDraft(place('ticket:t1'))).to.deep.equal(last);
      });

      it('are written when the page goes', async () => {
        saveDraft(place('form:'), draft('Half'));
        dispatchEvent(new Event('pagehide'));
        await until(async () => (await written()) === 1);
      });

      it('are forgotten one by one', async () => {
        saveDraft(place('form:'), draft('Half'));
        saveDraft(place('ticket:t1'), draft('Stays'));
        await writeDrafts();
        saveDraft(place('form:'), null);
        expect(await readDraft(place('form:'))).to.equal(undefined);
        await writeDrafts();
        expect(await readDraft(place('form:'))).to.equal(undefined);
        expect((await readDraft(place('ticket:t1')))?.values.body).to.equal('Stays');
        expect(await written()).to.equal(1);
      });

      it('are the last that was typed, however fast it was', async () => {
        for (let letter = 1; letter <= 50; letter++) {
          saveDraft(place('form:'), draft('a'.repeat(letter)));
          void writeDrafts();
        }
        await writeDrafts();
        expect((await readDraft(place('form:')))?.values.body).to.equal('a'.repeat(50));
      });

      it('are counted and forgotten by who wrote them, written or not, and nobody else’s go with them', async () => {
        saveDraft(place('form:'), draft('Written'));
        await writeDrafts();
        saveDraft(place('ticket:t1'), draft('Not yet'));
        saveDraft(place('form:', 'help:bob:'), draft('Another'));
        expect([await countDrafts('help:alice:'), await countDrafts('help:bob:')]).to.deep.equal([2, 1]);
        await forgetDrafts('help:alice:');
        await writeDrafts();
        expect([await countDrafts('help:alice:'), await countDrafts('help:bob:')]).to.deep.equal([0, 1]);
        expect(await readDraft(place('ticket:t1'))).to.equal(undefined);
      });
    });
  }

  it('of the page’s own are not touched', async () => {
    sessionStorage.setItem('help:alice:note', 'the page’s own');
    await forgetDrafts('help:alice:');
    expect(ofTab()).to.deep.equal(['help:alice:note']);
    sessionStorage.clear();
  });

  it('leave no word that the next contact of this browser can read, and not what they are about', async () => {
    saveDraft(sealed('ticket:t1'), draft('the boiler room floods'));
    await writeDrafts();
    const [[place, { data }] = ['', { data: new ArrayBuffer(0) }]] = await ofBrowser();
    expect(new TextDecoder().decode(data)).not.to.contain('boiler');
    expect(place).not.to.contain('ticket');
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.to.contain('boiler');
    expect(await readDraft(sealed('ticket:t1', 'help:alice:', 2)), 'with another key').to.equal(undefined);
    const foreign = sealed('', 'help:bob:', 2);
    expect(await readDrafts(foreign.scope, foreign.draftKey!)).to.deep.equal([]);
  });

  it('are found by the next page, with their places', async () => {
    saveDraft(sealed('ticket:t1'), draft('One'));
    saveDraft(sealed('form:'), draft('Two'));
    const found = await readDrafts('help:alice:', draftKeyOf(1));
    expect(found.map(({ name, draft: { values } }) => [name, values.body]).toSorted()).to.deep.equal([
      ['form:', 'Two'],
      ['ticket:t1', 'One'],
    ]);
  });

  it('stay in memory where the page may not store', async () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    saveDraft(inTab('form:'), draft('Half'));
    await writeDrafts();
    Storage.prototype.setItem = setItem;
    expect((await readDraft(inTab('form:')))?.values.body).to.equal('Half');
  });

  it('that cannot be read are none', async () => {
    sessionStorage.setItem('portico.draft:help:alice:broken', '{');
    expect(await readDraft(inTab('broken'))).to.equal(undefined);
  });
});
