/** Milliseconds before code is asked for again. */
const waits = [1000, 2000, 4000];

/**
 * Code that is needed now, from `import()`. Where the line drops for a moment, as on a train, it is asked for again: up
 * to three times, each after a while or once the browser is online.
 *
 * Browsers from before July 2026 remember a failure until the page is loaded again (whatwg/html#10327).
 *
 * @throws what `load` throws the last time
 */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  for (const wait of waits) {
    try {
      return await load();
    } catch {
      await moment(wait);
    }
  }
  return load();
}

const moment = (wait: number): Promise<unknown> =>
  new Promise((resolve) => {
    const over = AbortSignal.timeout(wait);
    over.onabort = resolve;
    addEventListener('online', resolve, { once: true, signal: over });
  });
