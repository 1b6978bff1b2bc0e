/** A request as the network log shows it; bodies and tokens never come in here. */
export interface RequestEntry {
  readonly id: number;
  /** Milliseconds since 1970, by the real clock. */
  readonly at: number;
  readonly method: string;
  /** Below `/api/v1`, without what somebody searches for. */
  readonly path: string;
  /** The status, an error's code where no request travels, or `null` while it is under way. */
  readonly status: string | null;
  /** Milliseconds that it took. */
  readonly ms: number | null;
  /** Bytes of the answer. */
  readonly size: number | null;
  /** What was done to it by wish. */
  readonly fault: string | null;
}

/** An event of an element, as the page around it hears it. */
export interface EventEntry {
  readonly at: number;
  readonly name: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Elements and parts that it came through, the innermost last: `customer-portal › ::part(main) › ticket-list`. */
  readonly path: string;
  readonly canceled: boolean;
}

export interface RequestLog {
  /** Puts a request into the log. What it returns completes the entry. */
  begin(method: string, path: string): (outcome: Partial<RequestEntry>) => void;
}

/** @param tell hears of each entry twice: when it begins, and when it is complete */
export function createRequestLog(tell: (entry: RequestEntry) => void): RequestLog {
  let last = 0;
  return {
    begin(method, path) {
      const start = performance.now();
      let entry: RequestEntry = {
        id: ++last,
        at: Math.round(performance.timeOrigin + start),
        method,
        path,
        status: null,
        ms: null,
        size: null,
        fault: null,
      };
      tell(entry);
      return (outcome) => {
        entry = { ...entry, ms: Math.round(performance.now() - start), ...outcome };
        tell(entry);
      };
    },
  };
}
