import { pageOf, ticketOf, type TicketPage } from '../tickets.js';
import type { Variant } from './variant.js';

/** What is measured, in the order in which it is done. Each step begins with data in hand and ends when it is painted. */
export interface ListBench {
  first(count: number): Promise<void>;
  /** What comes after the rows, for lists that have such. */
  rest(): Promise<void>;
  /** One ticket has another status. @returns mutation records */
  update(): Promise<number>;
  /** One ticket is new. @returns mutation records */
  prepend(): Promise<number>;
  append(): Promise<number>;
  /** Nothing has changed. @returns mutation records */
  same(): Promise<number>;
  /** @returns how many steps of 400 px were made */
  scroll(): Promise<number>;
  /** How many there are in the list, with all that belongs to it. */
  nodes(): number;
  /** The first rows, for comparison: a list that shows less is no limit. */
  rows(): string;
}

const frame = () => new Promise(requestAnimationFrame);

/** Until something is there, and the frame that shows it has been made and is out of the way. */
async function painted(root: Node, isThere: () => unknown): Promise<void> {
  if (!isThere())
    await new Promise<void>((resolve) => {
      // No frame is asked for meanwhile: each has its price.
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(root, { childList: true, subtree: true, characterData: true });
    });
  await frame();
  await frame();
}

/** What there is to see and to hear of an element. */
function describe(element: Element): string {
  // An empty class is none.
  const said = [...element.attributes].filter(({ name, value }) => name !== 'class' || value);
  const attributes = said.map(({ name, value }) => `${name}="${value}"`).sort();
  const children = [...element.childNodes].map((node) =>
    node instanceof Element ? describe(node) : node instanceof Text ? node.data.trim() : '',
  );
  return `<${[element.localName, ...attributes].join(' ')}>${children.join('')}</>`;
}

export async function startBench(variant: Variant): Promise<ListBench> {
  await variant.prepare(document.querySelector('#list') as HTMLElement);
  let page: TicketPage = pageOf(0);
  const root = variant.root();

  async function show(next: TicketPage): Promise<number> {
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((more) => records.push(...more));
    observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
    page = next;
    variant.show(page);
    for (let frames = 0; frames < 3; frames++) await frame();
    records.push(...observer.takeRecords());
    observer.disconnect();
    return records.length;
  }

  return {
    async first(count) {
      variant.show((page = pageOf(count)));
      await painted(root, () => root.querySelector('[part~=subject]'));
    },
    rest: () => painted(root, () => variant.isWhole?.() ?? true),
    update: () =>
      show({ ...page, items: page.items.map((one, at) => (at === 3 ? ticketOf(one.number, 'Solved') : one)) }),
    prepend: () => show({ ...page, items: [ticketOf((page.items[0]?.number ?? 0) + 1), ...page.items] }),
    append: () => show({ ...page, items: [...page.items, ...pageOf(25, (page.items.at(-1)?.number ?? 0) - 1).items] }),
    same: () => show(page),
    async scroll() {
      let steps = 0;
      for (; steps < 20; steps++) {
        scrollBy(0, 400);
        await frame();
      }
      scrollTo(0, 0);
      await frame();
      return steps;
    },
    nodes: () => root.querySelectorAll('*').length,
    rows: () => [...root.querySelectorAll('li')].slice(0, 10).map(describe).join('\n'),
  };
}
