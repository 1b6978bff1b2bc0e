import { Client } from 'pg';
import { channel } from '../../../sql/session.js';
import { connectionTo } from './connection.js';

/** Milliseconds between attempts to hear again: the first soon, later ones more rarely. */
const firstPause = 100;
const longestPause = 5_000;

export interface Listener {
  listen(hear: (payload: string | null) => void): () => void;
  close(): Promise<void>;
}

/**
 * Hears what any process notifies, over a connection of its own that is made anew whenever it is lost. Begins with the
 * first listener.
 */
export function createListener(url: string): Listener {
  const hearers = new Set<(payload: string | null) => void>();
  const tell = (payload: string | null) => {
    for (const hear of hearers) hear(payload);
  };
  let client: Client | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPause;
  let closed = false;

  async function connect(): Promise<void> {
    const own = new Client(connectionTo(url));
    client = own;
    own.on('notification', ({ payload }) => tell(payload ?? ''));
    // Without a listener for errors a lost connection would end the process.
    own.on('error', () => {});
    own.once('end', again);
    try {
      await own.connect();
      await own.query(`LISTEN ${channel}`);
      pause = firstPause;
      // Also the first time: something may have happened while the connection was being made.
      tell(null);
    } catch {
      await own.end().catch(() => {});
      again();
    }
  }

  function again(): void {
    if (closed || !client) return;
    client = null;
    timer = setTimeout(() => void connect(), pause);
    pause = Math.min(2 * pause, longestPause);
  }

  return {
    listen(hear) {
      hearers.add(hear);
      if (!client && timer === undefined && !closed) void connect();
      return () => hearers.delete(hear);
    },

    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
