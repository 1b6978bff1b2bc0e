/** What the demo's server says beyond the portal's API. */

/** Milliseconds between two looks, while somebody looks at the page. */
const pause = 2_000;

/** Asks the demo's own server. @throws when it does not answer, or not with what was asked for */
export async function askDemo(path: string, body?: unknown): Promise<Response> {
  const response = await fetch(`/demo/api/v1/${path}`, {
    headers: { 'x-portal-client': 'portico-demo/1', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/**
 * Reads again and again what may change, as long as the page is visible.
 *
 * @param show gets the answer, or `null` where none came
 * @returns reads at once; what was already on its way is not shown any more
 */
export function watch<Answer>(path: string, show: (answer: Answer | null) => void): () => void {
  let current = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    clearTimeout(timer);
    if (document.hidden) return;
    const mine = ++current;
    const answer = await askDemo(path)
      .then((response) => response.json() as Promise<Answer>)
      .catch(() => null);
    if (mine !== current) return;
    show(answer);
    timer = setTimeout(look, pause);
  }

  document.addEventListener('visibilitychange', look);
  void look();
  return () => void look();
}
