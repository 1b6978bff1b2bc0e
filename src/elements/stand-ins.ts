const tags = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form', 'ticket-count'];

/**
 * Puts our tags into what stands in for them where an editor strips unknown ones, with its `data-*` attributes and what the
 * page has put inside: `<div data-ticket-list data-state="open">`.
 */
export function fillStandIns(): void {
  for (const place of document.querySelectorAll(tags.map((tag) => `[data-${tag}]`).join())) {
    const tag = tags.find((one) => place.hasAttribute(`data-${one}`)) as string;
    const element = document.createElement(tag);
    for (const { name, value } of [...place.attributes]) {
      if (!name.startsWith('data-')) continue;
      place.removeAttribute(name);
      if (name !== `data-${tag}`) element.setAttribute(name.slice(5), value);
    }
    element.append(...place.childNodes);
    place.append(element);
  }
}
