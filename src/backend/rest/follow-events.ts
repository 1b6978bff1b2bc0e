import { createParser } from 'eventsource-parser';
import { isHTTPError } from 'ky';

/** Milliseconds until a stream that has ended is opened again, at most. */
const longestPause = 60_000;
/** Milliseconds without a stream after which a change is taken for granted, at first; up to twice as many. */
const firstDoubt = 15_000;
const longestDoubt = 30_000;

/**
 * Reads a stream of server-sent events as long as the signal lets it, and opens it again when it ends. What is in an event is
 * let go: whoever hears of one asks anew, and so sees what the contact may see then. As long as there is no stream to be had,
 * something may have changed every minute or so: who is told so then asks, and that is all that is lost.
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
      let doubt = firstDoubt;
      let doubtful = soon(doubt);
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
          doubt = firstDoubt;
          doubtful = soon(doubt);
        } catch (error) {
          // Not now: the network is gone, or this browser has too many streams. Who hears that the session is over asks why.
          const isOver = isHTTPError(error) && error.response.status === 401;
          if (!signal.aborted && (isOver || performance.now() >= doubtful)) {
            change();
            doubt = Math.min(2 * doubt, longestDoubt);
            doubtful = soon(doubt);
          }
        }
        listening();
        // Not everybody comes back at once after a restart of the server. Whose session has ended should know it soon.
        const next = ended ? (pause / 4) * Math.random() : pause * (0.5 + Math.random());
        await wait(Math.min(next, Math.max(0, doubtful - performance.now())), signal);
        if (!ended) pause = Math.min(2 * pause, longestPause);
      }
    }
  });
}

/** A time from now on, once to twice as far away: not everybody asks at once. */
const soon = (milliseconds: number): number => performance.now() + milliseconds * (1 + Math.random());

const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
