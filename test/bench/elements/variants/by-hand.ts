import type { Ticket } from '../../../../src/model/index.js';
import { styledRoot, wordsOf } from './look.js';
import type { Variant } from './variant.js';

/** The limit: a template that is cloned, and rows that are changed where they differ. */

const template = document.createElement('template');
template.innerHTML = `<li><div role="heading" aria-level="3"><a part="subject" dir="auto"></a></div>
  <p class="meta" part="meta"><bdi part="number"></bdi> · <span part="why">You asked</span></p>
  <p part="state"><span part="turn"></span> <span part="status"></span></p>
  <p class="meta when"><time></time></p></li>`;

let list: HTMLElement;
let rows = new Map<string, { readonly row: HTMLElement; ticket: Ticket }>();

function fill(row: HTMLElement, ticket: Ticket): void {
  const words = wordsOf(ticket);
  const set = (selector: string, text: string) => {
    const node = row.querySelector(selector);
    if (node && node.textContent !== text) node.textContent = text;
  };
  row.setAttribute('part', words.row);
  row.querySelector('a')?.setAttribute('href', words.href);
  set('a', words.subject);
  set('[part=number]', words.number);
  set('[part=turn]', words.turn);
  set('[part=status]', words.label);
  set('time', words.time);
}

export const variant: Variant = {
  async prepare(host) {
    const root = styledRoot(host);
    root.innerHTML = '<div part="base"><ul part="list" role="list"></ul></div>';
    list = root.querySelector('ul') as HTMLElement;
  },

  show({ items }) {
    const before = rows;
    rows = new Map();
    let place = list.firstElementChild;
    for (const ticket of items) {
      const known = before.get(ticket.id);
      const row = known?.row ?? (template.content.cloneNode(true) as DocumentFragment).querySelector('li')!;
      if (known?.ticket !== ticket) fill(row, ticket);
      if (row === place) place = place.nextElementSibling;
      else list.insertBefore(row, place);
      rows.set(ticket.id, { row, ticket });
    }
    for (const [id, { row }] of before) if (!rows.has(id)) row.remove();
  },

  root: () => list,
};
