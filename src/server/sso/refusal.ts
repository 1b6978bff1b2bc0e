/** What the page may know of why nobody came back. */
export type RefusalReason = 'denied' | 'unknown' | 'failed';

/** Somebody who has signed in elsewhere, or has not, does not come in here. */
export class SsoRefusal extends Error {
  override readonly name = 'SsoRefusal';
  /**
   * `denied`: they have turned back there. `unknown`: they are nobody of this portal. `failed`: the provider does not answer
   * as it must.
   */
  readonly reason: RefusalReason;
  /** The code of what was found, for the log. */
  readonly detail: string;

  constructor(reason: RefusalReason, detail: string, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
    this.detail = detail;
  }
}
