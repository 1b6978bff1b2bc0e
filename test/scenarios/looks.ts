import { emulateMedia } from '@web/test-runner-commands';
import axe from 'axe-core';

import { define } from '../../src/define.js';
import { type Scenario, type ScenarioTag, scenarios } from '../../src/testing/scenarios/index.js';
import { cleanups } from '../elements/screen.js';
import { can, engine } from '../support/engine.js';
import { setViewport } from '../support/viewport.js';
import { show } from './show.js';

/** WCAG 2.2 AA and what axe holds to be good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const schemes = ['light', 'dark'] as const;
const directions = ['ltr', 'rtl'] as const;
/** Of the narrowest window that there is, and of a wide one; in px. */
const widths = [can('phone') ? 320 : 447, 1024];

/** Where an engine cannot be told its colours, its pages have one look, and the other seven are Chromium's to judge. */
const allLooks = can('devtools');

/** What axe finds in the page as it is, a line each. */
export async function problemsOf(look: string): Promise<string[]> {
  const { violations } = await axe.run(document.body, { runOnly: tags, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${look}: ${id}: ${target.flat().join(' ')} ${failureSummary ?? ''}`),
  );
}

/** How far the page reaches beyond its window, sideways. */
const overflow = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;

/** How much of the page moves by itself while `work` goes on; 0 is nothing. */
async function shiftDuring(work: () => Promise<unknown>): Promise<number> {
  if (!can('layoutShift')) return work().then(() => 0);
  let sum = 0;
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries) sum += (entry as PerformanceEntry & { readonly value: number }).value;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  await work();
  // What was laid out last is reported with the frame after it.
  for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
  add(observer.takeRecords());
  observer.disconnect();
  return sum;
}

const beyond = (look: string): string[] =>
  overflow() > 0 ? [`${look}: reaches ${overflow()} px beyond the page`] : [];

/** What is wrong in light and dark, in both directions, narrow and wide. */
async function problemsOfAllLooks(): Promise<string[]> {
  const problems: string[] = [];
  for (const colorScheme of schemes) {
    await emulateMedia({ colorScheme });
    for (const width of widths) {
      await setViewport({ width, height: 800 });
      for (const dir of directions) {
        document.documentElement.dir = dir;
        const look = `${colorScheme} ${dir} ${width}`;
        problems.push(...(await problemsOf(look)), ...beyond(look));
      }
    }
  }
  return problems;
}

/** What is wrong in the look that the engine comes with, and how far pages reach that are narrow or wide. */
async function problemsOfOneLook(): Promise<string[]> {
  const problems = await problemsOf(engine);
  for (const width of widths) {
    await setViewport({ width, height: 800 });
    for (const dir of directions) {
      document.documentElement.dir = dir;
      problems.push(...beyond(`${engine} ${dir} ${width}`));
    }
  }
  return problems;
}

/** Shows every scenario of an element of customers, and looks at it in every look. */
export const testLooks = (tag: ScenarioTag): void =>
  testLooksOf(
    tag,
    define,
    scenarios.filter(({ element }) => element === tag),
    show,
  );

/** Shows scenarios of an element, and looks at each in every look that the engine can be brought to. */
export function testLooksOf<One extends Pick<Scenario, 'id' | 'title' | 'steps'>>(
  tag: string,
  define: () => void,
  scenarios: readonly One[],
  show: (scenario: One) => Promise<unknown>,
): void {
  describe(`every state of <${tag}>, in ${allLooks ? 'eight looks' : 'one look'}`, () => {
    before(async () => {
      define();
      await customElements.whenDefined(tag);
      document.head.append(Object.assign(document.createElement('title'), { textContent: 'Help' }));
      const style = new CSSStyleSheet();
      style.replaceSync(':root { color-scheme: light dark; background: Canvas; color: CanvasText }');
      document.adoptedStyleSheets.push(style);
    });

    after(async () => {
      document.documentElement.dir = 'ltr';
      if (allLooks) await emulateMedia({ colorScheme: 'light' });
      await setViewport({ width: 800, height: 600 });
    });

    for (const scenario of scenarios) {
      it(`${scenario.id}: ${scenario.title}`, async function () {
        this.timeout(180_000);
        cleanups.push(() => {
          document.documentElement.dir = 'ltr';
        });
        const shift = await shiftDuring(() => show(scenario));
        // What somebody's own press or key moves is no shift, and here no press is a real one.
        const isLeftAlone = !scenario.steps?.some((step) => !('see' in step));
        const problems = isLeftAlone && shift > 0 ? [`moves the page by ${shift.toFixed(3)}`] : [];
        problems.push(...(await (allLooks ? problemsOfAllLooks() : problemsOfOneLook())));
        if (problems.length) throw new Error(problems.join('\n'));
      });
    }
  });
}
