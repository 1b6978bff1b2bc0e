import { render } from 'lit';

import type { Scenario } from './scenario.js';

/** Gives an element what its scenario's page gives it, before it is on the page: attributes, properties, what is inside. */
export function dress(element: HTMLElement, { attributes = {}, properties, inside }: Scenario): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, properties);
  if (inside) render(inside, element);
}

/** What is inside, as it is written on a page. */
export const markupOf = ({ inside }: Scenario): string => inside?.strings.join('').trim() ?? '';
