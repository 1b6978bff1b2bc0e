import type { Inspection } from '../../settings/inspection.js';
import type { Config } from '../config.js';
import type { AskOptions } from './ask.js';
import { type Reading, checkClock } from './clock.js';
import { checkDisk, freeBytesOf } from './disk.js';
import { inspect, readFacts } from './facts.js';
import { type Finding, hint, missing, ok } from './finding.js';
import { checkMail } from './mail.js';
import { checkOrigins } from './origins.js';
import { checkProxy } from './proxy.js';
import { checkPublicUrl, reach } from './public-address.js';

/** Looks at everything that has to be there before a server goes live, in the order in which it is put up. Changes nothing. */
export async function examine(config: Config, options: AskOptions = {}): Promise<readonly Finding[]> {
  const { publicUrl, dataFolder, postgres } = config;
  const clocks: Reading[] = [];
  const { finding, inspection, adminToken } = await readFacts(config, options);
  if (inspection) clocks.push({ whose: 'the database', time: new Date(inspection.time), here: new Date() });

  const outside: Finding[] = [checkPublicUrl(config)];
  if (publicUrl !== null) {
    const { finding: reached, answer } = await reach(publicUrl, options, new Date());
    outside.push(reached);
    if (answer?.date) clocks.push({ whose: publicUrl, time: answer.date, here: new Date() });
    // The token goes to nobody but who has proven to be this server's name, by a certificate.
    if (answer?.certificateUntil && adminToken !== null) {
      const seen = await inspect(publicUrl, adminToken, options);
      outside.push(
        typeof seen === 'string' ? missing('the proxy hands on who asks', seen) : checkProxy(config, seen.seen),
      );
    }
  }
  for (const host of hostsOf(inspection)) outside.push((await reach(`https://${host}`, options, new Date())).finding);

  return [
    finding,
    ...outside,
    checkClock(clocks),
    // With PostgreSQL, everything lies there.
    ...(postgres ? [] : [checkDisk(dataFolder, await freeBytesOf(dataFolder))]),
    await checkMail(config.mail, options),
    ...(inspection ? checkSetUp(inspection) : []),
    hint(
      'backups',
      'Nothing makes them by itself. Run `portico backup <file>` every night, and keep the files elsewhere.',
    ),
  ];
}

const hostsOf = (inspection: Inspection | null) =>
  new Set(inspection?.portals.flatMap(({ host }) => (host === null ? [] : [host])));

function checkSetUp({ hasAdmin, portals }: Inspection): Finding[] {
  return [
    hasAdmin
      ? ok('the first admin')
      : missing('the first admin', 'Nobody can set up a portal. Open the link that `portico start` prints.'),
    ...(portals.length === 0 ? [hint('portals', 'There is none yet. Make the first one at /admin/.')] : []),
    ...portals.map(checkOrigins),
  ];
}
