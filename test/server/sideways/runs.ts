/**
 * How a generated test runs: the same each time, so that a red run means a change. `PORTICO_SEED` asks for others, and with
 * `PORTICO_PATH`, printed when a run fails, for that one again.
 *
 * @param numRuns how many cases
 * @param portion of several, each with cases of its own
 */
export const runs = (numRuns: number, portion = 0) => {
  const { PORTICO_SEED: seed = '1', PORTICO_PATH: path } = process.env;
  return { numRuns, seed: Number(seed) + portion, ...(path && { path }) };
};
