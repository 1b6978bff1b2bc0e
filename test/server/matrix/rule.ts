/** What a viewer without the right gets, and what is sent: one rule a mounted route, by hand. */
export interface Rule {
  /**
   * `everybody`: also without a session. `contact`: whose session is alive. `ticket`, `file`: the same, for an object that
   * they see; otherwise it is not there. `staff`: bearers of a staff or the admin token, and staff of the account who is
   * signed in. `staff-ticket`: the same, of a ticket that is there, and in their inboxes. `admin`: bearers of the admin
   * token, and admins of the account who are signed in. `server`: bearers of the admin token alone.
   */
  readonly to: 'everybody' | 'contact' | 'ticket' | 'file' | 'staff' | 'staff-ticket' | 'admin' | 'server';
  /** For the first who may: afterwards it is not there. */
  readonly removes?: true;
  /** Once a ticket, and only for who takes part in it: who sees it through the company gets 403. */
  readonly parties?: true;
  /** With `parties`: as often as one likes. */
  readonly repeats?: true;
  /** As often as one likes, and only for who asked: everybody else who sees it gets 403. */
  readonly requester?: true;
  /** Instead of the status of success in the route's table. */
  readonly status?: number;
  /** Query strings to ask with, each on its own; else none. */
  readonly queries?: readonly string[];
  readonly body?: unknown;
  /** Sends a form with one file. */
  readonly file?: true;
  /** Sent only after everything was read, in the order of this list. */
  readonly writes?: true;
  /** Whose address is in the answer, whoever asks. */
  readonly tells?: string;
  /** Values of further parameters of the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** What to ask for, where the mounted path has a pattern in it. */
  readonly path?: string;
}

export const account = '?account={account}';
