import type { PortalChangeWire } from '../../../wire/index.js';
import type { AdminPortalRow } from './portals.js';
import { refuse } from './writing.js';

interface Languages {
  readonly locale: string;
  readonly locales: readonly string[];
  readonly followsDomain: boolean;
}

/**
 * The languages of a portal after a change. As long as it follows its domain they are the domain's alone; who chooses others
 * switches that off.
 *
 * @param domain language of the domain that the portal is on after the change
 * @throws ApiError `invalid` for a locale that is not among the locales, and for others than the domain's in a portal that is
 *   to follow it
 */
export function languagesOf(
  row: Pick<AdminPortalRow, 'locale' | 'locales' | 'follows_domain'>,
  change: Pick<PortalChangeWire, 'locale' | 'locales' | 'followsDomain'>,
  domain: string,
): Languages {
  const { locale = row.locale, locales = row.locales } = change;
  const isChosen = change.locale !== undefined || change.locales !== undefined;
  if (isChosen && !locales.includes(locale)) throw refuse('locale');
  const isDomains = locale === domain && locales.every((one) => one === domain);
  if (change.followsDomain && isChosen && !isDomains) throw refuse('locales', 'follows-domain');
  const follows = change.followsDomain ?? (row.follows_domain && (!isChosen || isDomains));
  return follows
    ? { locale: domain, locales: [domain], followsDomain: true }
    : { locale, locales, followsDomain: false };
}
