/** How many tickets the viewer sees. What is not of a scope is of everything visible. Each number is counted up to 1,000 and then stops: 1,000 means "or more". */
export interface Counts {
  readonly scopes: {
    /** Everything visible. */
    readonly all: number;
    readonly mine: number;
    readonly participating: number;
    /** Each company of the contact, the primary one first. */
    readonly company: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  };
  /** Of the scope asked for, as `statuses` is. */
  readonly states: { readonly open: number; readonly closed: number };
  /** By status id, for every status of the portal. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Who asked, of the scope asked for: by name, at most 200, among the newest 1,000 tickets. */
  readonly requesters: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  /** Among the newest 1,000: those whose last public event is not the viewer's own and came after they read it. */
  readonly unread: number;
}
