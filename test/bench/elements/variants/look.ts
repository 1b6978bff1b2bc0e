import { base } from '../../../../src/styles/base.styles.js';
import { status } from '../../../../src/styles/status.styles.js';
import { list } from '../../../../src/elements/ticket-list/ticket-list.styles.js';
import type { Ticket } from '../../../../src/model/index.js';

/** A root with the elements' own style in it. */
export function styledRoot(host: HTMLElement): ShadowRoot {
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([base, status, list].map(({ cssText }) => cssText).join('\n'));
  root.adoptedStyleSheets = [sheet];
  return root;
}

const when = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** The words of a row, for all who write it themselves. */
export const wordsOf = ({ id, number, subject, status: { label, category }, turn, unread, updatedAt }: Ticket) => ({
  id,
  subject,
  label,
  category,
  href: `?ticket=${id}`,
  row: unread ? 'row row-unread' : 'row',
  number: `#${number}`,
  turn: turn === 'contact' ? 'Your turn' : '',
  time: when.format(new Date(updatedAt)),
});
