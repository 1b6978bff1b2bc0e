import { createElement as h, memo } from 'react';
// oxlint-disable-next-line typescript/triple-slash-reference -- a module of ambient declarations cannot be imported
/// <reference path="./react-dom.d.ts" />
import { createRoot } from 'react-dom/client';

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
      { role: 'heading', 'aria-level': 3 },
      h('a', { part: 'subject', href: words.href, dir: 'auto' }, words.subject),
    ),
    h(
      'p',
      { className: 'meta', part: 'meta' },
      h('bdi', { part: 'number' }, words.number),
      ' · ',
      h('span', { part: 'why' }, 'You asked'),
    ),
    h('p', { part: 'state' }, h('span', { part: 'turn' }, words.turn), ' ', h('span', { part: 'status' }, words.label)),
    h('p', { className: 'meta when' }, h('time', null, words.time)),
  );
});

let container: HTMLElement;
let react: ReturnType<typeof createRoot>;

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
