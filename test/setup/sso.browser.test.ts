import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import type { Connection, ConnectionInput } from '../../src/backend/setup/ways-in-backend.js';
import { portal } from '../../src/testing/setup/setup-answers.js';
import { connections } from '../../src/testing/setup/ways-in-answers.js';
import { alert, all, button, field, focused, part, text, type, until } from '../elements/screen.js';
import { at } from './setup-page.js';

/** A portal that keeps its providers, and what was asked of it. */
function keeping(given: readonly Connection[] = connections) {
  const kept = { connections: [...given] };
  const inputs: ConnectionInput[] = [];
  const answers = {
    getPortal: async () => ({ ...portal, open: true }),
    listConnections: async () => kept.connections,
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
