import { fileTypeFromTokenizer } from 'file-type/core';
import { fromWebStream } from 'strtok3/core';

import { cleanName, type FileKind, fileKindOf, isText } from '../../policy/index.js';
import { ApiError } from '../api-error.js';
import { piecesOf } from '../files/pieces.js';

/** Opens a file anew, to be read from its beginning. */
type Open = () => Promise<ReadableStream<Uint8Array>>;

/**
 * What a file is called, and what kind that says it is; what its sender says of it counts for nothing.
 *
 * @throws ApiError `unsupported-type`
 */
export function checkName(name: string): { name: string; kind: FileKind } {
  const clean = cleanName(name);
  const kind = fileKindOf(clean);
  if (!kind) throw new ApiError('unsupported-type');
  return { name: clean, kind };
}

/** Its name and its bytes must say the same. @throws ApiError `unsupported-type` */
export async function checkFile(name: string, size: number, open: Open): Promise<void> {
  const { kind } = checkName(name);
  const fits = kind.bytes ? await showsOneOf(kind.bytes, size, await open()) : await isText(piecesOf(await open()));
  if (!fits) throw new ApiError('unsupported-type');
}

async function showsOneOf(extensions: readonly string[], size: number, file: ReadableStream<Uint8Array>) {
  // What ends before its own beginning does is no file of any kind.
  const shown = await fileTypeFromTokenizer(fromWebStream(file, { fileInfo: { size } })).catch(() => undefined);
  return shown !== undefined && extensions.includes(shown.ext);
}
