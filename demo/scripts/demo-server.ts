/** What the demo's server says beyond the portal's API. */

/** Milliseconds between two looks, while somebody looks at the page. */
const pause = 2_000;

const client = { 'x-portal-client': 'portico-demo/1' };

/** Asks the demo's own server. @throws Error when it does not answer, or not with what was asked for */
export const askDemo = (path: string): Promise<Response> => send(path, { headers: client });

/** Has the demo's own server do something. @throws Error as `askDemo` */
export const tellDemo = (path: string, body?: object): Promise<Response> =>
  send(path, {
    method: 'POST',
    headers: { ...client, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/demo/api/v1/${path}`, init);
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
