import { checkRt } from '../connectors/rt/doctor.js';
import { parseRtSettings } from '../connectors/rt/rt-factory.js';
import { type Config, readRtLogin } from './config.js';
import type { AskOptions } from './doctor/ask.js';
import { examine } from './doctor/doctor.js';
import { toText } from './html-text.js';
import { composeMail } from './mail.js';

/**
 * Says what a server lacks before it goes live, one line a check with the way to mend it. Answers with the exit code: 0 when
 * nothing is missing.
 */
export async function runDoctor(
  config: Config,
  say: (line: string) => void,
  options: AskOptions = {},
): Promise<number> {
  const findings = await examine(config, options);
  for (const { check, level, advice } of findings)
    say(`${level.padEnd(7)}  ${check}${advice === '' ? '' : `: ${advice}`}`);
  const missing = findings.filter(({ level }) => level === 'missing').length;
  say(
    missing === 0
      ? '\nNothing is missing to go live.'
      : `\n${missing} of ${findings.length} checks found something missing. Put it right and run this again.`,
  );
  return missing === 0 ? 0 : 1;
}

/**
 * Says what a Request Tracker lacks, one line a check, before an account is connected to it. The password is nowhere in it.
 * Answers with the exit code: 0 when nothing is missing.
 *
 * @throws ConfigError with a sentence for the person who has called
 */
export async function runRtDoctor(
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<number> {
  const settings = parseRtSettings(readRtLogin(env));
  const deps = { fetch, clock: () => new Date(), composeMail, toText };
  const findings = await checkRt(settings, deps, new AbortController().signal);
  for (const { check, ok, hint } of findings) say(ok ? `ok       ${check}` : `missing  ${check}: ${hint}`);
  const missing = findings.filter(({ ok }) => !ok).length;
  say(
    missing === 0
      ? `\nNothing is missing in ${settings.url}.`
      : `\n${missing} of ${findings.length} checks found something missing. Put it right and run this again.`,
  );
  return missing === 0 ? 0 : 1;
}
