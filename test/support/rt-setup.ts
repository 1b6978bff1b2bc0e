import type { TestProject } from 'vitest/node';
import { type RtLogins, startRt } from './rt.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Request Tracker of this run, shared by its tests; only in mode `rt`. */
    rt?: RtLogins;
  }
}

/** One instance for the whole run, ended with it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const rt = await startRt();
  project.provide('rt', rt.logins);
  return () => rt.stop();
}
