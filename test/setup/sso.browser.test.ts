import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import type { Connection, ConnectionInput, HostKey, NewHostKey } from '../../src/backend/setup/ways-in-backend.js';
import { portal } from '../../src/testing/setup/setup-answers.js';
import { connections, hostKeys } from '../../src/testing/setup/ways-in-answers.js';
import { alert, all, button, field, focused, part, text, type, until } from '../elements/screen.js';
import { at } from './setup-page.js';

/** A portal that keeps its providers, and what was asked of it. */
function keeping(given: readonly Connection[] = connections) {
  const kept = { connections: [...given] };
  const inputs: ConnectionInput[] = [];
  const answers = {
    getPortal: async () => ({ ...portal, open: true }),
    listConnections: async () => kept.connections,
    listHostKeys: async () => [],
    createConnection: async (_slug, input) => {
      inputs.push(input);
      const { label, issuer, clientId } = input;
      const made = { ...{ label, issuer, clientId }, id: 'z'.repeat(22), hasSecret: !!input.clientSecret };
      kept.connections.push(made);
      return made;
    },
    updateConnection: async (_slug, _id, input) => {
      inputs.push(input);
      return connections[0];
    },
    deleteConnection: async (_slug, id) => {
      kept.connections = kept.connections.filter((one) => one.id !== id);
    },
  } satisfies Partial<SetupBackend>;
  return { kept, inputs, answers };
}

const fill = async () => {
  type(await field('What the button says'), 'Sign in with Initech');
  type(await field('Issuer'), 'https://login.initech.example');
  type(await field('Client ID'), 'portal');
};

describe('single sign-on of a portal', () => {
  it('says to which address a provider leads back, and takes a new one', async () => {
    const { inputs, answers } = keeping([]);
    at('/help/sso', answers);
    await text('https://support.tarnfield.example/help/sso/callback');
    (await button('Add a provider')).click();
    await fill();
    (await button('Save')).click();
    await text('Sign in with Initech');
    expect(inputs).to.deep.equal([
      { label: 'Sign in with Initech', issuer: 'https://login.initech.example', clientId: 'portal' },
    ]);
  });

  for (const [code, words] of [
    ['mismatch', 'The provider there calls itself something else.'],
    ['inner', 'This address is inside the server’s own network'],
  ] as const)
    it(`says at the issuer what is wrong with it, and keeps what was typed: ${code}`, async () => {
      const { answers } = keeping([]);
      at('/help/sso', {
        ...answers,
        createConnection: async () => {
          throw new BackendError('invalid', undefined, { fields: [{ path: 'issuer', code }] });
        },
      });
      (await button('Add a provider')).click();
      await fill();
      (await button('Save')).click();
      await alert(words);
      await until(() => focused()?.id === 'issuer');
      expect((await field('Client ID')).value).to.equal('portal');
    });

  it('keeps a secret that is not typed anew', async () => {
    const { inputs, answers } = keeping();
    at('/help/sso', answers);
    (await button('Change: Sign in with Acme')).click();
    type(await field('Client ID'), 'another');
    (await button('Save')).click();
    await until(() => inputs.length === 1);
    expect(inputs[0]).to.deep.equal({
      label: 'Sign in with Acme',
      issuer: 'https://login.acme.example',
      clientId: 'another',
    });
  });

  it('asks before it removes one', async () => {
    const { kept, answers } = keeping();
    at('/help/sso', answers);
    (await button('Remove: Sign in with Acme')).click();
    await until(() => focused()?.textContent === 'Remove it');
    expect((await part('notice')).textContent).to.contain('Whoever has signed in by “Sign in with Acme” is signed out');
    (await button('Remove it')).click();
    await until(() => all('[part=row]').length === 1);
    expect(kept.connections).to.have.length(1);
  });
});

