/** Milliseconds from one call to the next, at least; up to twice as many, for not everybody should ask at once. */
const glance = 30_000;

/** Calls where nothing tells of changes, until the signal aborts. */
export function callNowAndThen(call: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    timer = setTimeout(
      () => {
        call();
        wait();
      },
      glance * (1 + Math.random()),
    );
  };
  wait();
  signal.addEventListener('abort', () => clearTimeout(timer));
}
