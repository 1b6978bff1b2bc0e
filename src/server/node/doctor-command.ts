import { checkRt } from '../connectors/rt/doctor.js';
import { parseRtSettings } from '../connectors/rt/rt-factory.js';
import { readRtLogin } from './config.js';
import { toText } from './html-text.js';
import { composeMail } from './mail.js';

/**
 * Says what a Request Tracker lacks, one line a check, before an account is connected to it. The password is nowhere in it.
 * Answers with the exit code: 0 when nothing is missing.
 *
 * @throws ConfigError with a sentence for the person who has called
 */
export async function runDoctor(
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
