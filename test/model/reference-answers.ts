import type { Tie } from './rules.js';

/** A ticket as a list shows it, in numbers and plain words. */
export interface Shown {
  readonly ticket: number;
  readonly number: number;
  readonly subject: string;
  readonly status: string;
  readonly turn: 'contact' | 'support' | null;
  readonly requester: string;
  readonly company: string | null;
  readonly unread: boolean;
  readonly properties: Readonly<Record<string, string>>;
  readonly relation: Tie;
  /** The company through which it is seen. */
  readonly through: string | null;
  readonly because: string | null;
  readonly snippet: string | null;
}

export const signedOut = { error: 'signed-out' };
/** Which of two refusals comes first is not promised. */
export const unspecified = Symbol('unspecified');
export const notFound = { error: 'not-found' };
