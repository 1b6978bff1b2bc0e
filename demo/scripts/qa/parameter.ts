/** One control of the page in its address. What does not parse counts as absent, and what stands at its start is left out. */
export interface Parameter<T> {
  readonly initial: T;
  /** `undefined` for what no control could have written. */
  parse(text: string): T | undefined;
  format(value: T): string;
}

export const choice = <const T extends string>(values: readonly T[], initial: NoInfer<T>): Parameter<T> => ({
  initial,
  parse: (text) => values.find((value) => value === text),
  format: (value) => value,
});

export const flag: Parameter<boolean> = {
  initial: false,
  parse: (text) => (text === '1' ? true : undefined),
  format: () => '1',
};

/** A whole number of `least` to `most`, or where it starts. */
export const whole = (least: number, most: number, initial: number): Parameter<number> => ({
  initial,
  parse: (text) => {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  },
  format: String,
});

/** A moment, ISO 8601 in UTC; empty for now. */
export const moment: Parameter<string> = {
  initial: '',
  parse: (text) => {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  },
  format: (value) => value,
};
