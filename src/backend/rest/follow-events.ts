import { createParser } from 'eventsource-parser';
import { isHTTPError } from 'ky';

/** Milliseconds until a stream that has ended is opened again, at most. */
const longestPause = 60_000;

/**
 * Reads a stream of server-sent events as long as the signal lets it, and opens it again when it ends. What is in an event is
 * let go: whoever hears of one asks anew, and so sees what the contact may see then.
 *
 * @param open rejects when there is no stream to be had
 * @param firstPause milliseconds until a stream that has ended is opened again, at first
 * @returns when the first stream is open, or was not to be had
 */
export function followEvents(
  open: (signal: AbortSignal) => Promise<Response>,
  change: () => void,
  signal: AbortSignal,
  firstPause = 1000,
): Promise<void> {
  return new Promise((listening) => {
    void follow();

    async function follow(): Promise<void> {
      let pause = firstPause;
      for (let missed = false; !signal.aborted; missed = true) {
        const began = performance.now();
        let ended = false;
        try {
          const { body } = await open(signal);
          if (missed) change();
          const parser = createParser({
            onEvent({ event }) {
              if (event === 'ready') {
                pause = firstPause;
                listening();
              } else {
                change();
              }
            },
          });
          const text = body?.pipeThrough(new TextDecoderStream()).getReader();
          for (let part = await text?.read(); part && !part.done; part = await text?.read()) parser.feed(part.value);
          ended = performance.now() - began > firstPause;
        } catch (error) {
          // Not now: the network is gone, or this browser has too many streams. Who hears that the session is over asks why.
          if (isHTTPError(error) && error.response.status === 401) change();
        }
        listening();
        // Not everybody comes back at once after a restart of the server. Whose session has ended should know it soon.
        await wait(ended ? (pause / 4) * Math.random() : pause * (0.5 + Math.random()), signal);
        if (!ended) pause = Math.min(2 * pause, longestPause);
      }
    }
  });
}

const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
