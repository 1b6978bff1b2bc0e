import { markupOf, scenarioOf } from '../../../src/testing/scenarios/index.js';
import type { QaState } from './state.js';
import { themeOf } from '../theme-list.js';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * The lines that put this element, with its attributes and what is inside, on a page: they run as they are printed. Who is signed in and what is
 * broken belong to the QA page; without the demo's server the element runs on the demo world in the visitor's browser.
 *
 * @param base address of the demo's pages
 */
export function snippetOf(state: QaState, base: string): string {
  const scenario = scenarioOf(state.scenario);
  const { element, attributes = {} } = scenario;
  const inside = markupOf(scenario);
  const isServed = state.server === 'here';
  const loader = new URL(isServed ? '/help/embed.js' : 'help/embed.js', base).href;
  const all = {
    ...(!isServed && { backend: 'demo' }),
    ...attributes,
    ...(state.language !== 'en' && { lang: state.language }),
    ...(state.dir !== 'auto' && { dir: state.dir }),
  };
  const written = Object.entries(all).map(([name, value]) => ` ${name}="${escape(value)}"`);
  const theme = themeOf(state.theme);
  return [
    ...(theme ? [`<link rel="stylesheet" href="${escape(new URL(theme.href, base).href)}">`] : []),
    `<script type="module" src="${escape(loader)}"></script>`,
    `<${element}${written.join('')}>${inside && `\n${inside}\n`}</${element}>`,
    '',
  ].join('\n');
}
