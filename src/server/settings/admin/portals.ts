import type { AdminPortalWire, NewPortalWire, PortalChangeWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import { type Param, type Statement, DatabaseError } from '../../database.js';
import { changeOf } from '../../identity/audit.js';
import { brandOf, type BrandImages, readBrand } from './brand.js';
import { type PortalRow, toPortal } from '../portal.js';
import { inForce, keepConsentText, readConsent } from './consent.js';
import { keepDefinitions, readDefinitions } from './definitions.js';
import { addressOf, holdDomain, holdDomains } from './domain-rows.js';
import { keepForms, readForms } from './forms.js';
import { languagesOf } from './languages.js';
import { keepWords, readWords } from './words.js';
import { type AdminWriting, given, idsOf, record, refuse, taken, checkVersion } from './writing.js';

/** A portal as a request reads it, with the names that its owner knows. */
export interface AdminPortalRow extends PortalRow {
  /** `null` on the system domain. */
  readonly host: string | null;
  /** Public id. */
  readonly domain: string;
  readonly follows_domain: boolean;
  readonly version: number;
  readonly inbox_names: AdminPortalWire['inboxes'];
  readonly access_groups: readonly string[];
  readonly brand_images: BrandImages;
}

/** Parameters are account and slug; NULL for all. */
export const adminPortals: Statement = {
  name: 'admin_portals',
  text: `SELECT p.account_id, p.id, p.slug, p.host, p.name, p.locale, p.locales, p.is_open, p.follows_domain, p.version,
      (SELECT d.public_id FROM domains d
        WHERE d.account_id = p.account_id AND d.host IS NOT DISTINCT FROM p.host) AS domain, p.permission, p.actions, p.properties, p.property_definitions, p.origins,
      p.sign_in, p.access, p.join_companies, p.idle_minutes, p.code_minutes, p.words,
      p.forms, p.brand, p.consent, p.brand_images,
      EXISTS (SELECT FROM host_keys k WHERE k.account_id = p.account_id AND k.portal_id = p.id) AS host_token,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.public_id, 'label', n.label) ORDER BY n.id), '[]')
        FROM sso_connections n WHERE n.account_id = p.account_id AND n.portal_id = p.id) AS connections,
      ARRAY(SELECT i.inbox_id FROM portal_inboxes i WHERE i.account_id = p.account_id AND i.portal_id = p.id
        ORDER BY i.is_default DESC, i.inbox_id) AS inboxes,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', b.public_id, 'name', b.name)
          ORDER BY i.is_default DESC, i.inbox_id), '[]')
        FROM portal_inboxes i JOIN inboxes b ON b.account_id = i.account_id AND b.id = i.inbox_id
        WHERE i.account_id = p.account_id AND i.portal_id = p.id) AS inbox_names,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'category', s.category, 'label', s.label,
          'inboxes', s.inbox_ids)
          ORDER BY s.position), '[]') FROM statuses s WHERE s.account_id = p.account_id) AS statuses,
      (SELECT jsonb_build_object('lag', d.lag, 'syncedAt', floor(extract(epoch FROM d.synced_at) * 1000))
        FROM desks d WHERE d.account_id = p.account_id) AS desk,
      ARRAY(SELECT g.name FROM portal_access_groups a
        JOIN access_groups g ON g.account_id = a.account_id AND g.id = a.group_id
        WHERE a.account_id = p.account_id AND a.portal_id = p.id ORDER BY g.name) AS access_groups
    FROM portals p WHERE p.account_id = $1 AND ($2::text IS NULL OR p.slug = $2) ORDER BY p.slug, p.host NULLS FIRST`,
};
const lock: Statement = {
  name: 'admin_portal_lock',
  text: 'SELECT id FROM portals WHERE account_id = $1 AND slug = $2 FOR NO KEY UPDATE',
};
const insert: Statement = {
  name: 'admin_portal_insert',
  text: `INSERT INTO portals (account_id, slug, host, name, locale, locales, follows_domain)
    VALUES ($1, $2, $3, $4, $5, ARRAY[$5], true) ON CONFLICT DO NOTHING RETURNING id`,
};
const update: Statement = {
  name: 'admin_portal_update',
  text: `UPDATE portals SET name = $3, locale = $4, locales = $5, permission = $6::jsonb, actions = $7::jsonb,
      properties = $8, origins = $9, sign_in = $10, access = $11::jsonb, join_companies = $12, idle_minutes = $13,
      code_minutes = $14, words = $15::jsonb, property_definitions = $16::jsonb, slug = $17, host = $18, is_open = $19,
      follows_domain = $20, forms = $21::jsonb, brand = $22::jsonb, consent = $23::jsonb,
      brand_images = $24::jsonb
    WHERE account_id = $1 AND id = $2`,
};
const raise: Statement = {
  name: 'admin_portal_raise',
  text: 'UPDATE portals SET version = version + 1 WHERE account_id = $1 AND id = $2 RETURNING version',
};
const keepStep: Statement = {
  name: 'admin_portal_step',
  text: 'UPDATE portals SET set_up_step = $3 WHERE account_id = $1 AND id = $2',
};
const firstInbox: Statement = {
  name: 'admin_first_inbox',
  text: 'SELECT public_id FROM inboxes WHERE account_id = $1 ORDER BY id LIMIT 1',
};
const removeInboxes: Statement = {
  name: 'admin_inboxes_remove',
  text: 'DELETE FROM portal_inboxes WHERE account_id = $1 AND portal_id = $2 AND inbox_id <> ALL ($3::bigint[])',
};
/** Before there is another default. */
const demoteInbox: Statement = {
  name: 'admin_inboxes_demote',
  text: `UPDATE portal_inboxes SET is_default = false
    WHERE account_id = $1 AND portal_id = $2 AND is_default AND inbox_id <> ($3::bigint[])[1]`,
};
const addInboxes: Statement = {
  name: 'admin_inboxes_add',
  text: `INSERT INTO portal_inboxes (account_id, portal_id, inbox_id, is_default)
    SELECT DISTINCT $1::bigint, $2::bigint, id, id = ($3::bigint[])[1] FROM unnest($3::bigint[]) AS i (id)
    ON CONFLICT (account_id, portal_id, inbox_id) DO UPDATE SET is_default = excluded.is_default`,
};
const makeGroups: Statement = {
  name: 'admin_groups_make',
  text: `INSERT INTO access_groups (account_id, name) SELECT $1, name FROM unnest($2::text[]) AS g (name)
    ON CONFLICT DO NOTHING`,
};
const removeGroups: Statement = {
  name: 'admin_groups_remove',
  text: `DELETE FROM portal_access_groups a USING access_groups g WHERE a.account_id = $1 AND a.portal_id = $2
    AND g.account_id = a.account_id AND g.id = a.group_id AND g.name <> ALL ($3::text[])`,
};
const addGroups: Statement = {
  name: 'admin_groups_add',
  text: `INSERT INTO portal_access_groups (account_id, portal_id, group_id)
    SELECT $1, $2, id FROM access_groups WHERE account_id = $1 AND name = ANY ($3::text[]) ON CONFLICT DO NOTHING`,
};

/** What an owner chooses. */
const settingsOf = (row: AdminPortalRow) => ({
  slug: row.slug,
  name: row.name,
  domain: row.domain,
  followsDomain: row.follows_domain,
  locale: row.locale,
  locales: [...row.locales],
  open: row.is_open,
  permission: row.permission as AdminPortalWire['permission'],
  actions: row.actions as AdminPortalWire['actions'],
  properties: [...row.properties],
  propertyDefinitions: row.property_definitions as AdminPortalWire['propertyDefinitions'],
  forms: row.forms as AdminPortalWire['forms'],
  origins: [...row.origins],
  inboxes: row.inbox_names,
  accessGroups: [...row.access_groups],
  access: row.access as AdminPortalWire['access'],
  signIn: [...row.sign_in],
  joinCompanies: row.join_companies,
  idleMinutes: row.idle_minutes as AdminPortalWire['idleMinutes'],
  codeMinutes: row.code_minutes as AdminPortalWire['codeMinutes'],
  words: row.words as AdminPortalWire['words'],
  consent: { asked: row.consent.asked, text: row.consent.text },
  brand: brandOf(row),
});

/** The same for the audit log, which holds no pictures. */
const enteredOf = (row: AdminPortalRow) => ({ ...settingsOf(row), brand: row.brand });

/** @param base scheme and host of the system domain */
export const toAdminPortal = (row: AdminPortalRow, base: string): AdminPortalWire => ({
  ...settingsOf(row),
  version: row.version,
  consentInForce: inForce(row.consent),
  address: addressOf(row, row.slug, base),
});

/** @throws ApiError `not-found` */
export async function readPortal({ tx, account }: Pick<AdminWriting, 'tx' | 'account'>, slug: string) {
  const [row] = await tx.query<AdminPortalRow>(adminPortals, [account, slug]);
  if (!row) throw new ApiError('not-found', { fields: [{ path: 'slug', code: 'unknown' }] });
  return row;
}

/**
 * On the system domain in its language, with permission `own`, the account's first inbox, and nobody may sign in, where
 * nothing else is said.
 *
 * @throws ApiError `conflict` for a slug in use, `invalid` as `updatePortal`
 */
export async function createPortal(writing: AdminWriting, { slug, ...change }: NewPortalWire) {
  const { tx, account } = writing;
  const { host, locale } = await holdDomain(writing, { id: change.domain, host: null });
  const [made] = await tx.query(insert, [account, slug, host, change.name, locale]);
  if (!made) throw taken('slug');
  const [inbox] = await tx.query<{ public_id: string }>(firstInbox, [account]);
  if (!inbox) throw refuse('inboxes', 'missing');
  const locales = change.locales ?? (change.locale === undefined ? undefined : [change.locale]);
  const row = await write(writing, slug, {
    inboxes: [inbox.public_id],
    ...change,
    ...(locales && { locales, locale: change.locale ?? locales[0] }),
  });
  await record(writing, { event: 'portal-created', portal: slug });
  return row;
}

/**
 * Changes what is named, and raises the version where that makes a difference.
 *
 * @throws ApiError `not-found`; `conflict` for a version that is not the present one and for an address in use; `invalid` for
 *   an inbox or a domain that is none, for a locale that is not among the locales, and as `languagesOf`, `readWords`,
 *   `readDefinitions`, `readForms` and `readBrand`
 */
export async function updatePortal(
  writing: AdminWriting,
  slug: string,
  { version, step, ...change }: PortalChangeWire,
): Promise<AdminPortalRow> {
  const { tx, account } = writing;
  await tx.batch([
    { statement: holdDomains, params: [account] },
    { statement: lock, params: [account, slug] },
  ]);
  const before = await readPortal(writing, slug);
  checkVersion(version, before.version);
  const after = await write(writing, slug, change);
  if (step !== undefined) await tx.query(keepStep, [account, after.id, step]);
  const hidden = ['name', 'words', 'propertyDefinitions', 'forms', 'consent'];
  const changed = { ...changeOf(enteredOf(before), enteredOf(after), hidden), ...consentChange(before, after) };
  if (Object.keys(changed).length === 0) return after;
  await record(writing, { event: 'portal-changed', portal: slug, change: changed });
  const [raised] = await tx.query<{ version: number }>(raise, [account, after.id]);
  return { ...after, ...raised };
}

/** The log has versions and no texts. */
function consentChange(...rows: readonly [before: AdminPortalRow, after: AdminPortalRow]) {
  const [before, after] = rows.map(({ consent: { asked, version } }) => ({ asked, version }));
  return changeOf({ consent: before }, { consent: after });
}

type Change = Omit<PortalChangeWire, 'version' | 'step'>;

async function write(writing: AdminWriting, slug: string, change: Change): Promise<AdminPortalRow> {
  const { tx, account } = writing;
  const row = await readPortal(writing, slug);
  const domain = await holdDomain(writing, { id: change.domain, host: row.host });
  const { locale, locales, followsDomain } = languagesOf(row, change, domain.locale);
  const before = { ...toPortal(row), permission: row.permission, access: row.access };
  const { name, permission, actions, properties, origins, ...rest } = { ...before, ...given(change) };
  const json = [JSON.stringify(permission), JSON.stringify(actions)];
  const own = [account, row.id];
  const { signIn, access, joinCompanies, idleMinutes, codeMinutes } = rest;
  const words = change.words ? readWords(change.words, locales) : keepWords(row.words, locales);
  const definitions = change.propertyDefinitions
    ? readDefinitions(change.propertyDefinitions, { properties, locale, locales })
    : keepDefinitions(row.property_definitions, { properties, locale, locales }, row.locale);
  const around = { definitions, locale, locales };
  const forms = change.forms ? readForms(change.forms, around) : keepForms(row.forms, around, row.locale);
  const consent = change.consent
    ? readConsent(change.consent, { before: row.consent, locales, now: writing.now })
    : row.consent;
  await keepConsentText(writing, row.id, row.consent, consent);
  const look = change.brand ? await readBrand(change.brand) : { brand: row.brand, images: row.brand_images };
  const signingIn = [[...new Set(signIn)], JSON.stringify(access), joinCompanies, idleMinutes, codeMinutes];
  await writeRow(writing, [
    ...own,
    name,
    locale,
    locales,
    ...json,
    properties,
    origins,
    ...signingIn,
    JSON.stringify(words),
    JSON.stringify(definitions),
    rest.slug,
    domain.host,
    rest.open,
    followsDomain,
    ...[forms, look.brand, consent, look.images].map((value) => JSON.stringify(value)),
  ]);
  if (change.inboxes) {
    const params = [...own, await idsOf(writing, 'inboxes', change.inboxes, 'inboxes.*')];
    await tx.batch([removeInboxes, demoteInbox, addInboxes].map((statement) => ({ statement, params })));
  }
  if (change.accessGroups) {
    const params = [...own, change.accessGroups];
    await tx.query(makeGroups, [account, change.accessGroups]);
    await tx.batch([removeGroups, addGroups].map((statement) => ({ statement, params })));
  }
  return readPortal(writing, rest.slug);
}

/** @throws ApiError `conflict` where another portal has the address, or one of the account the slug */
async function writeRow({ tx }: AdminWriting, params: readonly Param[]): Promise<void> {
  try {
    await tx.query(update, params);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '23505') throw taken('slug');
    throw error;
  }
}
