import type { Statement, Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { auditStep } from '../identity/audit.js';
import { acceptProof } from '../identity/proof.js';
import type { PortalSettings } from '../settings/portal.js';
import type { Login, Profile } from './id-token.js';

type Identity = Pick<Login, 'issuer' | 'subject'>;

interface KnownRow {
  readonly id: number;
  readonly public_id: string;
  readonly admitted: boolean;
}

interface ContactRow {
  readonly enabled: boolean;
  readonly verified: boolean;
  readonly taken: boolean;
}

const known: Statement = {
  name: 'sso_identity',
  text: `SELECT c.id, c.public_id, admitted($1, $2, c.id) AS admitted
    FROM identities i JOIN contacts c ON c.account_id = i.account_id AND c.id = i.contact_id
    WHERE i.account_id = $1 AND i.issuer = $3 AND i.subject = $4`,
};
const byEmail: Statement = {
  name: 'sso_contact',
  text: `SELECT c.enabled, c.verified, EXISTS (SELECT FROM identities i
        WHERE i.account_id = c.account_id AND i.contact_id = c.id AND i.issuer = $3) AS taken
    FROM contacts c WHERE c.account_id = $1 AND lower(c.email) = lower($2) FOR UPDATE`,
};
const lock: Statement = {
  name: 'sso_lock',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('sso ' || $1::bigint || ' ' || $2, 0))`,
};

/** A contact who comes in by what a provider says of them. */
export interface Person {
  readonly id: number;
  readonly publicId: string;
}

/** Who is known by this subject of this issuer; `null` for nobody, `refused` for who may not sign in here. */
export async function findKnown(
  tx: Pick<Transaction, 'query'>,
  { account, id }: PortalSettings,
  { issuer, subject }: Identity,
): Promise<Person | 'refused' | null> {
  const [row] = await tx.query<KnownRow>(known, [account, id, issuer, subject]);
  if (!row) return null;
  return row.admitted ? { id: row.id, publicId: row.public_id } : 'refused';
}

/**
 * Makes somebody known by a subject, from now on: the contact with the address that the provider has proven, or a new one
 * where the portal takes these. Returns `null` for nobody, and then the transaction must not be kept.
 *
 * Never by the address alone. The provider has to say that it is proven; who has it here must have proven it here as well,
 * unless the portal leaves it to its providers who comes (`sso-only`); and one contact is one subject of an issuer: an address
 * that a provider has given to somebody else since leads to nobody.
 */
export async function acceptNewcomer(
  deps: AppDeps,
  tx: Transaction,
  portal: PortalSettings,
  identity: Identity,
  { email, name }: Profile,
): Promise<Person | null> {
  const { account, access } = portal;
  // Of several that come at once with one address, the first is it.
  await tx.query(lock, [account, identity.issuer]);
  const before = await findKnown(tx, portal, identity);
  if (before) return before === 'refused' ? null : before;
  if (email === null) return null;
  const [contact] = await tx.query<ContactRow>(byEmail, [account, email, identity.issuer]);
  const isAuthority = access.kind === 'sso-only';
  if (contact ? !contact.enabled || contact.taken : access.kind === 'access-groups') return null;
  if (contact && !contact.verified && !isAuthority) return null;
  const accepted = await acceptProof(deps, tx, portal, {
    kind: contact ? 'email' : 'register',
    identity,
    email,
    name: name ?? email.slice(0, email.lastIndexOf('@')),
    locale: portal.locale,
    password_hash: null,
  });
  if (!accepted) return null;
  const { id, publicId } = accepted;
  const entry = {
    actor: 'visitor',
    event: 'identity-linked',
    portal: portal.slug,
    subjects: { contact: publicId },
  } as const;
  await tx.batch([auditStep(account, deps.clock(), entry)]);
  return { id, publicId };
}
