import { composed } from '../../../src/testing/scenarios/composed.js';

/** A documented part on the stage, and how a page's style sheet reaches it. */
export interface PartName {
  /** The part as its own element names it: `ticket-list::part(row)`. */
  readonly own: string;
  /** What reaches it in this page; the same, unless the element stands inside another one of ours. */
  readonly here: string;
}

const hostOf = (node: Node): Element | null => {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
};

/** The name under which a host hands a part on to the page around it, or `undefined`. */
function exported(host: Element, name: string): string | undefined {
  const pairs = (host.getAttribute('exportparts') ?? '').split(',').map((pair) => pair.trim().split(/\s*:\s*/));
  const pair = pairs.find(([inner]) => inner === name);
  return pair && (pair[1] ?? pair[0]);
}

/** The parts that an element is, the most telling first: `row` before `row-unread`. */
export function partsOf(element: Element): PartName[] {
  return [...(element.part ?? [])].flatMap((name) => {
    let host = hostOf(element);
    if (!host) return [];
    const own = `${host.localName}::part(${name})`;
    let reaching: string | undefined = name;
    for (let outer = hostOf(host); outer; outer = hostOf(host)) {
      reaching = exported(host, reaching);
      if (reaching === undefined) return [];
      host = outer;
    }
    return [{ own, here: `${host.localName}::part(${reaching})` }];
  });
}

/** Every part below a root that can be seen, each once. */
export function visibleParts(root: ParentNode): PartName[] {
  const found = new Map<string, PartName>();
  for (const element of composed(root)) {
    if (element.part.length === 0 || !element.checkVisibility({ visibilityProperty: true })) continue;
    for (const part of partsOf(element)) if (!found.has(part.here)) found.set(part.here, part);
  }
  return [...found.values()];
}

/** The innermost element of an event's path that is a part. */
export const partOfPath = (path: readonly EventTarget[]): HTMLElement | undefined =>
  path.find((node): node is HTMLElement => node instanceof HTMLElement && partsOf(node).length > 0);

/** Ready to be pasted, with the way for an element of one's own where it differs. */
export function cssOf({ own, here }: PartName): string {
  const rule = (selector: string) => `${selector} {\n  \n}\n`;
  return own === here ? rule(here) : `${rule(here)}\n/* For an element of one’s own: */\n${rule(own)}`;
}
