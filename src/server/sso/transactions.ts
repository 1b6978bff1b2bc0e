import type { Statement, Transaction } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import { hashToken, newToken, toBase64Url } from '../identity/session.js';
import { createSealer } from '../seal.js';
import type { PortalSettings } from '../settings/portal.js';
import { type Connection, type ConnectionRow, createConnections } from './connections.js';
import type { Login, Sent } from './id-token.js';

/** Seconds that somebody may take to sign in elsewhere. */
export const transactionSeconds = 600;
/** Milliseconds until a code has to be exchanged: the page does it at once. */
const codeLifetime = 60_000;

/** What the page asks for. */
export interface Asked {
  /** S256 of what it will show. */
  readonly challenge: string;
  /** Comes back to it as it is. */
  readonly state: string;
  readonly origin: string;
  readonly mode: 'popup' | 'redirect';
  /** Of that origin; for `redirect`. */
  readonly returnTo: string | null;
}

/** Where the page waits for an answer. */
export type Asker = Pick<Asked, 'state' | 'origin' | 'mode' | 'returnTo'>;

/** A transaction that its browser has come back with. */
export interface Taken {
  readonly idHash: Uint8Array;
  readonly connection: Connection;
  readonly sent: Sent;
  readonly asker: Asker;
}

/** Somebody whose page has exchanged its code. */
export interface Exchanged {
  readonly contact: { readonly id: number; readonly publicId: string };
  readonly elsewhere: Pick<Login, 'issuer' | 'subject' | 'sid'>;
}

const insert: Statement = {
  name: 'sso_start',
  text: `INSERT INTO sso_transactions (account_id, id_hash, portal_id, connection_id, state_hash, sealed, challenge, origin, mode,
      return_to, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
};
const take: Statement = {
  name: 'sso_take',
  text: `UPDATE sso_transactions t SET used_at = $5 FROM sso_connections n
    WHERE t.account_id = $1 AND t.portal_id = $2 AND t.id_hash = $3 AND t.state_hash = $4 AND t.used_at IS NULL
      AND t.expires_at > $5 AND n.account_id = t.account_id AND n.id = t.connection_id
    RETURNING t.sealed, t.origin, t.mode, t.return_to, n.id, n.issuer, n.client_id, n.client_secret`,
};
const grant: Statement = {
  name: 'sso_grant',
  text: `UPDATE sso_transactions SET code_hash = $3, code_expires_at = $4, contact_id = $5, issuer = $6, subject = $7, sid = $8
    WHERE account_id = $1 AND id_hash = $2`,
};
/** A code is gone with the first who shows it, right or wrong. */
const exchange: Statement = {
  name: 'sso_exchange',
  text: `UPDATE sso_transactions t SET code_used_at = $4 FROM contacts c
    WHERE t.account_id = $1 AND t.portal_id = $2 AND t.code_hash = $3 AND t.code_used_at IS NULL AND t.code_expires_at > $4
      AND c.account_id = t.account_id AND c.id = t.contact_id
    RETURNING t.challenge = $5 AND t.origin = $6 AS proven, admitted($1, $2, c.id) AS admitted,
      c.id, c.public_id, t.issuer, t.subject, t.sid`,
};

interface TakenRow extends ConnectionRow {
  readonly sealed: string;
  readonly origin: string;
  readonly mode: Asked['mode'];
  readonly return_to: string | null;
}
interface ExchangedRow {
  readonly proven: boolean;
  readonly admitted: boolean;
  readonly id: number;
  readonly public_id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly sid: string | null;
}

/** The S256 method of PKCE. */
export const challengeOf = async (deps: Pick<AppDeps, 'sha256'>, verifier: string): Promise<string> =>
  toBase64Url(await hashToken(deps, verifier));

/** Sign-ins that are on their way, each taken once and by the browser that began it. */
export function createTransactions(deps: AppDeps) {
  const sealer = createSealer(deps.secret, 'sso transaction', deps.clock);
  const connections = createConnections(deps);
  const staffOf = ({ account }: PortalSettings) => ({ role: 'staff', account }) as const;

  return {
    /** Begins one. The token is for the browser, what is sent for the provider. */
    async start(
      portal: PortalSettings,
      connection: Connection,
      { state, challenge, origin, mode, returnTo }: Asked,
    ): Promise<{ readonly token: string; readonly sent: Sent }> {
      const token = newToken(deps);
      const sent: Sent = { state: newToken(deps), nonce: newToken(deps), verifier: newToken(deps) };
      const { account, id } = portal;
      const now = deps.clock();
      const until = new Date(now.getTime() + transactionSeconds * 1000);
      const sealed = await sealer.seal({ nonce: sent.nonce, verifier: sent.verifier, state }, transactionSeconds);
      const [idHash, stateHash] = [await hashToken(deps, token), await hashToken(deps, sent.state)];
      const keys = [account, idHash, id, connection.id, stateHash, sealed];
      const params = [...keys, challenge, origin, mode, returnTo, now, until];
      await deps.database.batch({ role: 'app', account, portal: id }, [{ statement: insert, params }]);
      return { token, sent };
    },

    /** Takes the one that this browser has begun and the provider answers; `null` for any other, and a second time. */
    async take(portal: PortalSettings, token: string, state: string): Promise<Taken | null> {
      const idHash = await hashToken(deps, token);
      const params = [portal.account, portal.id, idHash, await hashToken(deps, state), deps.clock()];
      const [[row]] = (await deps.database.batch(staffOf(portal), [{ statement: take, params }])) as [TakenRow[]];
      const opened = row && (await sealer.open(row.sealed));
      if (!opened) return null;
      const { nonce, verifier, state: own } = opened as { nonce: string; verifier: string; state: string };
      return {
        idHash,
        connection: await connections.open(row),
        sent: { state, nonce, verifier },
        asker: { state: own, origin: row.origin, mode: row.mode, returnTo: row.return_to },
      };
    },

    /** Makes the code that the page exchanges for a session of this contact. */
    async grant(
      tx: Transaction,
      { account }: PortalSettings,
      { idHash }: Taken,
      contact: { readonly id: number },
      { issuer, subject, sid }: Login,
    ): Promise<string> {
      const code = newToken(deps);
      const until = new Date(deps.clock().getTime() + codeLifetime);
      const who = [contact.id, issuer, subject, sid];
      await tx.query(grant, [account, idHash, await hashToken(deps, code), until, ...who]);
      return code;
    },

    /** Takes a code from the page that it was made for. */
    async exchange(
      portal: PortalSettings,
      caller: Caller,
      { code, verifier }: { readonly code: string; readonly verifier: string },
    ): Promise<Exchanged | 'wrong' | 'expired'> {
      const proof = [await challengeOf(deps, verifier), caller.origin];
      const params = [portal.account, portal.id, await hashToken(deps, code), deps.clock(), ...proof];
      const steps = [{ statement: exchange, params }];
      const [[row]] = (await deps.database.batch(staffOf(portal), steps)) as [ExchangedRow[]];
      // Whoever was shut out in this minute has nothing to exchange.
      if (!row?.admitted) return 'expired';
      if (!row.proven) return 'wrong';
      const { id, public_id: publicId, issuer, subject, sid } = row;
      return { contact: { id, publicId }, elsewhere: { issuer, subject, sid } };
    },
  };
}
