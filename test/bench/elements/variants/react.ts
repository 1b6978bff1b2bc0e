import { createElement as h, memo } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import type { Ticket } from '../../../../src/model/index.js';
import { styledRoot, wordsOf } from './look.js';
import type { Variant } from './variant.js';

/** As somebody writes it with React 19 who knows of `memo`. */

const Row = memo(({ ticket }: { readonly ticket: Ticket }) => {
  const words = wordsOf(ticket);
  return h(
    'li',
    { part: words.row },
    h(
      'div',
      { className: 'main' },
      h(
        'div',
        { role: 'heading', 'aria-level': 3 },
        h('a', { part: 'subject', href: words.href, 'data-ticket': words.id, dir: 'auto' }, words.subject),
      ),
      h(
        'p',
        { className: 'meta', part: 'meta' },
        words.unread && [h('b', { part: 'unread', key: 'unread' }, words.unread), ' · '],
        h('bdi', { part: 'number' }, words.number),
        ' · ',
        h('span', { part: 'why' }, words.why),
      ),
    ),
    h(
      'p',
      { part: 'cell cell-status state' },
      words.turn && h('span', { part: 'turn' }, words.turn),
      h('span', { part: `status status-${words.category}` }, words.label),
      words.withUs && h('span', { part: 'turn-support' }, words.withUs),
    ),
    h(
      'p',
      { className: 'meta', part: 'cell cell-updated' },
      h('time', { part: 'time', dateTime: words.updatedAt, title: words.fullTime }, words.time),
    ),
  );
});

let container: HTMLElement;
let react: Root;

export const variant: Variant = {
  async prepare(host) {
    container = styledRoot(host).appendChild(document.createElement('div'));
    container.setAttribute('part', 'base');
    react = createRoot(container);
  },
  show: ({ items }) =>
    react.render(
      h(
        'ul',
        { part: 'list', role: 'list' },
        items.map((ticket) => h(Row, { key: ticket.id, ticket })),
      ),
    ),
  root: () => container,
};
