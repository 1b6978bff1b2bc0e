import { html, nothing } from 'lit';

import type { TicketDetail } from '../../model/index.js';
import { renderHeading, renderStatus, renderTime, renderTurn, type Translate, whyText } from '../templates.js';
import { articleOf } from './article.js';

export interface HeadView {
  readonly t: Translate;
  readonly locale: string;
  /** Of the heading, in the page's outline. */
  readonly level: number;
}

/** What a ticket is called, how it stands, and why its reader sees it. */
export function renderHead(ticket: TicketDetail, { t, locale, level }: HeadView) {
  const { subject, status, number, why, createdAt } = ticket;
  const article = articleOf(ticket.properties);
  return html`${renderHeading(level, subject)}
    <p part="facts">
      ${renderTurn(t, ticket)} ${renderStatus(status)}
      <span class="meta" part="meta"><bdi part="number">${`#${number}`}</bdi> · <span part="why">${whyText(t, why)}</span> · ${t('detail.created')} ${renderTime(locale, createdAt)}</span>
    </p>
    ${
      article
        ? html`<p class="meta">${t('detail.article')} <a part="article" href=${article.url} dir="auto">${article.title}</a></p>`
        : nothing
    }`;
}
