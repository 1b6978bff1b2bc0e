import { shortTime } from '../../../i18n/format.js';
import type { Ticket } from '../../../model/index.js';
import { isReadersTurn, whyText } from '../../templates.js';
import { propertyText } from '../../property-text.js';
import type { Speech } from '../cells.js';
import { propertyOf } from '../columns.js';
import { type RowField, rowFields, type RowText } from '../render-row.js';

/** What people have written: its direction is its own, whatever the language around it. */
const written = /^(subject|number|requester|company|snippet|property:.*)$/;

export const isWritten = (field: string): boolean => written.test(field);

/** True for what every row can say; properties are for the portal to have. */
export const isRowField = (field: string): field is RowField =>
  propertyOf(field) !== undefined || (rowFields as readonly string[]).includes(field);

/** What our own row says of a ticket, one field of it; empty where there is nothing to say. */
export function rowText(speech: Speech, ticket: Ticket, field: RowField): string {
  const { t, locale, properties } = speech;
  switch (field) {
    case 'subject':
      return ticket.subject;
    case 'number':
      return `#${ticket.number}`;
    case 'requester':
      return ticket.requester.name;
    case 'company':
      return ticket.company?.name ?? '';
    case 'status':
      return ticket.status.label;
    case 'turn':
      return turnText(speech, ticket);
    case 'created':
      return shortTime(locale, ticket.createdAt);
    case 'updated':
      return shortTime(locale, ticket.updatedAt);
    case 'unread':
      return ticket.unread ? t('list.unread') : '';
    case 'why':
      return whyText(t, ticket.why);
    case 'snippet':
      return ticket.snippet?.text ?? '';
  }
  const property = properties.find(({ name }) => name === propertyOf(field));
  const value = property && ticket.properties[property.name];
  return value ? propertyText(speech, property, value) : '';
}

/** All fields at once. */
export const rowTexts = (speech: Speech, ticket: Ticket): RowText =>
  Object.fromEntries(
    [...rowFields, ...speech.properties.map(({ name }) => `property:${name}` as const)].map((field) => [
      field,
      rowText(speech, ticket, field),
    ]),
  ) as RowText;

function turnText({ t }: Speech, ticket: Ticket): string {
  if (isReadersTurn(ticket)) return t('turn');
  return ticket.turn === 'support' ? t('turn.support') : '';
}
