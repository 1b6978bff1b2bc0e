import { fileTypeFromBuffer } from 'file-type/core';

import { cleanName, fileKindOf, isText } from '../../policy/index.js';
import { ApiError } from '../api-error.js';

/**
 * What a file is called and served as. Its name and its bytes must say the same; what its sender says of it counts for nothing.
 *
 * @throws ApiError `unsupported-type`
 */
export async function checkFile(name: string, bytes: Uint8Array): Promise<{ name: string; type: string }> {
  const clean = cleanName(name);
  const kind = fileKindOf(clean);
  if (!kind || !(kind.bytes ? await showsOneOf(kind.bytes, bytes) : isText(bytes))) {
    throw new ApiError('unsupported-type');
  }
  return { name: clean, type: kind.type };
}

async function showsOneOf(extensions: readonly string[], bytes: Uint8Array): Promise<boolean> {
  // What ends before its own beginning does is no file of any kind.
  const shown = await fileTypeFromBuffer(bytes).catch(() => undefined);
  return shown !== undefined && extensions.includes(shown.ext);
}
