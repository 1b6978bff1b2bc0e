import { median, print, verdict } from '../table.js';

/** What was measured, beside what it should be. */
export interface Figure {
  /** Of the goals B1 to B12. */
  readonly name: string;
  readonly amount: number;
  readonly value: string;
  readonly goal: string;
  /** `null`: nothing to compare with. */
  readonly kept: boolean | null;
}

/** Samples by what they are of; medians are compared, of samples that were taken by turns. */
export class Samples<Name extends string> {
  readonly #taken = new Map<string, number[]>();

  add(name: Name, key: string, value: number | null): void {
    if (value === null) return;
    const all = this.#taken.get(`${name} ${key}`) ?? [];
    all.push(value);
    this.#taken.set(`${name} ${key}`, all);
  }

  /** `NaN` where nothing was taken. */
  of(name: Name, key: string): number {
    return median(this.#taken.get(`${name} ${key}`) ?? []);
  }
}

export const number = (value: number, digits = 2): string =>
  Number.isNaN(value) ? 'not measured' : value.toFixed(digits);

/** A figure that may be as large as its goal. */
export function atMost(name: string, value: number, goal: number, unit = '', digits = 2): Figure {
  const kept = Number.isNaN(value) ? null : value <= goal;
  return {
    name,
    amount: value,
    value: `${number(value, digits)}${Number.isNaN(value) ? '' : unit}`,
    goal: Number.isFinite(goal) ? `<= ${goal}${unit}` : '',
    kept: Number.isFinite(goal) ? kept : null,
  };
}

export function printFigures(figures: readonly Figure[]): void {
  print([
    ['', 'measured', 'goal', ''],
    ...figures.map(({ name, value, goal, kept }) => [name, value, goal, kept === null ? '' : verdict(kept)]),
  ]);
}
