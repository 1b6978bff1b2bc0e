import { type PGlite, messages, protocol } from '@electric-sql/pglite';
import { type Step, DatabaseError } from '../database.js';
import type { Session } from './session.js';
import { decodeColumn, encodeParam } from './values.js';

/** A statement that the session has parsed. */
interface Prepared {
  readonly text: string;
  readonly columns: readonly { readonly name: string; readonly typeId: number }[];
}

export interface PgliteSession extends Session {
  /** Runs several statements as text, for migrations and set-up only: nothing here takes parameters. */
  script(sql: string): Promise<void>;
}

/**
 * The one session of a PGlite instance, driven by protocol messages: every statement is parsed once under its name, and
 * any number of steps travel under one Sync. (PGlite's own `query()` parses and plans anew each time, and its
 * node-postgres shim hands out rows of other queries after a failure.)
 */
export function createPgliteSession(pglite: PGlite): PgliteSession {
  const prepared = new Map<string, Prepared>();

  async function exchange(parts: readonly Uint8Array[]): Promise<{ answers: Answer[]; failure: DatabaseError | null }> {
    // A fresh parser each time: nothing of one exchange can reach the next.
    const parser = new protocol.Parser();
    const answers: Answer[] = [];
    let failure: DatabaseError | null = null;
    await pglite.execProtocolRawStream(concat(parts), {
      syncToFs: false,
      // Called from inside the engine, so it must not throw: it only collects.
      onRawData: (bytes) =>
        parser.parse(bytes, (message) => {
          if (message instanceof messages.DatabaseError) {
            failure ??= new DatabaseError(message.code ?? 'XX000', message.message);
          } else {
            answers.push(message as Answer);
          }
        }),
    });
    return { answers, failure };
  }

  return {
    async run(steps) {
      const unknown = newStatements(steps, prepared);
      const { answers, failure } = await exchange(toMessages(steps, new Set(unknown)));
      const results: unknown[][] = steps.map(() => []);
      let current = 0;
      for (const answer of answers) {
        const step = steps[current];
        if (answer.name === 'rowDescription' || answer.name === 'noData') {
          const described = unknown.shift();
          if (described) prepared.set(described.statement.name, toPrepared(described, answer));
        } else if (answer.name === 'dataRow' && step && !failure) {
          results[current]?.push(toRow(prepared.get(step.statement.name)?.columns ?? [], answer.fields));
        } else if (answer.name === 'commandComplete' || answer.name === 'emptyQuery') {
          current++;
        }
      }
      if (failure) throw failure;
      return results;
    },

    async script(sql) {
      const { failure } = await exchange([protocol.serialize.query(sql)]);
      if (failure) throw failure;
    },

    async close() {
      await pglite.close();
    },
  };
}

/** The protocol messages that tell us something. */
type Answer =
  | { readonly name: 'rowDescription'; readonly fields: readonly { name: string; dataTypeID: number }[] }
  | { readonly name: 'dataRow'; readonly fields: readonly (string | null)[] }
  | { readonly name: 'noData' | 'commandComplete' | 'emptyQuery' };

/** The first step of each statement that the session does not know yet. */
function newStatements(steps: readonly Step[], prepared: ReadonlyMap<string, Prepared>): Step[] {
  const texts = new Map<string, string>();
  return steps.filter(({ statement: { name, text } }) => {
    const known = prepared.get(name)?.text ?? texts.get(name);
    if (known !== undefined && known !== text) throw new Error(`Two statements are named ${name}`);
    texts.set(name, text);
    return known === undefined;
  });
}

function toMessages(steps: readonly Step[], unknown: ReadonlySet<Step>): Uint8Array[] {
  const { serialize } = protocol;
  return [
    ...steps.flatMap((step) => {
      const { name, text } = step.statement;
      const run = [serialize.bind({ statement: name, values: (step.params ?? []).map(toValue) }), serialize.execute()];
      if (!unknown.has(step)) return run;
      // Closing first makes this safe to repeat after a failure between Parse and Describe.
      const key = { type: 'S' as const, name };
      return [serialize.close(key), serialize.parse({ name, text }), serialize.describe(key), ...run];
    }),
    serialize.sync(),
  ];
}

const toValue = encodeParam as (param: Parameters<typeof encodeParam>[0]) => string | Uint8Array<ArrayBuffer> | null;

function toPrepared({ statement }: Step, answer: Answer): Prepared {
  const fields = answer.name === 'rowDescription' ? answer.fields : [];
  return { text: statement.text, columns: fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID })) };
}

function toRow(columns: Prepared['columns'], fields: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  columns.forEach(({ name, typeId }, i) => {
    row[name] = decodeColumn(typeId, fields[i] ?? null);
  });
  return row;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
