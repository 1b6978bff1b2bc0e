import type { Upload } from '../../model/index.js';
import { BackendError } from '../backend-error.js';
import type { UploadOptions } from '../portal-backend.js';
import { type Answering, type Connection, headersOf, urlOf } from './connection.js';
import { parse } from './first-attempt.js';
import { formOf } from './rest-client.js';
import { refusal } from './rest-errors.js';
import { unreachable } from './unreachable.js';

/**
 * Sends a file as the one field of a form, by `XMLHttpRequest`: `fetch` does not say how much is on its way. All else is as it
 * is with every request.
 *
 * @param timeout milliseconds for all of it
 */
export async function sendForm(
  connection: Connection,
  route: Answering<Upload>,
  file: File,
  timeout: number,
  options: UploadOptions = {},
): Promise<Upload> {
  const { signal, progress } = options;
  // It may have been given up while this code was on its way.
  signal?.throwIfAborted();
  const request = new XMLHttpRequest();
  const url = urlOf(connection, route.path);
  request.open(route.method, url);
  request.withCredentials = true;
  request.timeout = timeout;
  const headers = { accept: 'application/json', ...headersOf(connection, options) };
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  // What the form writes around the file counts there as well.
  request.upload.onprogress = ({ loaded }) => progress?.(Math.min(loaded, file.size));
  const abort = () => request.abort();
  signal?.addEventListener('abort', abort);
  try {
    await answerTo(request, formOf(file), signal);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  // Whoever leads it elsewhere is not the portal.
  if (request.responseURL !== url) throw unreachable(new TypeError('The answer came from elsewhere'));
  if (request.status !== 201) throw refused(request);
  const upload = parse(route.answer, request.responseText);
  progress?.(file.size);
  return upload;
}

function answerTo(request: XMLHttpRequest, form: FormData, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onload = () => resolve();
    request.onerror = () => reject(unreachable(new TypeError('The request failed')));
    request.ontimeout = () => reject(new BackendError('timeout', 'The portal did not answer in time'));
    request.onabort = () => reject(signal?.reason);
    request.send(form);
  });
}

function refused(request: XMLHttpRequest): BackendError {
  const wait = request.getResponseHeader('retry-after');
  let data: unknown;
  try {
    data = JSON.parse(request.responseText);
  } catch {
    // A proxy in between answers with a page.
  }
  return refusal(request.status, new Headers(wait === null ? {} : { 'retry-after': wait }), data);
}
