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

/** Ways in that a portal has beside its own. Every method rejects with a `BackendError`. */
export interface WaysInBackend {
  listConnections(slug: string, options?: RequestOptions): Promise<readonly Connection[]>;
  /** Asks the provider who it is. @throws BackendError `invalid` at `issuer`, with what is wrong with it as the code */
  createConnection(slug: string, input: ConnectionInput): Promise<Connection>;
  /** @throws BackendError the same, and `invalid` at `clientSecret` where another issuer needs its own */
  updateConnection(slug: string, id: string, input: ConnectionInput): Promise<Connection>;
  /** Whoever has come in by it signs in anew. */
  deleteConnection(slug: string, id: string): Promise<void>;
}
