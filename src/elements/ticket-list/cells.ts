import { html, nothing } from 'lit';

import type { Ticket, TicketProperty } from '../../model/index.js';
import { propertyText } from '../property-text.js';
import { renderStatus, renderTime, renderTurn, type Translate } from '../templates.js';
import { type ColumnName, propertyOf } from './columns.js';

/** What is needed to say something of a ticket. */
export interface Speech {
  readonly t: Translate;
  readonly locale: string;
  readonly properties: readonly TicketProperty[];
}

/** What stands above a column. */
export function columnLabel({ t, properties }: Speech, column: string): string {
  const name = propertyOf(column);
  return name === undefined
    ? t(`column.${column as ColumnName}`)
    : (properties.find((property) => property.name === name)?.label ?? name);
}

/** Status and time say what they are. */
const speaksForItself = (column: string): boolean => column === 'status' || column === 'updated';

/** Names above the columns, where there are some that do not speak for themselves: for the eye, each cell has its own. */
export const renderColumnNames = (speech: Speech, columns: readonly string[]): unknown =>
  columns.every(speaksForItself)
    ? nothing
    : html`<div part="column-names" aria-hidden="true"><span class="main"></span>${columns.map(
        (column) => html`<span class="meta" part=${partOf(column)}>${columnLabel(speech, column)}</span>`,
      )}</div>`;

const partOf = (column: string): string =>
  `cell cell-${propertyOf(column) === undefined ? column : 'property'}${column === 'status' ? ' state' : ''}`;

/** One thing about a ticket. An empty one keeps its place. */
export function renderCell(speech: Speech, column: string, ticket: Ticket): unknown {
  const value = valueOf(speech, column, ticket);
  const part = partOf(column);
  if (column === 'status') return html`<p part=${part}>${value}</p>`;
  const label =
    speaksForItself(column) || !value ? nothing : html`<span part="cell-name">${columnLabel(speech, column)}: </span>`;
  return html`<p class="meta" part=${part}>${label}${value}</p>`;
}

function valueOf(speech: Speech, column: string, ticket: Ticket): unknown {
  const { t, locale, properties } = speech;
  switch (column) {
    case 'status':
      return [renderTurn(t, ticket), renderStatus(ticket.status), renderWithUs(t, ticket)];
    case 'number':
      return html`<bdi part="number">${`#${ticket.number}`}</bdi>`;
    case 'requester':
      return html`<bdi part="requester">${ticket.requester.name}</bdi>`;
    case 'company':
      return ticket.company && html`<bdi>${ticket.company.name}</bdi>`;
    case 'created':
      return renderTime(locale, ticket.createdAt);
    case 'updated':
      return renderTime(locale, ticket.updatedAt);
  }
  const property = properties.find(({ name }) => name === propertyOf(column));
  if (!property) return '';
  const value = ticket.properties[property.name];
  return value ? html`<bdi>${propertyText(speech, property, value)}</bdi>` : '';
}

/** In words too, for whoever wonders: nothing is expected of the reader. */
const renderWithUs = (t: Translate, { turn }: Ticket): unknown =>
  turn === 'support' ? html`<span part="turn-support">${t('turn.support')}</span>` : nothing;
