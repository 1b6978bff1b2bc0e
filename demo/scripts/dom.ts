/** The few words in which the page's scripts speak to the document. */

export const find = <T extends Element>(selector: string, root: ParentNode = document): T => {
  const element = root.querySelector<T>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
};

/** An element with attributes and content; text is text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** A copy of a template of the page. */
export const copyOf = (template: string): DocumentFragment =>
  find<HTMLTemplateElement>(`template#${template}`).content.cloneNode(true) as DocumentFragment;
