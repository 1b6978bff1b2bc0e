import { type JWTVerifyGetKey, createRemoteJWKSet, customFetch as keysFetch } from 'jose';
import type { Configuration, CustomFetch, ServerMetadata } from 'openid-client';

import type { AppDeps } from '../deps.js';
import { type Fetch, innerAddressOf } from '../outgoing.js';
import type { Connection } from './connections.js';
import { createIssuerFetch, isLocal, mayAsk, patience } from './issuer-fetch.js';

/** Milliseconds for which what a provider says of itself is not asked again. */
const lifetime = 600_000;
/** Signatures that are taken: none of them can be made with what everybody may read. */
export const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Why a provider is none that we can send people to. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';
  /** `inner`: not for this account. `mismatch`: its document is another issuer's. `unsupported`: it does not offer what we need. */
  readonly kind: 'unreachable' | 'inner' | 'mismatch' | 'unsupported';

  constructor(kind: IssuerError['kind'], options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
  }
}

/** A provider, as its discovery document describes it. */
export interface Issuer {
  readonly metadata: ServerMetadata;
  /** Its public keys. */
  readonly keys: JWTVerifyGetKey;
}

const isSame = (one: string, other: string) => URL.canParse(one) && new URL(one).href === new URL(other).href;

/** Whether a list that providers may leave out has one of these. */
const offers = (list: unknown, wanted: readonly string[]) =>
  !Array.isArray(list) || wanted.some((one) => list.includes(one));

/** Asks the provider who it is. @param ask of the account that names it @throws IssuerError */
export async function discover(issuer: string, ask: Fetch): Promise<Issuer> {
  // Loaded by the first who signs in elsewhere: most portals have nobody who does.
  const { allowInsecureRequests, customFetch, discovery } = await import('openid-client');
  const fetch = createIssuerFetch(issuer, ask);
  const options = {
    timeout: patience / 1000,
    [customFetch]: fetch as CustomFetch,
    ...(isLocal(issuer) && { execute: [allowInsecureRequests] }),
  };
  const metadata = await discovery(new URL(issuer), 'discovery', undefined, undefined, options).then(
    (configuration) => configuration.serverMetadata() as ServerMetadata,
    (cause: unknown) => {
      if (innerAddressOf(cause)) throw new IssuerError('inner', { cause });
      const isOther = (cause as { code?: unknown }).code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
      throw new IssuerError(isOther ? 'mismatch' : 'unreachable', { cause });
    },
  );
  // A name that stands for many tenants lets in people of all of them.
  if (!isSame(metadata.issuer, issuer)) throw new IssuerError('mismatch');
  const { authorization_endpoint: login, token_endpoint: tokens, jwks_uri: keys } = metadata;
  if (
    ![login, tokens, keys].every((address) => mayAsk(issuer, address)) ||
    !offers(metadata.response_types_supported, ['code']) ||
    !offers(metadata.code_challenge_methods_supported, ['S256']) ||
    !offers(metadata['id_token_signing_alg_values_supported'], algorithms)
  ) {
    throw new IssuerError('unsupported');
  }
  return {
    metadata,
    keys: createRemoteJWKSet(new URL(keys as string), {
      timeoutDuration: patience,
      cacheMaxAge: lifetime,
      [keysFetch]: fetch,
    }),
  };
}

/** Providers by account and issuer, each asked once in ten minutes: what one account may ask is nothing to another. */
export function createIssuers({ clock, outgoing }: Pick<AppDeps, 'clock' | 'outgoing'>) {
  const known = new Map<string, { readonly until: number; readonly issuer: Promise<Issuer> }>();

  return async (account: number, address: string): Promise<Issuer> => {
    const name = `${account} ${address}`;
    const now = clock().getTime();
    const before = known.get(name);
    if (before && before.until > now) return before.issuer;
    const issuer = discover(address, outgoing(account));
    known.set(name, { until: now + lifetime, issuer });
    try {
      return await issuer;
    } catch (error) {
      // Whoever comes next asks again.
      if (known.get(name)?.issuer === issuer) known.delete(name);
      throw error;
    }
  };
}

/** What `openid-client` needs to speak with the provider as this client. @param ask of the account */
export async function configure({ metadata }: Issuer, connection: Connection, ask: Fetch): Promise<Configuration> {
  const client = await import('openid-client');
  const { issuer, clientId, clientSecret } = connection;
  const isBasic = offers(metadata.token_endpoint_auth_methods_supported, ['client_secret_basic']);
  const secret = isBasic ? client.ClientSecretBasic : client.ClientSecretPost;
  const shown = clientSecret === null ? client.None() : secret(clientSecret);
  const configuration = new client.Configuration(metadata, clientId, undefined, shown);
  configuration.timeout = patience / 1000;
  configuration[client.customFetch] = createIssuerFetch(issuer, ask) as CustomFetch;
  if (isLocal(issuer)) client.allowInsecureRequests(configuration);
  return configuration;
}
