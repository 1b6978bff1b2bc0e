import { expect } from '@open-wc/testing';

import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { provideBackend } from '../../src/context/backend-context.js';
import { setBackendFactory, setDefaultAddress } from '../../src/context/backend-source.js';
import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import { fakeBackend, sessionOf } from '../elements/fake-backend.js';
import { alert, all, button, inState, part, show, until } from '../elements/screen.js';

definePortalLogin();

/** A backend that is known by who is signed in at it. */
const of = (name: string): PortalBackend => fakeBackend({ session: async () => sessionOf({ id: name, name }) });
const person = () => all('[part~=person]')[0]?.textContent?.split(' ·')[0];
const isWith = (name: string) => until(() => person() === name, `It is with ${person()}, not with ${name}`);

const made: string[] = [];

describe('the backend of an element', () => {
  beforeEach(() => {
    made.length = 0;
    setDefaultAddress('https://script.example/help');
    setBackendFactory(async (address) => {
      made.push(address);
      return of(new URL(address).host);
    });
  });

  it('is the property, before the nearest provider, before the attribute, before the script’s address', async () => {
    const frame = document.createElement('div');
    const login = document.createElement('portal-login');
    document.body.append(frame);
    frame.append(login);
    await isWith('script.example');
    login.setAttribute('backend', 'https://attribute.example/help');
    await isWith('attribute.example');
    provideBackend(frame, of('provider'));
    await isWith('provider');
    login.backend = of('property');
    await isWith('property');
  });

  it('is that of the nearest of several providers', async () => {
    const [outer, inner] = [document.createElement('div'), document.createElement('div')];
    document.body.append(outer);
    outer.append(inner);
    provideBackend(outer, of('outer'));
    const provider = provideBackend(inner, of('inner'));
    inner.append(document.createElement('portal-login'));
    await isWith('inner');
    provider.setValue(of('another'));
    await isWith('another');
  });

  it('is the same object for the same address', async () => {
    const backend = 'https://shared.example/help';
    show('portal-login', { backend });
    show('portal-login', { backend: `${backend}/` });
    await until(() => all('[part~=person]').length === 2);
    expect(made).to.deep.equal([backend]);
  });

  it('is waited for when a provider says that it is on its way', async () => {
    const frame = document.createElement('div');
    document.body.append(frame);
    const provider = provideBackend(frame, null);
    const login = document.createElement('portal-login');
    frame.append(login);
    await inState(login, 'loading');
    expect(made).to.be.empty;
    provider.setValue(of('late'));
    await isWith('late');
  });

  it('is looked for anew when the element moves', async () => {
    const frame = document.createElement('div');
    document.body.append(frame);
    provideBackend(frame, of('provider'));
    const login = document.createElement('portal-login');
    frame.append(login);
    await isWith('provider');
    document.body.append(login);
    await isWith('script.example');
  });

  it('can be tried again when its code did not load', async () => {
    let broken = true;
    setBackendFactory(async () => {
      if (broken) throw new TypeError('Failed to fetch dynamically imported module');
      return of('alice');
    });
    show('portal-login', { backend: 'https://broken.example/help' });
    await alert('The portal cannot be reached.');
    broken = false;
    (await button('Try again')).click();
    await isWith('alice');
  });

  it('may arrive a moment after the elements, and is missed only then', async () => {
    setDefaultAddress('');
    const login = show('portal-login');
    await inState(login, 'loading');
    setDefaultAddress('https://script.example/help');
    await part('person');
    login.remove();

    setDefaultAddress('');
    show('portal-login');
    await alert('The support portal is not set up on this page yet.');
  });
});
