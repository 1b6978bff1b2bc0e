import { composed } from '../../../src/testing/scenarios/composed.js';
import { type PartName, partsOf } from './parts.js';

/** A frame over one element of the page, drawn on top and in nobody's way. */
export interface Highlight {
  over(element: Element | null): void;
}

export function createHighlight(): Highlight {
  const frame = document.createElement('div');
  frame.className = 'highlight';
  frame.setAttribute('aria-hidden', 'true');
  frame.hidden = true;
  document.documentElement.append(frame);
  return {
    over(element) {
      frame.hidden = !element;
      if (!element) return;
      const zoom = Number(document.documentElement.style.zoom || 1);
      const { left, top, width, height } = element.getBoundingClientRect();
      for (const [name, value] of Object.entries({ left, top, width, height })) {
        frame.style.setProperty(name, `${value / zoom}px`);
      }
    },
  };
}

/** The first visible element that is a part. */
export const elementOfPart = (root: ParentNode, { here }: PartName): HTMLElement | undefined =>
  [...composed(root)].find(
    (element) =>
      element.part.length > 0 &&
      element.checkVisibility({ visibilityProperty: true }) &&
      partsOf(element).some((part) => part.here === here),
  );

/** What a path of selectors leads to, a shadow root deeper with each. */
export function elementAt(path: readonly string[]): Element | null {
  let root: ParentNode | null = document;
  let found: Element | null = null;
  for (const selector of path) {
    found = root?.querySelector(selector) ?? null;
    root = found?.shadowRoot ?? null;
  }
  return found;
}
