import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type JWK, exportJWK, generateKeyPair } from 'jose';
import type { ClientMetadata } from 'oidc-provider';
import { vi } from 'vitest';

import { base } from '../app-fixture.js';

/** What the provider knows of somebody, by subject. */
export type People = Record<string, Readonly<Record<string, unknown>>>;

/** A real OpenID provider, at which whoever is named signs in by themselves. */
export interface TestProvider {
  readonly issuer: string;
  /** Whoever is not in here does not exist. */
  readonly people: People;
  /** Goes through its pages as the person, or turns back there as `null`. Returns where it leads in the end. */
  signIn(address: string, person: string | null, jar?: Jar): Promise<string>;
  /** Signs out there. */
  signOut(jar: Jar): Promise<void>;
  close(): Promise<void>;
}

/** Cookies of the provider in one browser. */
export type Jar = Map<string, string>;

export const clientId = 'portal';
export const clientSecret = 'the-secret-of-the-portal-at-its-provider';

let keys: Promise<JWK[]> | undefined;
const readKeys = () => {
  keys ??= Promise.all(
    ['RS256', 'ES256'].map(async (alg) => {
      const { privateKey } = await generateKeyPair(alg, { extractable: true });
      return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: alg };
    }),
  );
  return keys;
};

export const listen = (server: Server) =>
  new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
export const stop = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** @param deliver takes what the provider itself sends to other servers */
export async function openProvider(
  deliver: (request: Request) => Promise<Response>,
  client: Partial<ClientMetadata> = {},
): Promise<TestProvider> {
  const people: People = {};
  const server = createServer();
  const issuer = await listen(server);
  let person: string | null = null;
  // It warns of what is right for a test.
  const silenced = [vi.spyOn(console, 'warn').mockReturnValue(), vi.spyOn(console, 'info').mockReturnValue()];
  const { Provider } = await import('oidc-provider');
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${base}/help/sso/callback`],
        post_logout_redirect_uris: [],
        backchannel_logout_session_required: true,
        ...client,
      },
    ],
    jwks: { keys: (await readKeys()) as never[] },
    cookies: { keys: ['of the test'] },
    claims: { openid: ['sub', 'sid'], email: ['email', 'email_verified'], profile: ['name'] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = form;
        },
      },
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: async (_, id) => people[id] && { accountId: id, claims: async () => ({ sub: id, ...people[id] }) },
    fetch: ((url: string | URL, init: RequestInit) => deliver(new Request(url, init))) as never,
    ttl: { Interaction: 3600, Session: 86_400, Grant: 86_400, AccessToken: 3600, IdToken: 3600, AuthorizationCode: 60 },
  });

  for (const spy of silenced) spy.mockRestore();

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params, prompt, grantId } = await provider.interactionDetails(request, response);
    if (person === null) return provider.interactionFinished(request, response, { error: 'access_denied' });
    if (prompt.name === 'login') {
      return provider.interactionFinished(request, response, { login: { accountId: person } });
    }
    const grant = (grantId && (await provider.Grant.find(grantId))) || new provider.Grant();
    Object.assign(grant, { accountId: person, clientId: params['client_id'] as string });
    grant.addOIDCScope(params['scope'] as string);
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }
  const answer = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/')) void interact(request, response);
    else void answer(request, response);
  });

  async function ask(address: string, jar: Jar, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(address, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  return {
    issuer,
    people,
    async signIn(address, who, jar = new Map()) {
      person = who;
      let next = address;
      for (let steps = 0; steps < 10; steps++) {
        const response = await ask(next, jar);
        const location = response.headers.get('location');
        if (location === null) throw new Error(`the provider says ${response.status}: ${await response.text()}`);
        next = new URL(location, next).href;
        if (!next.startsWith(issuer)) return next;
      }
      throw new Error('the provider leads in circles');
    },
    async signOut(jar) {
      const page = await (await ask(`${issuer}/session/end`, jar)).text();
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
      await ask(`${issuer}/session/end/confirm`, jar, {
        method: 'POST',
        body: new URLSearchParams({ xsrf, logout: 'yes' }),
      });
    },
    close: () => stop(server),
  };
}
