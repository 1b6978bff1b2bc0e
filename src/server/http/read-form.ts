import { ApiError } from '../api-error.js';
import type { ReadForm } from '../deps.js';
import { malformed, readBytes } from './input.js';

/** What a form has beside the bytes of its file, at most. */
const formMargin = 16 * 1024;

/** The boundary of a form. @throws ApiError `unsupported-type` for what is none */
export function formTypeOf(request: Request): string {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type.trim())) throw new ApiError('unsupported-type');
  return type;
}

export const missingFile = () => new ApiError('invalid', { fields: [{ path: 'file', code: 'missing' }] });
/** What else a form has than one file. */
export const otherField = (name: string) =>
  new ApiError('invalid', { fields: [{ path: name, code: name === 'file' ? 'repeated' : 'unknown' }] });

/** Reads a form by the platform's own means: whole, where the server runs in a page. */
export const readWholeForm: ReadForm = async (request, most) => {
  const type = formTypeOf(request);
  const bytes = await readBytes(request, most + formMargin);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw malformed();
  });
  const other = [...form.keys()].find((name) => name !== 'file');
  if (other !== undefined) throw otherField(other);
  const [file, ...more] = form.getAll('file');
  if (!(file instanceof File)) throw missingFile();
  if (more.length > 0) throw otherField('file');
  if (file.size > most) throw new ApiError('too-large');
  return { name: file.name, pieces: once(file) };
};

async function* once(file: File): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await file.arrayBuffer());
}
