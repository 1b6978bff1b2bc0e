import * as z from 'zod/mini';

import { ApiError } from '../api-error.js';
import { piecesOf } from '../files/pieces.js';

/** Largest JSON body, in bytes, where a route says nothing else. */
export const bodyLimit = 256 * 1024;

/** Parses with a wire schema. @throws ApiError `invalid`, naming each input at fault */
export function parse<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), code: 'unknown' }))
      : [{ path: issue.path.join('.'), code: issue.code }],
  );
  throw new ApiError('invalid', { fields });
}

/** Query parameters as an object. @throws ApiError `invalid` for a parameter that comes twice */
export function readQuery(url: URL): Record<string, string> {
  const twice = [...url.searchParams.keys()].find((key, at, keys) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw new ApiError('invalid', { fields: [{ path: twice, code: 'repeated' }] });
  return Object.fromEntries(url.searchParams);
}

/**
 * The JSON body.
 *
 * @throws ApiError `unsupported-type`, `too-large`, `invalid` for what is no JSON in UTF-8
 */
export async function readJson(request: Request, limit = bodyLimit): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(type.trim())) throw new ApiError('unsupported-type');
  const bytes = await readBytes(request, limit);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed();
  }
}

/** The fields of a form as a server sends it, the first of each name. @throws ApiError `unsupported-type`, `too-large`, `invalid` */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded(\s*;|$)/i.test(type.trim())) throw new ApiError('unsupported-type');
  return new URLSearchParams(new TextDecoder().decode(await readBytes(request, bodyLimit)));
}

export const malformed = () => new ApiError('invalid', { fields: [{ path: '', code: 'malformed' }] });

/** The body as it arrives. In a page, Firefox shows none of a request. */
async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body) yield* piecesOf(request.body);
  else yield new Uint8Array(await request.arrayBuffer());
}

/** The body, counted while it arrives. @throws ApiError `too-large` */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request)) {
    size += chunk.byteLength;
    if (size > limit) throw new ApiError('too-large');
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
