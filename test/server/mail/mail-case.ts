import type { AddressObject } from 'mailparser';
import { expect } from 'vitest';

import type { MailTransport, OutgoingMail } from '../../../src/server/mail/transport.js';
import { deferred } from '../../support/deferred.js';
import { type MailWorld, minute } from './mail-world.js';

/** What the outbox and the job that empties it keep, on every database. */
export interface MailCase {
  readonly name: string;
  run(world: MailWorld): Promise<void>;
}

/** Milliseconds for which a taken mail is left to its sender. */
export const hold = minute;

/** Until a condition holds; the clock of the world does not move meanwhile, a faked timer does. */
export const until = (condition: () => unknown) => expect.poll(condition, { timeout: 10_000, interval: 10 });
export const outcomes = async ({ rows }: MailWorld) => (await rows()).map(({ outcome }) => outcome);
export const addressesOf = (to: AddressObject | AddressObject[] | undefined) =>
  [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));

/** Takes mail for as long as it is told to. */
export function createHeldTransport() {
  const arrived: OutgoingMail[] = [];
  const gate = deferred<void>();
  const transport: MailTransport = {
    async send(mail) {
      arrived.push(mail);
      await gate.promise;
    },
    close: async () => {},
  };
  return { arrived, gate, transport };
}
