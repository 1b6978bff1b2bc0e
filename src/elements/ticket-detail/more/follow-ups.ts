import { html, nothing } from 'lit';

import { followUpOf } from '../../../context/follow-up-place.js';
import type { PortalRoute } from '../../../context/route-context.js';
import type { TicketDetail, TicketLink } from '../../../model/index.js';
import { onPlainClick } from '../../clicks.js';
import type { Translate } from '../../templates.js';

/** Where the reader may go from here; nowhere without a portal around the element. */
type Route = PortalRoute | undefined;

/** The tickets that this one is tied to. */
export function renderTies(t: Translate, { followUpOf: earlier, followUps = [] }: TicketDetail, route: Route): unknown {
  if (!earlier && !followUps.length) return nothing;
  return html`<div part="ties">
    ${earlier ? html`<p class="meta">${t('follow-up.of')} ${renderLink(earlier, route)}</p>` : nothing}
    ${
      followUps.length
        ? html`<p class="meta">
            ${t('follow-up.in')} ${followUps.map((one, place) => html`${place ? ', ' : nothing}${renderLink(one, route)}`)}
          </p>`
        : nothing
    }
  </div>`;
}

function renderLink({ id, number, subject }: TicketLink, route: Route): unknown {
  const name = html`<bdi>${`#${number}`}</bdi> <bdi>${subject}</bdi>`;
  return route
    ? html`<a part="tie" href=${route.href(id)} @click=${onPlainClick(() => route.go(id))}>${name}</a>`
    : html`<span part="tie">${name}</span>`;
}

/** The way on from a closed ticket, where there is somewhere to go. */
export function renderOffer(t: Translate, ticket: TicketDetail, route: Route): unknown {
  if (!route || !ticket.followUps || ticket.status.category !== 'closed') return nothing;
  const place = followUpOf(ticket.id);
  return html`<p class="meta" part="follow-up-offer">
    <a part="button button-plain follow-up" href=${route.href(place)} @click=${onPlainClick(() => route.go(place))}>${t('follow-up.open')}</a>
    <span>${t('follow-up.hint')}</span>
  </p>`;
}
