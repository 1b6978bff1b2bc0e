import * as fc from 'fast-check';

import { command, settings } from './arbitraries.js';
import type { Target } from './desk.js';
import type { Tally } from './play.js';
import { play } from './play.js';

export interface ModelOptions {
  /** At least as many. */
  readonly commands: number;
  /** Commands of a world, at most. */
  readonly length?: number;
  readonly seed?: number;
}

/** Worlds between two looks at how many commands there were. */
const batch = 5;
/** Milliseconds for which a smaller world with the same difference is looked for. */
const shrinking = 20_000;

let names = 0;

/**
 * Plays random worlds on the target until there were as many commands. The same seed gives the same worlds.
 * `MODEL_SEED=… MODEL_PATH=…` plays just the world that a failure has named.
 *
 * @throws Error with seed, path, the smallest commands found and the difference
 */
export async function checkModel(target: Target, { commands, length = 100, seed = 1 }: ModelOptions): Promise<Tally> {
  const { MODEL_SEED, MODEL_PATH } = process.env;
  const tally: Tally = { worlds: 0, commands: 0, answers: 0, events: 0 };
  let failedAt = Number.POSITIVE_INFINITY;
  const isEnough = () =>
    MODEL_SEED === undefined && failedAt === Number.POSITIVE_INFINITY && tally.commands >= commands;
  const property = fc.asyncProperty(
    settings,
    fc.array(command, { minLength: 1, maxLength: length, size: 'max' }),
    async (setting, asked) => {
      if (Date.now() > failedAt + shrinking || isEnough()) return;
      try {
        await play(target, `model-${process.pid}-${names++}`, setting, asked, tally);
      } catch (error) {
        failedAt = Math.min(failedAt, Date.now());
        throw error;
      }
    },
  );

  async function run(parameters: { seed: number; path?: string }): Promise<void> {
    const result = await fc.check(property, { ...parameters, numRuns: batch, plugins: [fc.unbiased()] });
    if (!result.failed) return;
    throw new Error(
      [
        `${target.name} differs from the reference. To play it again:`,
        `  MODEL_SEED=${result.seed} MODEL_PATH=${result.counterexamplePath}`,
        String((result.errorInstance as Error | null)?.stack ?? result.errorInstance),
        ...[result.counterexample ?? []].flat(2).map((one) => JSON.stringify(one)),
      ].join('\n'),
    );
  }

  if (MODEL_SEED !== undefined) {
    await run({ seed: Number(MODEL_SEED), ...(MODEL_PATH !== undefined && { path: MODEL_PATH }) });
  } else {
    for (let next = seed; tally.commands < commands; next++) await run({ seed: next });
  }
  return tally;
}
