import { KeptValues } from './kept-values.js';
import type { SetupKey, SetupTranslate } from './words.js';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

interface Kept<Values> {
  readonly typed?: Partial<Values>;
  readonly base?: Values;
  readonly changed?: readonly SetupKey[];
}

/**
 * What somebody types of a thing that others change as well: across a reload, and across what the others do. Fields that they
 * have not touched follow the thing; what they have typed stays until it is saved.
 */
export class Draft<Values extends object> {
  readonly values: Values;
  /** What others have changed since it was typed, by the words above the field. */
  changed: readonly SetupKey[] = [];
  readonly #names: Readonly<Record<keyof Values, SetupKey>>;
  readonly #kept: KeptValues;
  /** The thing, as it was when they began. */
  #base: Values | undefined;

  /** @param name of the form, unlike that of every other */
  constructor(name: string, empty: Values, names: Readonly<Record<keyof Values, SetupKey>>) {
    this.#names = names;
    this.#kept = new KeptValues(name);
    const { typed, base, changed = [] } = this.#kept.read() as Kept<Values>;
    this.values = { ...empty, ...typed };
    this.changed = changed;
    this.#base = base;
  }

  /** What the thing is now. */
  meet(now: Values): void {
    const base = this.#base ?? this.values;
    const keys = Object.keys(this.#names) as (keyof Values)[];
    const changed = keys.filter((key) => this.#base && !isSame(base[key], now[key]));
    this.changed = [...new Set([...this.changed, ...changed.map((key) => this.#names[key])])];
    for (const key of keys) if (!this.#base || isSame(this.values[key], base[key])) this.values[key] = now[key];
    this.#base = now;
    if (this.changed.length) this.#write();
  }

  put(values: Partial<Values>): void {
    Object.assign(this.values, values);
    this.#write();
  }

  /** It is saved, and the thing is this. */
  settle(now: Values): void {
    this.forget();
    Object.assign(this.values, now);
    this.changed = [];
    this.#base = now;
  }

  forget(): void {
    this.#kept.forget();
  }

  #write(): void {
    this.#kept.write({ typed: this.values, base: this.#base, changed: this.changed });
  }
}

/** For who was second: what has changed beneath what they typed. */
export const changedText = (t: SetupTranslate, changed: readonly SetupKey[]): string =>
  changed.length
    ? t('rooms.changed-meanwhile', { what: changed.map((key) => t(key)).join(', ') })
    : t('rooms.changed-unseen');
