import { fullTime } from '../../../i18n/format.js';
import type { Ticket } from '../../../model/index.js';
import { propertyOf } from '../columns.js';
import type { RowContext } from '../rows.js';
import type { TicketListElement } from '../ticket-list-element.js';
import { setAttribute } from './attributes.js';
import type { RowFiller } from './row-filler.js';
import { isRowField, isWritten, rowText } from './row-text.js';

/** An element that says something of the ticket, and the text in it, which stays the same node. */
interface Field {
  readonly name: string;
  readonly element: HTMLElement;
  readonly text: Text;
}

/** A copy of the template. */
interface Copy {
  readonly fields: readonly Field[];
  /** The links to the ticket. */
  readonly links: readonly HTMLAnchorElement[];
}

/** A link that the page leads nowhere leads to the ticket. */
const openLinks = 'a:not([href])';

/** Names that mean nothing, each told once. */
const told = new Set<string>();

/**
 * Rows as copies of the page's `<template slot="row">`. What a ticket says is only ever set as text, never read as markup;
 * there are no expressions, so that no content policy has anything against it. A row that changes keeps its nodes.
 */
export class TemplateRows implements RowFiller {
  readonly template: HTMLTemplateElement;
  readonly #host: TicketListElement;
  readonly #copies = new WeakMap<HTMLElement, Copy>();

  /** @param changed called when the page has changed the template */
  constructor(host: TicketListElement, template: HTMLTemplateElement, changed: () => void) {
    this.#host = host;
    this.template = template;
    new MutationObserver(changed).observe(template.content, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  }

  get isBare(): boolean {
    return !this.template.content.querySelector(openLinks);
  }

  fill(place: HTMLElement, context: RowContext, ticket: Ticket): boolean {
    // A page that is still being read has the template before what is in it.
    if (!this.template.content.firstElementChild) return false;
    const { fields, links } = this.#copies.get(place) ?? this.#copyInto(place);
    const href = context.href(ticket.id);
    for (const link of links) setAttribute(link, 'href', href);
    for (const field of fields) this.#say(field, context, ticket);
    return true;
  }

  leave(): void {}

  #copyInto(place: HTMLElement): Copy {
    const content = document.importNode(this.template.content, true);
    const links = [...content.querySelectorAll<HTMLAnchorElement>(openLinks)];
    const fields = [...content.querySelectorAll<HTMLElement>('[data-field]')].map((element) => {
      const name = element.dataset.field ?? '';
      const text = document.createTextNode('');
      // What stands there in the template only shows what it will look like.
      element.replaceChildren(text);
      if (isWritten(name) && !element.hasAttribute('dir')) element.setAttribute('dir', 'auto');
      return { name, element, text };
    });
    place.replaceChildren(content);
    const copy = { fields, links };
    this.#copies.set(place, copy);
    return copy;
  }

  #say({ name, element, text }: Field, context: RowContext, ticket: Ticket): void {
    if (!isRowField(name)) return tell(name);
    if (this.#isUnknown(name, context)) tell(name);
    const words = rowText(context, ticket, name);
    if (text.data !== words) text.data = words;
    const time = name === 'created' ? ticket.createdAt : name === 'updated' && ticket.updatedAt;
    if (!time || element.localName !== 'time') return;
    setAttribute(element, 'datetime', time);
    setAttribute(element, 'title', fullTime(context.locale, time));
  }

  /** A property that the portal does not have; its settings may still be on their way. */
  #isUnknown(name: string, { locale, properties }: RowContext): boolean {
    const property = propertyOf(name);
    if (property === undefined || properties.some((known) => known.name === property)) return false;
    return !!this.#host.portal.client?.settingsIn(locale);
  }
}

function tell(name: string): void {
  if (told.has(name)) return;
  told.add(name);
  // oxlint-disable-next-line no-console -- It is for whoever builds the site, and nobody else.
  console.warn(`<ticket-list>: a ticket has no field "${name}" for data-field.`);
}
