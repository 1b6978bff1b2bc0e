/**
 * How a generated test runs: its seed is printed when it fails, and `PORTICO_SEED` (with `PORTICO_PATH`, printed beside it)
 * runs the same again.
 *
 * @param numRuns how many cases
 */
export const runs = (numRuns: number) => {
  const { PORTICO_SEED: seed, PORTICO_PATH: path } = process.env;
  return { numRuns, ...(seed && { seed: Number(seed) }), ...(path && { path }) };
};
