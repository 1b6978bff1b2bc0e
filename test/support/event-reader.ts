import type { Ticket } from '../../src/model/index.js';

export interface SentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

export interface EventReader {
  /** The next event; `null` when the stream has ended. */
  next(): Promise<SentEvent | null>;
  /** The ticket of the next event, which has to be one. */
  ticket(): Promise<Ticket>;
  /** The next comment, events passed over. */
  comment(): Promise<string>;
  /** Hangs up. */
  close(): Promise<void>;
}

/** Reads an answer of `GET /events` as a client does. */
export function readEvents(response: Response): EventReader {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';

  async function block(): Promise<string | null> {
    while (!text.includes('\n\n')) {
      const { done, value } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
    const at = text.indexOf('\n\n');
    const first = text.slice(0, at);
    text = text.slice(at + 2);
    return first;
  }

  async function next(): Promise<SentEvent | null> {
    const lines = await block();
    if (lines === null) return null;
    if (lines.startsWith(':')) return next();
    const {
      event = '',
      id = '',
      data = '',
    } = Object.fromEntries(lines.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))) as Record<
      string,
      string
    >;
    return { event, id, data };
  }

  return {
    next,
    async ticket() {
      const event = await next();
      if (event?.event !== 'ticket') throw new Error(`Not a ticket: ${event?.event ?? 'the end'}`);
      return (JSON.parse(event.data) as { ticket: Ticket }).ticket;
    },
    async comment() {
      for (let lines = await block(); lines !== null; lines = await block()) if (lines.startsWith(':')) return lines;
      throw new Error('The stream has ended');
    },
    close: () => reader.cancel(),
  };
}
