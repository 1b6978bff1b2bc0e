/** Measures contrast as WCAG 2.2 does (1.4.3, 1.4.11), of what is really on the page, through shadow roots. */

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
const known = new Map<string, Colour>();

/** Any colour of CSS, as the browser paints it: 0 to 255, alpha 0 to 1. */
function colourOf(css: string): Colour {
  const found = known.get(css);
  if (found) return found;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = css;
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
  const colour = [red, green, blue, alpha / 255] as const;
  known.set(css, colour);
  return colour;
}

const over = ([r, g, b, a]: Colour, [red, green, blue]: Colour): Colour => {
  const mix = (above: number, below: number) => above * a + below * (1 - a);
  return [mix(r, red), mix(g, green), mix(b, blue), 1];
};

function luminance([red, green, blue]: Colour): number {
  const linear = (value: number) => (value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function ratio(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** What an element is in, slots and shadow roots included. */
const around = (element: Element): Element | null =>
  element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;

function* upwards(element: Element): Generator<Element> {
  for (let one: Element | null = element; one; one = around(one)) yield one;
}

/** The colour that is painted behind what an element draws. */
function behind(element: Element): Colour {
  const layers: Colour[] = [];
  for (const one of upwards(element)) {
    const layer = colourOf(getComputedStyle(one).backgroundColor);
    layers.push(layer);
    if (layer[3] === 1) break;
  }
  const ground = layers.pop();
  if (ground?.[3] !== 1) throw new Error('The page itself has no colour');
  return layers.reduceRight((below, layer) => over(layer, below), ground);
}

const opacityOf = (element: Element): number =>
  [...upwards(element)].reduce((product, one) => product * Number(getComputedStyle(one).opacity), 1);

const hex = (colour: Colour) =>
  `#${colour
    .slice(0, 3)
    .map((value) => Math.round(value).toString(16).padStart(2, '0'))
    .join('')}`;

/** Says what is wrong, nothing when the colour is strong enough on its ground. */
function judge(what: string, element: Element, css: string, ground: Colour, least: number, opacity = 1): string[] {
  const [r, g, b, a] = colourOf(css);
  const colour = over([r, g, b, a * opacity * opacityOf(element)], ground);
  const reached = ratio(colour, ground);
  if (reached >= least) return [];
  const root = (element.getRootNode() as ShadowRoot).host?.localName ?? 'page';
  const name = element.getAttribute('part') || element.localName;
  return [`${what} of ${root} ${name}: ${reached.toFixed(2)} (${hex(colour)} on ${hex(ground)})`];
}

const hasWords = (element: Element) =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());

/** What is off cannot be used, and WCAG asks nothing of it; nor of what nobody sees. */
const isLive = (element: Element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-disabled=true], .unseen');

function judgeControl(element: Element): string[] {
  const style = getComputedStyle(element);
  const outside = behind(around(element) ?? element);
  // A filled button is seen by its ground, an outlined one and a field by their border.
  const filled = ratio(over(colourOf(style.backgroundColor), outside), outside) >= 3;
  return filled ? [] : judge('border', element, style.borderBlockEndColor, outside, 3);
}

function judgeMarks(element: Element): string[] {
  const style = getComputedStyle(element);
  const before = getComputedStyle(element, '::before');
  const parts = element.part;
  if (parts.contains('status'))
    return judge('shape', element, before.borderBlockEndColor, behind(element), 3, Number(before.opacity));
  if (parts.contains('unread')) return judge('dot', element, before.borderBlockEndColor, behind(element), 3);
  if (parts.contains('filter-button') && element.ariaPressed === 'true')
    return judge('line', element, style.borderBlockEndColor, behind(element), 3);
  if (['failure', 'success', 'message-support'].some((part) => parts.contains(part)))
    return judge('edge', element, style.borderInlineStartColor, behind(element), 3);
  return [];
}

/** Everything that is too faint to be read or made out, a line each. */
export function faint(elements: Iterable<Element>): string[] {
  return [...elements].filter(isLive).flatMap((element) => {
    const isField = element.matches('input, textarea');
    const isButton = element.part.contains('button') && !element.part.contains('button-plain');
    const words = hasWords(element) || (isField && (element as HTMLInputElement).value);
    return [
      ...(words ? judge('text', element, getComputedStyle(element).color, behind(element), 4.5) : []),
      ...(isField || isButton ? judgeControl(element) : []),
      ...judgeMarks(element),
    ];
  });
}

/** Focuses all that can be focused by key, one after the other: rings that are missing or too faint, a line each. */
export function faintRings(elements: Iterable<Element>): string[] {
  const focusable = [...elements].filter(
    (element): element is HTMLElement =>
      element.matches('a[href], button, input, textarea, summary') && element.getAttribute('tabindex') !== '-1',
  );
  return focusable.filter(isLive).flatMap((element) => {
    element.focus({ focusVisible: true } as FocusOptions);
    // A row's link is as large as the row: its ring is drawn around that.
    const ring = [null, '::after']
      .map((pseudo) => getComputedStyle(element, pseudo))
      .find(({ outlineStyle, outlineWidth }) => outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2);
    const name = element.getAttribute('part') ?? element.localName;
    return ring
      ? judge('ring', element, ring.outlineColor, behind(around(element) ?? element), 3)
      : [`no ring: ${name}`];
  });
}
