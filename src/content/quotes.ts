/** What somebody wrote, and what their mail program put below it. */
export interface Said {
  readonly text: string;
  /** What they answer to; empty when the message has none, or nothing but that. */
  readonly quoted: string;
}

const isQuoted = (line: string): boolean => /^\s*>/.test(line);
const isEmpty = (line: string): boolean => line.trim() === '';
/** The line in which programs name what follows, in whatever language: `On Monday, Mia wrote:`. */
const isAttribution = (line: string): boolean => /[:：]\s*$/.test(line);
/** Where Outlook puts everything below: `----- Original message -----`, or a line of underscores. */
const divider = /^\s*(?:-{2,}\s*\p{L}[\p{L} ]*\p{L}\s*-{2,}|_{10,})\s*$/u;

/**
 * Takes apart an answer and the history that hangs below it: the lines with `>` at the end of the text and the line that
 * introduces them, or everything from a divider on. Quotes between answers stay: they are read together.
 */
export function splitQuote(text: string): Said {
  const lines = text.split('\n');
  const from = startOf(lines);
  const own = lines.slice(0, from).join('\n').trimEnd();
  return own && from < lines.length ? { text: own, quoted: lines.slice(from).join('\n').trim() } : { text, quoted: '' };
}

function startOf(lines: readonly string[]): number {
  const divided = lines.findIndex((line) => divider.test(line));
  if (divided >= 0) return divided;
  let start = lines.length;
  while (start > 0 && (isQuoted(lines[start - 1] as string) || isEmpty(lines[start - 1] as string))) start -= 1;
  if (!lines.slice(start).some(isQuoted)) return lines.length;
  // A long introduction is broken into two lines.
  if (start > 0 && isAttribution(lines[start - 1] as string)) {
    start -= start > 1 && !isEmpty(lines[start - 2] as string) && isEmpty(lines[start - 3] ?? '') ? 2 : 1;
  }
  return start;
}
