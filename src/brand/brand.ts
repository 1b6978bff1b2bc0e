import { leastShape, mix, readableOn, textOn } from './contrast.js';

/** What of the hosted page's look an owner decides; what is left out is ours. */
export interface BrandLook {
  /** `#rrggbb`, as all colours: the main button and marks. */
  readonly accent?: string | undefined;
  /** The same on dark; absent, it is made from the other one. */
  readonly accentDark?: string | undefined;
  /** Of the light page. A dark one keeps ours: it is who reads who has asked for it. */
  readonly background?: string | undefined;
  readonly text?: string | undefined;
  /** One of `fontStacks` by its name, or the name of a font that readers have. */
  readonly font?: string | undefined;
  /** Of corners, in pixels. */
  readonly radius?: number | undefined;
}

export type Scheme = 'light' | 'dark';

/** Fonts that every device has something for. */
export const fontStacks = {
  system: 'system-ui, "Segoe UI", Roboto, sans-serif',
  rounded:
    'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, "Arial Rounded MT Bold", sans-serif',
  serif: '"Iowan Old Style", Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif',
  mono: 'ui-monospace, "Cascadia Code", "Source Code Pro", Menlo, Consolas, "DejaVu Sans Mono", monospace',
} as const;

export type FontStack = keyof typeof fontStacks;

export const isFontStack = (font: string): font is FontStack => Object.hasOwn(fontStacks, font);

/** Colours of the hosted page where the owner has none. */
export const pageColours = {
  light: { background: '#ffffff', text: '#1d2227', accent: '#2f5fd0' },
  dark: { background: '#15181a', text: '#e7e8e9', accent: '#2f5fd0' },
} as const satisfies Record<Scheme, object>;

/** Ground and text of the page, as a brand leaves them. */
export function groundOf({ background, text }: BrandLook, scheme: Scheme): { background: string; text: string } {
  const own = pageColours[scheme];
  if (scheme === 'dark') return { background: own.background, text: own.text };
  return { background: background ?? own.background, text: text ?? own.text };
}

/** What is accented on a light page is often too dark for a dark one: without one of its own, that has it as bright as it must be. */
export function accentOf(brand: BrandLook, scheme: Scheme): string {
  const accent = brand.accent ?? pageColours[scheme].accent;
  if (scheme === 'light') return accent;
  const { background, text } = groundOf(brand, scheme);
  return brand.accentDark ?? readableOn(accent, background, text, leastShape);
}

/** A font by name, with ours for who does not have it. Names have letters, digits, spaces and hyphens alone. */
const familyOf = (font: string): string => (isFontStack(font) ? fontStacks[font] : `"${font}", ${fontStacks.system}`);

/**
 * The properties that a brand sets, by name. What is written in the accent is drawn towards the text as far as it takes to be
 * read, so that an owner's own colour never makes a page that some cannot use.
 */
export function brandTokens(brand: BrandLook, scheme: Scheme): Record<string, string> {
  const { background, text } = groundOf(brand, scheme);
  const accent = accentOf(brand, scheme);
  const written = readableOn(accent, background, text);
  const hasGround = brand.background !== undefined || brand.text !== undefined;
  return {
    ...(hasGround && {
      '--portal-color-surface': background,
      '--portal-color-text': text,
      // As much less important as it can be.
      '--portal-color-muted': readableOn(mix(text, background, 0.26), background, text),
    }),
    ...((brand.accent ?? brand.accentDark) !== undefined && {
      '--portal-color-accent': accent,
      '--portal-color-on-accent': textOn(accent),
    }),
    ...((brand.accent ?? brand.accentDark ?? brand.background ?? brand.text) !== undefined && {
      '--portal-color-link': written,
      '--portal-color-focus': written,
      '--portal-color-unread': written,
    }),
    ...(brand.font !== undefined && { '--portal-font-family': familyOf(brand.font) }),
    ...(brand.radius !== undefined && { '--portal-radius': `${brand.radius}px` }),
  };
}

/** Properties as the rules of a style sheet. */
export const declarationsOf = (tokens: Readonly<Record<string, string>>): string =>
  Object.entries(tokens)
    .map(([name, value]) => `  ${name}: ${value};\n`)
    .join('');

/** The style sheet of the hosted page's look. */
export function brandSheet(brand: BrandLook): string {
  const [light, dark] = [brandTokens(brand, 'light'), brandTokens(brand, 'dark')];
  const different = Object.fromEntries(Object.entries(dark).filter(([name, value]) => light[name] !== value));
  const inDark = `@media (prefers-color-scheme: dark) {\n:root {\n${declarationsOf(different)}}\n}\n`;
  return `:root {\n${declarationsOf(light)}}\n${Object.keys(different).length > 0 ? inDark : ''}`;
}
