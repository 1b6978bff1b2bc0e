import * as z from 'zod/mini';

import { ApiError } from '../api-error.js';

/** Largest JSON body, in bytes. */
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
 * The JSON body, counted while it arrives.
 *
 * @throws ApiError `unsupported-type`, `too-large`, `invalid` for what is no JSON in UTF-8
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(type.trim())) throw new ApiError('unsupported-type');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bodyLimit) throw new ApiError('too-large');
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError('invalid', { fields: [{ path: '', code: 'malformed' }] });
  }
}
