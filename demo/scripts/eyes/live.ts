const client = { 'x-portal-client': 'portico-demo/1' };
/** Milliseconds between two tries, the first and the longest. */
const [soon, late] = [500, 10_000];

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Follows a portal's stream of events for ever, and says whenever there is something new: an event, or a stream that ended,
 * for the server ends one when what its contact may see has changed.
 */
export async function follow(address: string, onNews: () => void): Promise<never> {
  for (let wait = soon; ; wait = Math.min(wait * 2, late)) {
    try {
      const answer = await fetch(`${address}/api/v1/events`, { headers: client, credentials: 'include' });
      if (!answer.ok || !answer.body) throw new Error(`no events: ${answer.status}`);
      // What happened while nobody listened.
      onNews();
      wait = soon;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        if (/^event: (ticket|reset)$/m.test(chunk.value)) onNews();
      }
    } catch {
      // The server is away; so says the pane when it asks.
    }
    await pause(wait);
  }
}
