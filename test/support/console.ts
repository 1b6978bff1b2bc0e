/**
 * Fails a browser test that leaves an error or a warning on the console. The test server puts this module in front of
 * every test file; a test that provokes one on purpose takes it with `takeConsole()`.
 */

const written: string[] = [];

// Lit says once that it runs in development mode, which is what tests want: its other warnings stay.
(globalThis as { litIssuedWarnings?: Set<string> }).litIssuedWarnings ??= new Set(['dev-mode']);

for (const level of ['warn', 'error'] as const) {
  const write = console[level];
  console[level] = (...values: unknown[]) => {
    written.push(`${level}: ${values.map(String).join(' ')}`);
    write.apply(console, values);
  };
}

/** What was written since the test began; the test answers for it from here on. */
export const takeConsole = (): string[] => written.splice(0);

afterEach(() => {
  const left = takeConsole();
  if (left.length > 0) throw new Error(`The test left on the console:\n${left.join('\n')}`);
});
