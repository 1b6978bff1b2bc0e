import type { Statement, Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { companySteps } from '../settings/contact-companies.js';
import type { PortalSettings } from '../settings/portal.js';
import { auditStep } from './audit.js';
import type { Proof } from './flows.js';

interface ProvenRow {
  readonly id: number;
  readonly public_id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly verified: boolean;
  readonly has_password: boolean;
  readonly has_company: boolean;
}

export interface ProvenContact {
  readonly id: number;
  readonly publicId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
}

const insert: Statement = {
  name: 'proof_contact_insert',
  text: `INSERT INTO contacts (account_id, public_id, email, name, locale, verified) VALUES ($1, $2, $3, $4, $5, true)
    ON CONFLICT DO NOTHING RETURNING id`,
};
const find: Statement = {
  name: 'proof_contact',
  text: `SELECT c.id, c.public_id, c.name, c.email, c.locale, c.verified,
      EXISTS (SELECT FROM credentials k WHERE k.account_id = c.account_id AND k.contact_id = c.id) AS has_password,
      EXISTS (SELECT FROM contact_companies m WHERE m.account_id = c.account_id AND m.contact_id = c.id) AS has_company
    FROM contacts c WHERE c.account_id = $1 AND lower(c.email) = lower($2) FOR UPDATE`,
};
const verify: Statement = {
  name: 'proof_verify',
  text: 'UPDATE contacts SET verified = true WHERE account_id = $1 AND id = $2 AND NOT verified',
};
const link: Statement = {
  name: 'proof_identity',
  text: `INSERT INTO identities (account_id, issuer, subject, contact_id, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING`,
};
const findCompany: Statement = {
  name: 'proof_company',
  text: `SELECT id FROM companies WHERE account_id = $1 AND email_domains @> ARRAY[lower(substring($2 FROM '[^@]*$'))]
    ORDER BY id LIMIT 1`,
};
/** Without a choice whoever is in one of the portal's groups joins no further one. */
const joinGroups: Statement = {
  name: 'proof_groups',
  text: `INSERT INTO access_group_members (account_id, group_id, contact_id)
    SELECT $1, id, $3 FROM invited_groups($1, $2, $4::bigint[]) WHERE $4::bigint[] IS NOT NULL OR NOT EXISTS (
      SELECT FROM access_group_members m JOIN portal_access_groups g
        ON g.account_id = m.account_id AND g.group_id = m.group_id
      WHERE m.account_id = $1 AND m.contact_id = $3 AND g.portal_id = $2)
    ON CONFLICT DO NOTHING`,
};
const admitted: Statement = { name: 'proof_admitted', text: 'SELECT admitted($1, $2, $3) AS admitted' };
const setPassword: Statement = {
  name: 'proof_password',
  text: `INSERT INTO credentials (account_id, contact_id, password_hash) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, contact_id) DO UPDATE SET password_hash = excluded.password_hash`,
};
const endAll: Statement = {
  name: 'proof_end_sessions',
  text: 'DELETE FROM sessions WHERE account_id = $1 AND contact_id = $2',
};
/** What is agreed to now would become a session. */
const endWaiting: Statement = {
  name: 'proof_end_waiting',
  text: `DELETE FROM flows WHERE account_id = $1 AND contact_id = $2`,
};

type ProofDeps = Pick<AppDeps, 'clock' | 'newId'>;

/**
 * Whose address was proven, now verified, with all that follows: who registers becomes a contact, who was invited a member,
 * and whoever has no company joins the one that has their domain, where the portal says so. A password that came with the
 * registration counts only if there was no account before: it was typed by who asked, and the address may be another's.
 * Returns `null` for who may not sign in here.
 */
export async function acceptProof(
  deps: ProofDeps,
  tx: Transaction,
  portal: PortalSettings,
  proof: Proof,
): Promise<ProvenContact | null> {
  const { account } = portal;
  const now = deps.clock();
  const entry = { actor: 'visitor', portal: portal.slug } as const;
  if (proof.kind === 'register') {
    const publicId = deps.newId();
    const params = [account, publicId, proof.email, proof.name ?? proof.email, proof.locale ?? portal.locale];
    const [made] = await tx.query(insert, params);
    if (made) {
      const step = auditStep(account, now, { ...entry, event: 'contact-created', subjects: { contact: publicId } });
      await tx.batch([step]);
    }
  }
  const [row] = await tx.query<ProvenRow>(find, [account, proof.email]);
  if (!row) return null;
  const { id, public_id: publicId, name, email, locale } = row;
  if (!row.verified) {
    await tx.query(verify, [account, id]);
    const change = { verified: { before: false, after: true } };
    await tx.batch([
      auditStep(account, now, { ...entry, event: 'contact-changed', subjects: { contact: publicId }, change }),
    ]);
  }
  if (proof.identity) {
    const { issuer, subject } = proof.identity;
    await tx.query(link, [account, issuer, subject, id, now]);
  }
  if (proof.kind === 'invitation') {
    await tx.query(joinGroups, [account, portal.id, id, proof.group_ids ?? null]);
  }
  if (proof.password_hash !== null && !row.has_password)
    await tx.query(setPassword, [account, id, proof.password_hash]);
  // A help desk of the company's own says which companies there are, and who belongs to them.
  if (portal.joinCompanies && portal.desk === null && !row.has_company) {
    const [company] = await tx.query<{ id: number }>(findCompany, [account, proof.email]);
    if (company) await tx.batch(companySteps(account, id, [company.id], company.id));
  }
  const [answer] = await tx.query<{ admitted: boolean }>(admitted, [account, portal.id, id]);
  return answer?.admitted ? { id, publicId, name, email, locale } : null;
}

/** Gives a contact another password, and ends all their sessions. */
export async function replacePassword(
  deps: ProofDeps,
  tx: Transaction,
  { account, slug }: PortalSettings,
  contact: ProvenContact,
  hash: string,
): Promise<void> {
  await tx.batch([
    { statement: setPassword, params: [account, contact.id, hash] },
    { statement: endAll, params: [account, contact.id] },
    { statement: endWaiting, params: [account, contact.id] },
    auditStep(account, deps.clock(), {
      actor: 'contact',
      actorId: contact.publicId,
      event: 'password-changed',
      portal: slug,
    }),
  ]);
}
