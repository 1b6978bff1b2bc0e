import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  /** As they came, one after the other: also one that comes twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** One request as it is written here: `fetch` would mend what is wrong with it. */
export async function sendRaw(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array = Buffer.alloc(0),
): Promise<RawAnswer> {
  const call = request(url, { method, headers: { ...headers, 'content-length': body.length }, agent: false });
  // Who refuses what comes may close the door while it still comes.
  call.on('error', () => {});
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  const raw = answer.rawHeaders;
  const pairs = raw.flatMap((name, at) => (at % 2 ? [] : [[name.toLowerCase(), raw[at + 1] ?? ''] as const]));
  return { status: answer.statusCode ?? 0, headers: pairs, body: Buffer.concat(parts) };
}

/** A form with one file, its name byte by byte as it is given. */
export function formOf(name: string, type: string, bytes: Uint8Array) {
  const boundary = `form${crypto.randomUUID()}`;
  const head = [
    `--${boundary}`,
    `content-disposition: form-data; name="file"; filename="${name}"`,
    ...(type ? [`content-type: ${type}`] : []),
    '',
    '',
  ].join('\r\n');
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body };
}
