/** What the loader has asked of a portal while the elements were on their way. */
export interface EarlyAnswers {
  /** Of the portal, slug included. */
  readonly address: string;
  /** In which labels were asked for. */
  readonly language: string;
  /**
   * By path and query under `/api/v1/`: the answer, the error in its place, or nothing where it turned out that there was
   * nothing to ask. The loader clears it when the page is left.
   */
  readonly answers: Map<string, Promise<unknown>>;
}

/** Milliseconds for which an answer that nobody takes is kept: elements ask at once, or what they ask is something else. */
const freshness = 10_000;

/**
 * A `fetch` that gives early answers to who asks alike, each of them once. None is given any more as soon as one of them has
 * failed, it is asked anew who is signed in, or somebody signs in or out: it could be about somebody else.
 */
export function fetchWith({ address, language, answers }: EarlyAnswers): typeof fetch {
  const base = `${address}/api/v1/`;
  const begin = performance.now();

  return async (input, init) => {
    const isPlain = typeof input === 'string';
    const url = isPlain ? input : (input as Request).url;
    const path = url.startsWith(base) ? url.slice(base.length) : '';
    const spoken = new Headers(init?.headers).get('accept-language') ?? language;
    const isFresh = performance.now() - begin < freshness;
    const early = isPlain && isFresh && spoken === language ? answers.get(path) : undefined;
    answers.delete(path);
    const isAboutSession = /^session\b/.test(path);
    if (isAboutSession && !early) answers.clear();
    const answer = (await early) || (await fetch(input, init));
    if (!(answer instanceof Response)) {
      answers.clear();
      throw answer;
    }
    if (!answer.ok) answers.clear();
    else if (isAboutSession) void remember(address, answer.clone());
    return answer;
  };
}

/**
 * Leaves for the loader of the next page whether somebody is signed in, and nothing of who it is: then it need not ask that
 * first.
 */
async function remember(address: string, answer: Response): Promise<void> {
  const { contact = null } = (await answer.json().catch(() => ({}))) as { contact?: unknown };
  try {
    if (contact) localStorage.setItem(`portico:${address}`, '1');
    else localStorage.removeItem(`portico:${address}`);
  } catch {
    // A browser that keeps nothing.
  }
}
