import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock of the thread. */
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly processId?: number } };
}

/** How much slower a weak phone is, as Lighthouse has it. */
const weak = 4;
/** Milliseconds after which a task keeps a reader waiting. */
const noticed = 50;

/**
 * Runs something in a page.
 *
 * @returns milliseconds that each task of its main thread has worked meanwhile, by the clock of the thread, which stands
 *   still while others have the machine; times four, for a weak phone
 */
export async function tasksOf(page: Page, run: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The browser is gone.');
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'],
  });
  let trace: Buffer;
  try {
    await run();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const process = traceEvents.findLast(({ name }) => name === 'FrameCommittedInBrowser')?.args.data?.processId;
  const isOfPage = ({ pid }: TraceEvent) => process === undefined || pid === process;
  const threads = new Set(
    traceEvents
      .filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain' && isOfPage(event))
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => (weak * tdur) / 1000);
}

/** For how long of all that, in milliseconds, a click would have had to wait longer than anybody notices. */
export const blocked = (tasks: readonly number[]): number =>
  tasks.reduce((sum, task) => sum + Math.max(0, task - noticed), 0);

export const sum = (tasks: readonly number[]): number => tasks.reduce((all, one) => all + one, 0);
