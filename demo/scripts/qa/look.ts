import type { QaState } from './state.js';
import { themeOf } from '../theme-list.js';

/** The distances that WCAG 1.4.12 lets readers set; they reach into every shadow root, as a reader's tools do. */
const spacing = new CSSStyleSheet();
spacing.replaceSync(`
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }
`);

const roots = new Set<Document | ShadowRoot>([document]);
let spaced = false;

const space = (root: Document | ShadowRoot): void => {
  const others = root.adoptedStyleSheets.filter((sheet) => sheet !== spacing);
  root.adoptedStyleSheets = spaced ? [...others, spacing] : others;
};

/** Keeps an eye on every shadow root from now on. */
export function watchRoots(): void {
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    roots.add(root);
    // After the element has put its own sheets there.
    queueMicrotask(() => space(root));
    return root;
  };
}

/** Gives the page around the element the look that the state asks for. */
export function applyLook({ language, dir, scheme, host, theme, zoom, spacing: isSpaced }: QaState): void {
  const { documentElement: root } = document;
  root.lang = language;
  // Set, it is stronger than the language of an element.
  if (dir === 'auto') root.removeAttribute('dir');
  else root.dir = dir;
  root.dataset['host'] = host;
  root.style.setProperty('color-scheme', scheme === 'auto' ? '' : scheme);
  root.style.setProperty('zoom', zoom === 100 ? '' : String(zoom / 100));
  spaced = isSpaced;
  for (const one of roots) space(one);
  applyTheme(theme);
}

function applyTheme(name: string): void {
  const old = document.querySelector('link[data-theme]');
  const href = themeOf(name)?.href;
  if (old?.getAttribute('href') === (href ?? null)) return;
  old?.remove();
  if (href === undefined) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.dataset['theme'] = name;
  link.setAttribute('href', href);
  document.head.append(link);
}
