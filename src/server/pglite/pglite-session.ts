import { type PGlite, messages, protocol } from '@electric-sql/pglite';
import { type Param, type Step, DatabaseError } from '../database.js';
import { type Fields, type PreparedStatements, Exchange } from '../sql/exchange.js';
import type { ListeningSession, ScriptSession } from '../sql/session.js';
import { encodeParam } from '../sql/values.js';

export interface PgliteSession extends ScriptSession, ListeningSession {}

/**
 * The one session of a PGlite instance, driven by protocol messages: every statement is parsed once under its name, and
 * any number of steps travel under one Sync. (PGlite's own `query()` parses and plans anew each time, and its
 * node-postgres shim hands out rows of other queries after a failure.)
 */
export function createPgliteSession(pglite: PGlite): PgliteSession {
  const prepared: PreparedStatements = new Map();
  const hearers = new Set<(payload: string | null) => void>();

  async function send(parts: readonly Uint8Array[], take: (answer: Answer) => void): Promise<void> {
    // A fresh parser each time: nothing of one exchange can reach the next.
    const parser = new protocol.Parser();
    const heard: string[] = [];
    let failure: DatabaseError | null = null;
    await pglite.execProtocolRawStream(concat(parts), {
      syncToFs: false,
      // Called from inside the engine, so it must not throw: it only collects.
      onRawData: (bytes) =>
        parser.parse(bytes, (message) => {
          if (message instanceof messages.DatabaseError) {
            failure ??= new DatabaseError(message.code ?? 'XX000', message.message);
          } else if (message instanceof messages.NotificationResponseMessage) {
            heard.push(message.payload);
          } else if (!failure) {
            take(message as Answer);
          }
        }),
    });
    for (const payload of heard) for (const hear of hearers) hear(payload);
    if (failure) throw failure;
  }

  return {
    async run(steps) {
      const exchange = new Exchange(steps, prepared);
      const answers: Answer[] = [];
      const read = () => {
        for (const answer of answers) {
          if (answer.name === 'rowDescription') exchange.described(answer.fields);
          else if (answer.name === 'dataRow') exchange.row(answer.fields);
          else if (answer.name === 'commandComplete' || answer.name === 'emptyQuery') exchange.completed();
        }
      };
      await send(toMessages(steps, exchange.isNew), (answer) => answers.push(answer)).finally(read);
      return exchange.results;
    },

    async script(sql) {
      await send([protocol.serialize.query(sql)], () => {});
    },

    listen(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },

    async close() {
      await pglite.close();
    },
  };
}

/** The protocol messages that tell us something. */
type Answer =
  | { readonly name: 'rowDescription'; readonly fields: Fields }
  | { readonly name: 'dataRow'; readonly fields: readonly (string | null)[] }
  | { readonly name: 'commandComplete' | 'emptyQuery' };

function toMessages(steps: readonly Step[], isNew: readonly boolean[]): Uint8Array[] {
  const { serialize } = protocol;
  return [
    ...steps.flatMap(({ statement: { name, text }, params = [] }, at) => {
      const run = [serialize.bind({ statement: name, values: params.map(toValue) }), serialize.execute()];
      if (!isNew[at]) return run;
      // Closing first makes this safe to repeat after a failure between Parse and Describe.
      const key = { type: 'S' as const, name };
      return [serialize.close(key), serialize.parse({ name, text }), serialize.describe(key), ...run];
    }),
    serialize.sync(),
  ];
}

const toValue = encodeParam as (param: Param) => string | Uint8Array<ArrayBuffer> | null;

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
