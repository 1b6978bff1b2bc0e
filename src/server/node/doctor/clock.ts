import { type Finding, missing, ok } from './finding.js';

/** Milliseconds. Beyond, codes end early or late and other servers' tokens are refused. */
const most = 30_000;

/** A clock besides this machine's, and what this machine's said when it was read. */
export interface Reading {
  readonly whose: string;
  readonly time: Date;
  readonly here: Date;
}

export function checkClock(readings: readonly Reading[]): Finding {
  const check = 'the clock';
  const wrong = readings.flatMap(({ whose, time, here }) => {
    const ahead = here.getTime() - time.getTime();
    const words = `${Math.round(Math.abs(ahead) / 1000)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} ${whose}`;
    return Math.abs(ahead) > most ? [words] : [];
  });
  if (wrong.length === 0) return ok(check);
  return missing(
    check,
    `This machine is ${wrong.join(' and ')}. Let both follow a time server (timedatectl set-ntp true).`,
  );
}
