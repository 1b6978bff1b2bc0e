import { parseArgs } from 'node:util';

import { LiveError, type PersonInput, runLive } from '../live/run.js';
import { reasonOf } from '../live/portal.js';
import { readPeople } from './people.js';
import { textOf, totalsOf } from './report.js';

const usage = `Usage: npx @portico/elements conformance <address> [--people FILE] [--write] [--json]

Asks a running portal to keep the promises of our wire, and prints which it keeps.
  <address>      the portal with its slug: https://support.example.com/help
  --people FILE  who signs in, best two who see different tickets:
                 [{ "email": "…", "password": "…", "sees": [1042], "not": [1077] }]
  --write        may open a ticket, reply and fail to sign in, as the first; else nothing is written
  --json         the results as JSON
Exit code: 0 kept, 1 a promise was broken, 2 the portal could not be asked.`;

/** Where the command writes. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

/** Runs the command and says with which code to exit. Nothing that it writes holds a password. */
export async function runCommand(args: readonly string[], output: Output): Promise<0 | 1 | 2> {
  let people: readonly PersonInput[] = [];
  // Nothing of ours prints one; what a server sends back might.
  const redact = (text: string) => people.reduce((rest, { password }) => rest.replaceAll(password, '[password]'), text);
  try {
    const { values, positionals } = readArgs(args);
    const [command, address, ...more] = positionals;
    if (values.help || args.length === 0) {
      output.out(usage);
      return values.help ? 0 : 2;
    }
    if (command !== 'conformance' || address === undefined || more.length > 0) {
      throw new LiveError('There is one command: conformance <address>. `--help` says more.');
    }
    people = values.people === undefined ? [] : await readPeople(values.people);
    if (values.write && people.length === 0) throw new LiveError('--write needs --people: somebody has to write.');
    const report = await runLive({ address, people, write: values.write ?? false });
    const totals = totalsOf(report);
    const shown = { ...report, cases: report.cases.map((one) => ({ ...one, why: one.why && redact(one.why) })) };
    output.out(values.json ? JSON.stringify({ ...shown, ...totals }, null, 2) : textOf(shown));
    return totals.failed > 0 ? 1 : 0;
  } catch (error) {
    // What is no fault of the portal must not look like a broken promise.
    output.error(redact(error instanceof LiveError ? error.message : `The command broke down: ${reasonOf(error)}`));
    return 2;
  }
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        people: { type: 'string' },
        write: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new LiveError(`${(error as Error).message.split('\n')[0]} \`--help\` says what there is.`, { cause: error });
  }
}
