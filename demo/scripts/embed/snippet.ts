import { options, type Tag } from './options.js';
import type { Settings } from './settings.js';
import { themeOf } from '../theme-list.js';

/** An element of the snippet, before it is written in one of the languages. */
export interface Markup {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (Markup | string)[];
}

/** A rule of CSS. */
export interface Rule {
  readonly selector: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

/** What is written as HTML, as TSX or as a component of Vue, and what the preview shows. */
export interface Snippet {
  /** The portal, without a slash at its end. */
  readonly portal: string;
  readonly markup: readonly Markup[];
  readonly rules: readonly Rule[];
  /** The address of a theme. */
  readonly sheet: string | null;
  /** The hash of the loader, if the page shall insist on it. */
  readonly integrity: string | null;
}

/** Where a snippet is made. */
export interface Place {
  readonly portal: string;
  /** The language of the page that the snippet is made on: the best guess at that of the page it is for. */
  readonly language: 'en' | 'pl';
  readonly integrity: string | null;
}

const fallbackText = { en: 'Your tickets', pl: 'Twoje zgłoszenia' };

/** As high as the lines that the elements show while they are loading. */
const reserved = '20em';

export function makeSnippet(settings: Settings, { portal, language, integrity }: Place): Snippet {
  const tags: readonly Tag[] = settings.parts.length > 0 ? settings.parts : ['customer-portal'];
  const spoken = settings.values['language'] === 'page' ? language : settings.values['language'];
  const link: Markup = {
    tag: 'a',
    attributes: { href: `${portal}/` },
    content: [fallbackText[spoken === 'pl' ? 'pl' : 'en']],
  };
  const theme = themeOf(settings.theme);
  return {
    portal,
    markup: tags.map((tag, at) => ({
      tag,
      attributes: attributesOf(tag, settings),
      // One way out is enough: where one element cannot be loaded, none can.
      content: [...listInside(tag, settings), ...(settings.switches.fallback && at === 0 ? [link] : [])],
    })),
    rules: [...(settings.switches.space ? [spaceFor(tags)] : []), ...tokens(tags, settings)],
    sheet: theme ? `${portal}/themes/${theme.name}.css` : null,
    integrity: settings.switches.integrity ? integrity : null,
  };
}

/** The attributes that say something else than what holds without them. */
function attributesOf(tag: Tag, { values }: Settings): Record<string, string> {
  const said = options.filter(({ key, tags, values: [first] }) => tags.includes(tag) && values[key] !== first?.value);
  return Object.fromEntries(said.map(({ key, attribute }) => [attribute, values[key] ?? '']));
}

/** The portal brings its own list: what is said of lists alone needs one of the page's. Its language is that around it. */
function listInside(tag: Tag, settings: Settings): Markup[] {
  if (tag !== 'customer-portal') return [];
  const said = Object.entries(attributesOf('ticket-list', settings)).filter(([name]) => name !== 'lang');
  const isOfPortal = (name: string) =>
    options.some(({ attribute, tags }) => attribute === name && tags.includes('customer-portal'));
  if (said.every(([name]) => isOfPortal(name))) return [];
  return [{ tag: 'ticket-list', attributes: { slot: 'list', ...Object.fromEntries(said) }, content: [] }];
}

const spaceFor = (tags: readonly Tag[]): Rule => ({
  selector: tags.map((tag) => `${tag}:not(:defined)`).join(', '),
  declarations: [
    ['display', 'block'],
    ['min-block-size', reserved],
  ],
});

function tokens(tags: readonly Tag[], { accent, radius }: Settings): Rule[] {
  const declarations: [string, string][] = [
    ...(accent ? ([['--portal-color-accent', accent]] as [string, string][]) : []),
    ...(accent && isLight(accent) ? ([['--portal-color-on-accent', '#000']] as [string, string][]) : []),
    ...(radius ? ([['--portal-radius', `${radius}px`]] as [string, string][]) : []),
  ];
  return declarations.length > 0 ? [{ selector: tags.join(', '), declarations }] : [];
}

/** Whether white text on a colour has less than 4.5:1, and black text more (WCAG 2.2, relative luminance). */
function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < 4.5;
}

/** The tags at the top of a snippet. */
export const hasTag = ({ markup }: Snippet, tag: Tag): boolean => markup.some((one) => one.tag === tag);

/** The rules as a style sheet, one line each. */
export const sheetOf = (rules: readonly Rule[]): string[] =>
  rules.map(({ selector, declarations }) => {
    const inside = declarations.map(([property, value]) => `${property}: ${value};`).join(' ');
    return `${selector} { ${inside} }`;
  });
