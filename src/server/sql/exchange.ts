import type { Step } from '../database.js';
import { decodeColumn } from './values.js';

/** What a session knows of a statement that it has parsed. */
interface Prepared {
  readonly text: string;
  readonly columns: readonly { readonly name: string; readonly typeId: number }[];
}

export type PreparedStatements = Map<string, Prepared>;

/** Column names and type oids, as the server describes a statement. */
export type Fields = readonly { readonly name: string; readonly dataTypeID: number }[];

/**
 * One exchange with the database: collects the answers to its steps. Statements that the session does not know yet are to
 * be parsed and described on the way, each right before its first use.
 */
export class Exchange {
  readonly results: unknown[][];
  /** Whether each step's statement has to be parsed first. */
  readonly isNew: readonly boolean[];
  readonly #steps: readonly Step[];
  readonly #prepared: PreparedStatements;
  #current = 0;

  constructor(steps: readonly Step[], prepared: PreparedStatements) {
    this.#steps = steps;
    this.#prepared = prepared;
    this.results = steps.map(() => []);
    const texts = new Map<string, string>();
    this.isNew = steps.map(({ statement: { name, text } }) => {
      const known = prepared.get(name)?.text ?? texts.get(name);
      if (known !== undefined && known !== text) throw new Error(`Two statements are named ${name}`);
      texts.set(name, text);
      return known === undefined;
    });
  }

  described(fields: Fields): void {
    const statement = this.#steps[this.#current]?.statement;
    if (!statement) return;
    const columns = fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID }));
    this.#prepared.set(statement.name, { text: statement.text, columns });
  }

  row(fields: readonly (string | null)[]): void {
    const columns = this.#prepared.get(this.#steps[this.#current]?.statement.name ?? '')?.columns ?? [];
    const row: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i++) {
      const { name, typeId } = columns[i] as Prepared['columns'][number];
      row[name] = decodeColumn(typeId, fields[i] ?? null);
    }
    this.results[this.#current]?.push(row);
  }

  /** The current step is done. One that was never described has no columns. */
  completed(): void {
    const name = this.#steps[this.#current]?.statement.name;
    if (name !== undefined && !this.#prepared.has(name)) this.described([]);
    this.#current++;
  }
}
