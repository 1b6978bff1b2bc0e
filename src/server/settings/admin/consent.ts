import type { PortalChangeWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import type { PortalConsent } from '../portal.js';
import type { AdminWriting } from './writing.js';

type Consent = NonNullable<PortalChangeWire['consent']>;

const keep: Statement = {
  name: 'admin_consent_text',
  text: 'INSERT INTO consent_texts (account_id, portal_id, version, texts, since) VALUES ($1, $2, $3, $4::jsonb, $5)',
};

/**
 * What is kept of the notice: its texts without space around them. The version rises with a text that is new in any language,
 * not by switching the notice on or off and not by a language that goes.
 *
 * @param locales of the portal
 * @throws ApiError `invalid`, with the path of a language that the portal does not have (`unknown`), and of one without text
 *   where the notice is asked (`missing`)
 */
export function readConsent(
  { asked, text: given }: Consent,
  { before, locales, now }: { readonly before: PortalConsent; readonly locales: readonly string[]; readonly now: Date },
): PortalConsent {
  const text = Object.fromEntries(Object.entries(given).map(([language, words]) => [language, words.trim()]));
  const missing = asked ? locales.filter((language) => text[language] === undefined) : [];
  const fields = [
    ...Object.keys(text)
      .filter((language) => !locales.includes(language))
      .map((language) => ({ path: `consent.text.${language}`, code: 'unknown' })),
    ...missing.map((language) => ({ path: `consent.text.${language}`, code: 'missing' })),
  ];
  if (fields.length > 0) throw new ApiError('invalid', { fields });
  const isNew = Object.entries(text).some(([language, words]) => before.text[language] !== words);
  if (!isNew) return { ...before, asked, text };
  return { asked, text, version: before.version + 1, since: now.toISOString() };
}

/** Keeps the texts of a new version for good. */
export async function keepConsentText(
  { tx, account, now }: AdminWriting,
  portal: number,
  before: PortalConsent,
  { version, text }: PortalConsent,
): Promise<void> {
  if (version !== before.version) await tx.query(keep, [account, portal, version, JSON.stringify(text), now]);
}

/** Which version is in force, and since when; `null` before there was a text. */
export const inForce = ({ version, since }: PortalConsent) => (since === undefined ? null : { version, since });