describe('keys of sites', () => {
  const pem =
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEACpwVp+w7JAML7xfYFSkf1JfaQLlCCA0c16b+khIG6eI=\n-----END PUBLIC KEY-----';
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'CpwVp-w7JAML7xfYFSkf1JfaQLlCCA0c16b-khIG6eI' };

  /** A portal that keeps its keys, and what was asked of it. */
  function keepingKeys(given: readonly HostKey[] = hostKeys) {
    const kept = { keys: [...given] };
    const added: NewHostKey[] = [];
    const answers = {
      getPortal: async () => ({ ...portal, open: true }),
      listHostKeys: async () => kept.keys,
      addHostKey: async (_slug, key) => {
        added.push(key);
        const made = { ...hostKeys[1], kid: key.kid };
        kept.keys = [...kept.keys, made];
        return made;
      },
      removeHostKey: async (_slug, kid) => {
        kept.keys = kept.keys.filter((one) => one.kid !== kid);
      },
    } satisfies Partial<SetupBackend>;
    return { kept, added, answers };
  }
  const keys = () => all('#host-keys [part=row] strong').map(({ textContent }) => textContent);
  const save = async () => (await button('Save')).click();

  it('are pasted as they come, and there at once', async () => {
    const { added, answers } = keepingKeys([]);
    at('/help/sso', answers);
    await text('There is no key yet.');
    (await button('Add a key')).click();
    await until(() => focused()?.id === 'kid');
    await text('To make a key, at your site');
    type(await field('Name of the key'), ' site-2026 ');
    type(await field('Public key'), `${pem}\n`);
    await save();
    await text('The key site-2026 is added. Your site can sign with it from now on.');
    await until(() => focused()?.id === 'host-keys-label');
    expect(added).to.deep.equal([{ kid: 'site-2026', jwk }]);
    expect(keys()).to.deep.equal(['site-2026']);
  });

  it('are looked at before they are sent: the half that signs never is', async () => {
    const { added, answers } = keepingKeys();
    at('/help/sso', answers);
    (await button('Add a key')).click();
    await save();
    await alert('This is still missing.');
    await until(() => focused()?.id === 'kid');
    type(await field('Name of the key'), 'our site');
    type(await field('Public key'), pem.replaceAll('PUBLIC', 'PRIVATE'));
    await save();
    await alert('Only letters, digits, dots, hyphens and underscores');
    await alert('This is the private half, or a secret.');
    type(await field('Name of the key'), 'our-site');
    await save();
    await until(() => focused()?.id === 'jwk');
    type(await field('Public key'), '{"kty":"RSA","n":"AQAB","e":"AQAB"}');
    await save();
    await alert('This is a key of another kind.');
    type(await field('Public key'), pem.replace('MCow', ''));
    await save();
    await alert('This is a key of another kind.');
    type(await field('Public key'), 'key');
    await save();
    await alert('This is no public key.');
    expect(added).to.deep.equal([]);
  });

  for (const [path, code, words, id] of [
    ['kid', 'taken', 'This portal has a key of this name.', 'kid'],
    ['jwk', 'malformed', 'This is no public key.', 'jwk'],
  ] as const)
    it(`that the server refuses at ${path} stay as they were typed`, async () => {
      const { answers } = keepingKeys();
      at('/help/sso', {
        ...answers,
        addHostKey: async () => {
          throw new BackendError('invalid', undefined, { fields: [{ path, code }] });
        },
      });
      (await button('Add a key')).click();
      type(await field('Name of the key'), 'site-2025');
      type(await field('Public key'), pem);
      await save();
      await alert(words);
      await until(() => focused()?.id === id);
      expect((await field('Name of the key')).value).to.equal('site-2025');
      expect((await field('Public key')).value).to.equal(pem);
    });

  it('are removed when that is asked and answered, also where somebody was faster', async () => {
    const { kept, answers } = keepingKeys();
    at('/help/sso', answers);
    (await button('Remove: site-2025')).click();
    await until(() => focused()?.textContent === 'Remove the key');
    expect((await part('notice')).textContent).to.contain(
      'Tokens that “site-2025” has signed are refused from now on,',
    );
    expect((await part('notice')).textContent).to.contain('With another key your site signs them in again');
    (await button('Cancel')).click();
    (await button('Remove: site-2025')).click();
    (await button('Remove the key')).click();
    await text('The key site-2025 is removed.');
    expect(keys()).to.deep.equal(['site-2026']);
    (await button('Remove: site-2026')).click();
    await until(() => all('[part=notice]').some(({ textContent }) => textContent.includes('It is the last key')));
    kept.keys = [];
    answers.removeHostKey = async () => {
      throw new BackendError('not-found');
    };
    (await button('Remove the key')).click();
    await text('The key site-2026 is removed.');
    expect(keys()).to.deep.equal([]);
  });

  it('come with the code of a site that signs by the newest one', async () => {
    const { answers } = keepingKeys();
    at('/help/sso', answers);
    (await part('how')).click();
    await text('In the backend of your site');
    const code = all('#host-keys [part=code]').map(({ textContent }) => textContent);
    expect(code[0]).to.contain("const portal = 'https://support.tarnfield.example/help';");
    expect(code[0]).to.contain("['site-2026', await importPKCS8(process.env.PORTAL_KEY ?? '', 'EdDSA')]");
    expect(code[1]).to.contain("document.querySelector('customer-portal').tokenProvider");
  });
});
