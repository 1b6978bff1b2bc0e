import { expect } from '@open-wc/testing';

import { noteVersion } from '../src/context/note-version.js';
import { define, start } from '../src/define.js';
import { register } from '../src/elements/register.js';
import { fakeBackend } from './elements/fake-backend.js';
import { all, field, link, part, show, until } from './elements/screen.js';
import { itWhere } from './support/engine.js';

const tags = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form', 'ticket-count'];

describe('define()', () => {
  it('leaves a tag to whoever was first', () => {
    class First extends HTMLElement {}
    register('taken-tag', First);
    register('taken-tag', class extends HTMLElement {});
    expect(customElements.get('taken-tag')).to.equal(First);
  });

  it('registers all tags, and does no harm twice', async () => {
    define();
    define();
    for (const tag of tags) await customElements.whenDefined(tag);
  });

  it('registers them once more under a prefix, for a second version in the page', async () => {
    define({ prefix: 'acme' });
    await Promise.all(tags.map((tag) => customElements.whenDefined(`acme-${tag}`)));
    const portal = document.createElement('acme-customer-portal');
    document.body.append(Object.assign(portal, { backend: fakeBackend() }));
    await link('The hub is silent');
    expect(all('acme-ticket-list').length).to.equal(1);
    expect(all('ticket-list')).to.be.empty;
  });

  it('says once that elements of another interface version share nothing with these', () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => void warnings.push(text);
    try {
      define();
      for (const version of [2, 2, 1, 3]) noteVersion(version);
      define();
    } finally {
      console.warn = warn;
    }
    expect(warnings).to.deep.equal([
      'Portico: elements of interface versions 1 and 2 are on this page, and share nothing.',
    ]);
  });

  itWhere(['scopedRegistries'], 'registers them where it is told to, and a portal finds them there', async () => {
    const registry = new CustomElementRegistry();
    define({ registry });
    await registry.whenDefined('ticket-detail');
    const portal = document.createElement('customer-portal', {
      customElementRegistry: registry,
    } as ElementCreationOptions);
    expect(portal).to.be.instanceOf(registry.get('customer-portal'));
    document.body.append(Object.assign(portal, { backend: fakeBackend() }));
    await link('The hub is silent');
    expect(all('ticket-list')[0]).to.be.instanceOf(registry.get('ticket-list'));
  });

  it('runs the demo’s help desk in the page where it is asked to', async () => {
    show('portal-login', { backend: 'demo' });
    await field('E-mail address');
  });

  it('takes the address of the script for elements that were given none', async () => {
    const asked: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = (input) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return Promise.reject(new TypeError('no network in this test'));
    };
    start('https://support.example.com/help');
    show('portal-login');
    await until(() => asked.length >= 2);
    await part('error');
    globalThis.fetch = fetch;
    expect(new Set(asked.filter((url) => url.includes('/api/')))).to.deep.equal(
      new Set(['https://support.example.com/help/api/v1/session', 'https://support.example.com/help/api/v1/portal']),
    );
  });
});
