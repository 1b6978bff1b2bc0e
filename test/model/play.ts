import { isDeepStrictEqual } from 'node:util';

import type { Command } from './command.js';
import { everything } from './command.js';
import type { Target } from './desk.js';
import { Difference } from './difference.js';
import { Player } from './player.js';
import { Reference } from './reference.js';
import { unspecified } from './reference-answers.js';
import type { Setting } from './setting.js';
import { toWorld } from './setting.js';
import { Streams } from './streams.js';

/** What has been asked so far. */
export interface Tally {
  worlds: number;
  commands: number;
  /** Answers that were compared. */
  answers: number;
  /** Events that had to come, and came. */
  events: number;
}

/** Lets the commands happen in a world of this name on the target. @throws Difference */
export async function play(
  target: Target,
  name: string,
  anySetting: Setting,
  anyCommands: readonly Command[],
  tally: Tally,
): Promise<void> {
  const { within } = target;
  const setting = within?.setting(anySetting) ?? anySetting;
  const commands = within ? anyCommands.flatMap((command) => within.command(command, setting) ?? []) : anyCommands;
  const reference = new Reference(setting, within?.lacks);
  const player = new Player(reference, await target.open(toWorld(name, setting)));
  const streams = new Streams(reference, player);
  tally.worlds += 1;
  try {
    for (const [at, command] of commands.entries()) await step(`command ${at}`, command);
    // A last word on a ticket of each stream: had it been told too much before, that would come first.
    for (const { viewer, ticket } of streams.audiences()) {
      await step('at the end', { type: 'answer', viewer, ticket, text: 'heat' });
    }
  } finally {
    await streams.close();
  }

  async function step(place: string, asked: Command): Promise<void> {
    const command = reference.resolve(asked);
    if (within?.leavesOut(command, reference)) return;
    const what = `${place}: ${JSON.stringify(command)}`;
    tally.commands += 1;
    const expected = reference.answer(command);
    compare(what, expected, await player.perform(command));
    tally.events += await streams.settle(what, command);
    for (const viewer of reference.concerned(command)) {
      const list = reference.list(viewer, everything);
      compare(`${what}, then the list of ${viewer}`, list, await player.list(viewer, everything));
      // Only the database decides what is counted.
      if (command.type === 'permission') await ask({ type: 'counts', viewer, scope: 'all' });
    }
    if (command.type === 'actions') {
      for (let ticket = 0; ticket < reference.tickets; ticket++)
        await ask({ type: 'get', viewer: command.viewer, ticket });
    }
  }

  async function ask(command: Command): Promise<void> {
    const expected = reference.answer(command);
    compare(JSON.stringify(command), expected, await player.perform(command));
  }

  function compare(what: string, expected: unknown, actual: unknown): void {
    if (expected === unspecified) return;
    tally.answers += 1;
    const [got, wanted] = within ? [within.answer(actual), within.answer(expected)] : [actual, expected];
    if (!isDeepStrictEqual(got, wanted)) throw new Difference(what, wanted, got);
  }
}
