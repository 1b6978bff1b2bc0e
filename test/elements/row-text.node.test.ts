import { describe, expect, it } from 'vitest';

import { isRowField, isWritten, rowText, rowTexts } from '../../src/elements/ticket-list/own-rows/row-text.js';
import type { RowField } from '../../src/elements/ticket-list/render-row.js';
import type { Speech } from '../../src/elements/ticket-list/cells.js';
import { translate } from '../../src/i18n/translate.js';
import type { TicketProperty } from '../../src/model/index.js';
import { ticketOf } from './fake-backend.js';

const properties: readonly TicketProperty[] = [
  { name: 'product', type: 'choice', label: 'Product', options: [{ value: 'hub', label: 'Hub' }] },
  { name: 'due', type: 'date', label: 'Due', options: null },
];

const speech: Speech = { t: (key, args) => translate('en', key, args), locale: 'en', properties };

const bob = { id: 'bob', name: 'Bob Fraser' };
const full = ticketOf({
  requester: bob,
  unread: true,
  turn: 'contact',
  createdAt: '2020-01-05T10:00:00.000Z',
  updatedAt: '2020-02-06T10:00:00.000Z',
  snippet: { text: 'the <b>hub</b> blinks', marks: [[4, 14]] },
  properties: { product: 'hub', due: '2020-03-01' },
});

describe('what a row of the page’s own can say', () => {
  it.each<[RowField, string]>([
    ['subject', 'The hub is silent'],
    ['number', '#1042'],
    ['requester', 'Bob Fraser'],
    ['company', 'Acme'],
    ['status', 'In progress'],
    ['turn', 'Your turn'],
    ['created', 'Jan 5, 2020'],
    ['updated', 'Feb 6, 2020'],
    ['unread', 'New reply'],
    ['why', 'you asked'],
    ['snippet', 'the <b>hub</b> blinks'],
    ['property:product', 'Hub'],
    ['property:due', 'Mar 1, 2020'],
  ])('is, for %s, what our own row says: %s', (field, words) => {
    expect(rowText(speech, full, field)).toBe(words);
    expect(rowTexts(speech, full)[field]).toBe(words);
  });

  it.each<[RowField]>([['company'], ['turn'], ['unread'], ['snippet'], ['property:product'], ['property:other']])(
    'is nothing for %s where there is nothing to say',
    (field) => {
      const empty = ticketOf({ company: null, turn: null, properties: { other: 'internal' } });
      expect(rowText(speech, empty, field)).toBe('');
    },
  );

  it('does not call a colleague’s ticket the reader’s turn', () => {
    const why = { relation: 'company', company: null, condition: null } as const;
    expect(rowText(speech, ticketOf({ turn: 'contact', why }), 'turn')).toBe('');
    expect(rowText(speech, ticketOf({ turn: 'support', why }), 'turn')).toBe('With us');
  });

  it('knows its fields from a slip of the pen, and what people wrote from words of ours', () => {
    expect(['subject', 'property:due', 'sujbect', 'toString', ''].map(isRowField)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['subject', 'property:due', 'requester', 'status', 'updated'].map(isWritten)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
