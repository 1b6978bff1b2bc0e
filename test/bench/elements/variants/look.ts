import { list } from '../../../../src/elements/ticket-list/ticket-list.styles.js';
import { fullTime, prepareTimes, shortTime } from '../../../../src/i18n/format.js';
import type { Ticket } from '../../../../src/model/index.js';
import { base } from '../../../../src/styles/base.styles.js';
import { status } from '../../../../src/styles/status.styles.js';

const locale = document.documentElement.lang || navigator.language;

/** A root with the elements' own style in it; what says times is ready, as it is in ours. */
export function styledRoot(host: HTMLElement): ShadowRoot {
  prepareTimes(locale);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([base, status, list].map(({ cssText }) => cssText).join('\n'));
  root.adoptedStyleSheets = [sheet];
  return root;
}

const page = location.href.replace(/[?#].*/s, '');

/** The words of a row, for all who write it themselves. */
export const wordsOf = ({ id, number, subject, status: { label, category }, turn, unread, updatedAt }: Ticket) => ({
  id,
  subject,
  label,
  category,
  href: `${page}?ticket=${id}`,
  row: unread ? 'row row-unread' : 'row',
  unread: unread ? 'New reply' : null,
  number: `#${number}`,
  why: 'you asked',
  turn: turn === 'contact' ? 'Your turn' : null,
  withUs: turn === 'support' ? 'With us' : null,
  updatedAt,
  time: shortTime(locale, updatedAt),
  fullTime: fullTime(locale, updatedAt),
});
