import { expect } from '@open-wc/testing';

import { forgetDrafts, readDraft, saveDraft } from '../../src/storage/draft-store.js';
import { until } from '../elements/screen.js';

const draft = (body: string) => ({ values: { body }, idempotencyKey: null });
const kept = () => Object.keys(sessionStorage);

describe('drafts', () => {
  it('are read at once and written a moment later', async () => {
    saveDraft('help:alice:ticket:t1', draft('Half'));
    saveDraft('help:alice:ticket:t1', draft('Half a sentence'));
    expect(readDraft('help:alice:ticket:t1')).to.deep.equal(draft('Half a sentence'));
    expect(kept()).to.be.empty;
    await until(() => kept().length === 1);
    expect(readDraft('help:alice:ticket:t1')).to.deep.equal(draft('Half a sentence'));
  });

  it('are written when the page goes', () => {
    saveDraft('help:alice:form:', draft('Half'));
    dispatchEvent(new Event('pagehide'));
    expect(kept()).to.deep.equal(['portico.draft:help:alice:form:']);
  });

  it('are forgotten one by one', () => {
    saveDraft('help:alice:form:', draft('Half'));
    dispatchEvent(new Event('pagehide'));
    saveDraft('help:alice:form:', null);
    expect(readDraft('help:alice:form:')).to.be.null;
    dispatchEvent(new Event('pagehide'));
    expect(kept()).to.be.empty;
  });

  it('are forgotten by who wrote them, written or not, and nothing of the page’s own goes with them', () => {
    sessionStorage.setItem('help:alice:note', 'the page’s own');
    saveDraft('help:alice:form:', draft('Written'));
    dispatchEvent(new Event('pagehide'));
    saveDraft('help:alice:ticket:t1', draft('Not yet'));
    saveDraft('help:bob:form:', draft('Another'));
    forgetDrafts('help:alice:');
    dispatchEvent(new Event('pagehide'));
    expect(kept().sort()).to.deep.equal(['help:alice:note', 'portico.draft:help:bob:form:']);
  });

  it('stay in memory where the page may not store', () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    saveDraft('help:alice:form:', draft('Half'));
    dispatchEvent(new Event('pagehide'));
    Storage.prototype.setItem = setItem;
    expect(readDraft('help:alice:form:')).to.deep.equal(draft('Half'));
  });

  it('that cannot be read are none', () => {
    sessionStorage.setItem('portico.draft:help:alice:broken', '{');
    expect(readDraft('help:alice:broken')).to.be.null;
  });
});
