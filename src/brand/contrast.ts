/** How far two colours are apart, by the formula of WCAG 2.2 (relative luminance and contrast ratio, as of 1.4.3). */

/** What WCAG 2.2 asks of text that is not large (1.4.3). */
export const leastContrast = 4.5;

/** What it asks of what is no text: the edge of a button, a mark (1.4.11). */
export const leastShape = 3;

type Channels = readonly number[];

const channelsOf = (hex: string): Channels => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

const toHex = (channels: Channels): string =>
  `#${channels.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Of two colours, `#rrggbb`: 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The text that is read best on a colour: white where that is enough, else black. One of both always is. */
export const textOn = (ground: string): string =>
  contrastOf('#ffffff', ground) >= leastContrast ? '#ffffff' : '#000000';

/** As much of the second colour in the first: 0 to 1. */
export function mix(one: string, other: string, share: number): string {
  const to = channelsOf(other);
  return toHex(channelsOf(one).map((value, at) => value + ((to[at] ?? 0) - value) * share));
}

/** A colour, drawn towards the text until it stands out from the ground as much as it has to, which the text does. */
export function readableOn(colour: string, ground: string, text: string, least = leastContrast): string {
  for (let step = 0; step < 20; step++) {
    const mixed = mix(colour, text, step / 20);
    if (contrastOf(mixed, ground) >= least) return mixed;
  }
  return text;
}
