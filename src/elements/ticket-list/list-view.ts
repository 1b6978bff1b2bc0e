import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { BackendError } from '../../backend/backend-error.js';
import type { PortalRoute } from '../../context/route-context.js';
import type { CommandController } from '../../controllers/command-controller.js';
import type { Page, Ticket } from '../../model/index.js';
import { onPlainClick } from '../clicks.js';
import { renderFailure, type Translate } from '../templates.js';
import { renderColumnNames } from './cells.js';
import { type RowContext, renderRow } from './rows.js';
import type { RowWindow } from './window/row-window.js';

/** The way to the form, in a portal that has one. */
export const renderNew = (t: Translate, route: PortalRoute | undefined): unknown =>
  route
    ? html`<a part="button button-primary new" href=${route.href('new')} @click=${onPlainClick(() => route.go('new'))}>${t('list.new')}</a>`
    : nothing;

/** What is said instead of everything when nobody is signed in, in the page's words or in ours. */
export const renderSignedOut = (t: Translate): unknown =>
  html`<slot name="signed-out"><p part="signed-out">${t('list.signed-out')}</p></slot>`;

/** What is said instead of rows when there are no tickets at all, in the same way. */
export const renderEmpty = (t: Translate, link: unknown): unknown =>
  html`<slot name="empty"><div class="stack" part="empty"><p>${t('list.empty')}</p>${link}</div></slot>`;

/**
 * What is said when there is nothing to show but an error, in the same way. Whoever says it, it is an alert.
 *
 * @param again what has `data-retry` in the page's words was pressed
 */
export function renderOnlyError(t: Translate, error: BackendError, retry: () => void, again: () => void): unknown {
  const handleClick = ({ target }: Event) => (target as Element).closest('[data-retry]') && again();
  return html`<div role="alert">
    <slot name="error" @click=${handleClick}>${renderFailure(t, error, retry, nothing)}</slot>
  </div>`;
}

/**
 * The rows, each the same piece of the page as long as its ticket is there.
 *
 * @param waiting they are the answer to an older question: `true` while a newer one is on its way, `false` when it failed
 */
export function renderRows(
  context: RowContext,
  { items, nextCursor }: Page<Ticket>,
  window: RowWindow | undefined,
  waiting: boolean | undefined,
): unknown {
  const of = nextCursor ? -1 : items.length;
  const rows = window
    ? repeat(
        window.placesOf(items),
        ({ id }) => id,
        ({ ticket, at }) => renderRow(context, ticket, { at, of }),
      )
    : repeat(
        items,
        ({ id }) => id,
        (ticket) => renderRow(context, ticket),
      );
  return html`${context.own ? nothing : renderColumnNames(context, context.columns)}
    <ul part="list" class=${waiting === undefined ? '' : 'old'} role="list" aria-busy=${!!waiting}>${rows}</ul>`;
}

/** The button for further tickets, or why there are none. */
export function renderMore(
  t: Translate,
  { nextCursor }: Page<Ticket>,
  { pending, error }: Pick<CommandController, 'pending' | 'error'>,
  load: () => void,
): unknown {
  if (!nextCursor) return nothing;
  if (error) return renderFailure(t, error, load);
  return html`<button part="button more" type="button" aria-disabled=${pending} @click=${load}>
    ${t(pending ? 'loading' : 'list.more')}
  </button>`;
}
