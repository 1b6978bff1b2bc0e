/** An answer as it was parsed, and the `ETag` that it came with. */
interface KeptAnswer {
  readonly tag: string;
  readonly answer: unknown;
}

/** By address and language. */
export type KeptAnswers = Map<string, KeptAnswer>;

const most = 20;

/** Only what somebody sees of tickets is asked again and again. */
const isKept = (path: string): boolean => /^\/(tickets|counts)\b/.test(path);

/** Of two languages, two answers. */
export const keyOf = (url: string, locale = ''): string => `${locale} ${url}`;

/** Keeps an answer that has a tag: the server need not send it again, and whoever asks again gets the same object. */
export function keep(kept: KeptAnswers, path: string, key: string, { headers }: Response, answer: unknown): void {
  const tag = headers.get('etag');
  if (!tag || !isKept(path)) return;
  kept.delete(key);
  kept.set(key, { tag, answer });
  for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest);
}
