import { type IncomingMessage, createServer } from 'node:http';

import { type GenerateKeyPairResult, type JWTPayload, SignJWT, exportJWK, generateKeyPair } from 'jose';

import { listen, stop } from './sso-provider.js';

const makeKeys = () => ({
  RS256: generateKeyPair('RS256', { extractable: true }),
  PS256: generateKeyPair('PS256', { extractable: true }),
  ES256: generateKeyPair('ES256', { extractable: true }),
  EdDSA: generateKeyPair('EdDSA', { extractable: true }),
  /** Of nobody that a portal knows. */
  other: generateKeyPair('RS256', { extractable: true }),
});
let made: ReturnType<typeof makeKeys> | undefined;

export async function makeAllKeys(): Promise<void> {
  made ??= makeKeys();
  await Promise.all(Object.values(made));
}

/** Key pairs, the same for all tests: making them takes long. */
export function keyOf(name: keyof ReturnType<typeof makeKeys>): Promise<GenerateKeyPairResult> {
  made ??= makeKeys();
  return made[name];
}

/** Says what a provider says, in whatever way a test wants it said. */
export interface FakeIssuer {
  readonly issuer: string;
  /** Changes of its discovery document. */
  document: Readonly<Record<string, unknown>>;
  /** What its token endpoint answers. */
  answer: () => Promise<Readonly<Record<string, unknown>>>;
  /** What its address for more about a person answers; `null` where it has none. */
  more: Readonly<Record<string, unknown>> | null;
  /** Answers instead of all of this. */
  instead: ((path: string) => Response | undefined) | null;
  /** Paths in the order in which they were asked for. */
  readonly asked: string[];
  /** Forms that the token endpoint got. */
  readonly forms: URLSearchParams[];
  close(): Promise<void>;
}

export async function openIssuer(): Promise<FakeIssuer> {
  const server = createServer((request, response) => {
    void respond(request).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  const issuer = await listen(server);
  const fake: FakeIssuer = {
    issuer,
    document: {},
    answer: async () => ({}),
    more: null,
    instead: null,
    asked: [],
    forms: [],
    close: () => stop(server),
  };

  async function respond(request: IncomingMessage): Promise<Response> {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    fake.asked.push(path);
    const instead = fake.instead?.(path);
    if (instead) return instead;
    if (path === '/.well-known/openid-configuration') return Response.json({ ...document(), ...fake.document });
    if (path === '/keys') {
      const names = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
      const keys = names.map(async (alg) => ({ ...(await exportJWK((await keyOf(alg)).publicKey)), alg, kid: alg }));
      return Response.json({ keys: await Promise.all(keys) });
    }
    if (path === '/token') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      fake.forms.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      return Response.json({ access_token: 'access', token_type: 'Bearer', ...(await fake.answer()) });
    }
    return path === '/me' ? Response.json(fake.more) : new Response(null, { status: 404 });
  }

  // It claims to take anything: what is refused is refused by the portal.
  const document = () => ({
    issuer,
    authorization_endpoint: `${issuer}/login`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    ...(fake.more && { userinfo_endpoint: `${issuer}/me` }),
    response_types_supported: ['code'],
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256', 'none', 'RS384'],
  });
  return fake;
}

/** A token signed by one of the issuer's keys, or as `sign` says. */
export async function token(
  claims: JWTPayload,
  header: Readonly<Record<string, unknown>> = {},
  key: CryptoKey | Uint8Array | null = null,
): Promise<string> {
  const alg = (header['alg'] ?? 'RS256') as 'RS256';
  const signer = new SignJWT(claims).setProtectedHeader({ alg, kid: alg, ...header });
  return signer.sign(key ?? (await keyOf(alg)).privateKey);
}

/** What says that it is signed by nothing. */
export const unsigned = (claims: JWTPayload): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
};
