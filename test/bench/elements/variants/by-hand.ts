import type { Ticket } from '../../../../src/model/index.js';
import { styledRoot, wordsOf } from './look.js';
import type { Variant } from './variant.js';

/** The limit: a template that is cloned, and rows that are changed where they differ. */

/** One for each shape that a row may have. */
const templates = new Map<string, HTMLTemplateElement>();

interface Row {
  readonly element: HTMLElement;
  readonly shape: string;
  readonly ticket: Ticket;
}

let list: HTMLElement;
let rows = new Map<string, Row>();

const shapeOf = ({ unread, turn, status }: Ticket): string => `${unread} ${turn} ${status.category}`;

function templateOf(ticket: Ticket): HTMLTemplateElement {
  const known = templates.get(shapeOf(ticket));
  if (known) return known;
  const { row, unread, turn, withUs, category } = wordsOf(ticket);
  const template = document.createElement('template');
  template.innerHTML = `<li part="${row}"><div class="main">
      <div role="heading" aria-level="3"><a part="subject" dir="auto"></a></div>
      <p class="meta" part="meta">${unread ? `<b part="unread">${unread}</b> · ` : ''}<bdi part="number"></bdi> · <span part="why"></span></p>
    </div>
    <p part="cell cell-status state">${turn ? `<span part="turn">${turn}</span>` : ''}<span part="status status-${category}"></span>${withUs ? `<span part="turn-support">${withUs}</span>` : ''}</p>
    <p class="meta" part="cell cell-updated"><time part="time"></time></p></li>`;
  templates.set(shapeOf(ticket), template);
  return template;
}

const make = (ticket: Ticket): HTMLElement =>
  (templateOf(ticket).content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;

function fill(row: HTMLElement, ticket: Ticket): HTMLElement {
  const words = wordsOf(ticket);
  const set = (selector: string, text: string, attributes: Readonly<Record<string, string>> = {}) => {
    const node = row.querySelector(selector) as HTMLElement;
    for (const [name, value] of Object.entries(attributes))
      if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    if (!node.firstChild) node.textContent = text;
    else if (node.textContent !== text) (node.firstChild as Text).data = text;
  };
  set('a', words.subject, { href: words.href, 'data-ticket': words.id });
  set('[part=number]', words.number);
  set('[part=why]', words.why);
  set('[part~=status]', words.label);
  set('time', words.time, { datetime: words.updatedAt, title: words.fullTime });
  return row;
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
      const shape = shapeOf(ticket);
      const isKnown = known?.shape === shape;
      const element = isKnown ? known.element : make(ticket);
      if (known?.ticket !== ticket) fill(element, ticket);
      if (element === place) place = place.nextElementSibling;
      else list.insertBefore(element, place);
      rows.set(ticket.id, { element, shape, ticket });
    }
    for (const [id, { element }] of before) if (rows.get(id)?.element !== element) element.remove();
  },

  root: () => list,
};
