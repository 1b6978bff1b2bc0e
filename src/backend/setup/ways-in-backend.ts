import type { RequestOptions } from '../portal-backend.js';

/** An OpenID provider where people of a portal sign in. */
export interface Connection {
  readonly id: string;
  /** What the button says. */
  readonly label: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
}

export interface ConnectionInput {
  readonly label: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Left out, it stays as it is; `null` for a client that has none. */
  readonly clientSecret?: string | null;
}

/** The public half of a key pair, as a JSON Web Key. */
export type PublicKey =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

/** Of a site that signs for its own customers. */
export interface HostKey {
  /** What tokens name it. */
  readonly kid: string;
  readonly algorithm: 'EdDSA' | 'ES256';
  /** ISO 8601. */
  readonly createdAt: string;
  /** To the hour; `null` for one that has signed nobody in. */
  readonly lastUsedAt: string | null;
}

export interface NewHostKey {
  readonly kid: string;
  readonly jwk: PublicKey;
}

/** Ways in that a portal has beside its own. Every method rejects with a `BackendError`. */
export interface WaysInBackend {
  listConnections(slug: string, options?: RequestOptions): Promise<readonly Connection[]>;
  /** Asks the provider who it is. @throws BackendError `invalid` at `issuer`, with what is wrong with it as the code */
  createConnection(slug: string, input: ConnectionInput): Promise<Connection>;
  /** @throws BackendError the same, and `invalid` at `clientSecret` where another issuer needs its own */
  updateConnection(slug: string, id: string, input: ConnectionInput): Promise<Connection>;
  /** Whoever has come in by it signs in anew. */
  deleteConnection(slug: string, id: string): Promise<void>;

  /** The newest one last. */
  listHostKeys(slug: string, options?: RequestOptions): Promise<readonly HostKey[]>;
  /** @throws BackendError `conflict` at `kid` for a name that is taken, `invalid` at `jwk` for what is no key */
  addHostKey(slug: string, key: NewHostKey): Promise<HostKey>;
  /** Tokens that it has signed are refused from now on, and whoever has come by a site signs in anew. */
  removeHostKey(slug: string, kid: string): Promise<void>;
}
