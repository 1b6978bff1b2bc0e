import type { AppFixture, Visitor } from '../app-fixture.js';
import { base } from '../app-fixture.js';

/** An answer as bytes that can be compared. */
export interface Answer {
  readonly status: number;
  /** All but the request's id and the date, in the order of their names, a line each. */
  readonly headers: string;
  readonly body: string;
}

/** The whole answer; of a stream its first event. */
export async function readAnswer(response: Response): Promise<Answer> {
  const headers = [...response.headers]
    .filter(([name]) => name !== 'x-request-id' && name !== 'date')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  return { status: response.status, headers, body: await readBody(response) };
}

async function readBody(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'text/event-stream') return response.text();
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

export interface Asked {
  readonly method: string;
  /** From the root, with its query. */
  readonly path: string;
  readonly body?: unknown;
  /** The body as it is, instead. */
  readonly text?: string;
  readonly bearer?: string | undefined;
  /** Header by header; `null` leaves out what would be sent. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A form with one file of this text. */
export const formOf = (text: string, name = 'a.txt'): Required<Pick<Asked, 'text' | 'headers'>> => ({
  text: [
    '--form',
    `content-disposition: form-data; name="file"; filename="${name}"`,
    'content-type: text/plain',
    '',
    text,
    '--form--',
    '',
  ].join('\r\n'),
  headers: { 'content-type': 'multipart/form-data; boundary=form' },
});

/** Sends a visitor's request with all that a page of ours would send; keeps no cookie of the answer. */
export async function ask({ app }: AppFixture, visitor: Visitor, asked: Asked): Promise<Answer> {
  const { method, path, body, bearer, headers = {} } = asked;
  const text = asked.text ?? (body === undefined ? null : JSON.stringify(body));
  const all: Record<string, string | null> = {
    'x-test-origin': base,
    'x-test-cookie': [...visitor.cookies].map((pair) => pair.join('=')).join('; '),
    'x-portal-client': 'portico-test/1',
    'content-type': text === null ? null : 'application/json',
    'idempotency-key': method === 'POST' ? crypto.randomUUID() : null,
    authorization: bearer === undefined ? null : `Bearer ${bearer}`,
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return readAnswer(await app.request(`${base}${path}`, { method, headers: sent, body: text }));
}
