/** What a look at one thing has found. */
export interface Finding {
  readonly check: string;
  /** `missing` has to be mended before anybody is let in; `hint` is for the owner to decide. */
  readonly level: 'ok' | 'hint' | 'missing';
  /** What is wrong and the way to mend it; empty where nothing is. */
  readonly advice: string;
}

export const ok = (check: string): Finding => ({ check, level: 'ok', advice: '' });
export const hint = (check: string, advice: string): Finding => ({ check, level: 'hint', advice });
export const missing = (check: string, advice: string): Finding => ({ check, level: 'missing', advice });
