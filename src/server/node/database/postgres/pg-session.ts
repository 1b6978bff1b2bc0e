import type { ClientBase, Connection, Submittable } from 'pg';
import { type Param, type Step, DatabaseError } from '../../../database.js';
import { type Fields, type PreparedStatements, Exchange } from '../../../sql/exchange.js';
import type { ScriptSession } from '../../../sql/session.js';
import { encodeParam } from '../../../sql/values.js';

/**
 * A session over a connected client. Any number of steps travel under one Sync: after a failing one the server skips the
 * rest. (`pg`'s own pipelining puts a Sync behind each query, so that what follows a failed BEGIN still runs.)
 */
export function createPgSession(client: ClientBase): ScriptSession {
  const prepared: PreparedStatements = new Map();
  return {
    run: (steps) =>
      new Promise((resolve, reject) => {
        client.query(new Batch(steps, prepared, resolve, reject));
      }),

    async script(sql) {
      await client.query(sql).catch((error: unknown) => {
        throw toDatabaseError(error);
      });
    },

    async close() {
      await (client as ClientBase & { end(): Promise<void> }).end();
    },
  };
}

/** What `pg` hands the messages of one exchange to; pg-cursor and pg-query-stream are others of the kind. */
class Batch implements Submittable {
  readonly #steps: readonly Step[];
  readonly #exchange: Exchange;
  readonly #resolve: (results: unknown[][]) => void;
  readonly #reject: (error: unknown) => void;
  /** Our own mistake in reading a row: told when the exchange is over, so that the connection stays in step. */
  #unreadable: unknown = null;

  constructor(
    steps: readonly Step[],
    prepared: PreparedStatements,
    resolve: (results: unknown[][]) => void,
    reject: (error: unknown) => void,
  ) {
    this.#steps = steps;
    this.#exchange = new Exchange(steps, prepared);
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    this.#steps.forEach(({ statement: { name, text }, params = [] }, at) => {
      if (this.#exchange.isNew[at]) {
        // Closing first makes this safe to repeat after a failure between Parse and Describe.
        wire.close({ type: 'S', name });
        wire.parse({ name, text });
        wire.describe({ type: 'S', name });
      }
      wire.bind({ statement: name, values: params.map(toValue) });
      wire.execute({});
    });
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription(message: { readonly fields: Fields }): void {
    this.#exchange.described(message.fields);
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    try {
      this.#exchange.row(message.fields);
    } catch (error) {
      this.#unreadable ??= error;
    }
  }

  handleCommandComplete(): void {
    this.#exchange.completed();
  }

  handleEmptyQuery(): void {
    this.#exchange.completed();
  }

  handleError(error: unknown): void {
    this.#reject(toDatabaseError(error));
  }

  /** Only here it is certain that all of it is committed. */
  handleReadyForQuery(): void {
    if (this.#unreadable) this.#reject(this.#unreadable);
    else this.#resolve(this.#exchange.results);
  }
}

/** The part of `pg`'s connection that sends messages; its published types are those of an older one. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  close(message: { readonly type: 'S'; readonly name: string }): void;
  parse(message: { readonly name: string; readonly text: string }): void;
  describe(message: { readonly type: 'S'; readonly name: string }): void;
  bind(message: { readonly statement: string; readonly values: readonly (string | Buffer | null)[] }): void;
  execute(message: object): void;
  sync(): void;
}

function toValue(param: Param): string | Buffer | null {
  const value = encodeParam(param);
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

/** SQLSTATE 08006, connection failure, for what is no answer of the server. */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '08006';
  return new DatabaseError(state, message || 'The connection to the database failed', { cause: error });
}
