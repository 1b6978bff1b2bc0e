import type { Markup } from './snippet.js';

/** How a language of templates writes an element. */
export interface Style {
  /** Whether an element without content closes itself. */
  readonly selfClosing: boolean;
  /** Attributes that this language writes in a way of its own, complete. */
  extra(tag: string): readonly string[];
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Lines of code, further in. Empty ones stay empty. */
export const indent = (lines: readonly string[], by = 2): string[] =>
  lines.map((line) => (line ? ' '.repeat(by) + line : line));

/** An element as lines of HTML, TSX or a Vue template, which agree on tags, text and plain attributes. */
export function printMarkup({ tag, attributes, content }: Markup, style: Style): string[] {
  const plain = Object.entries(attributes).map(([name, value]) => `${name}="${escape(value)}"`);
  const start = [`<${tag}`, ...plain, ...style.extra(tag)].join(' ');
  if (content.length === 0) return [style.selfClosing ? `${start} />` : `${start}></${tag}>`];
  if (content.every((part) => typeof part === 'string')) return [`${start}>${content.map(escape).join('')}</${tag}>`];
  const inside = content.flatMap((part) => (typeof part === 'string' ? [escape(part)] : printMarkup(part, style)));
  return [`${start}>`, ...indent(inside), `</${tag}>`];
}
