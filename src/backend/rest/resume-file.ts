import { DetailedError, type HttpRequest, type HttpResponse, Upload as Sending } from 'tus-js-client';

import type { Upload } from '../../model/index.js';
import { portalAnswers } from '../../wire/later-answers.js';
import { tusBytes, tusVersion, uploadsPath } from '../../wire/tus.js';
import type { BackendError } from '../backend-error.js';
import type { UploadOptions } from '../portal-backend.js';
import { type Connection, headersOf, manner, urlOf } from './connection.js';
import { parse } from './first-attempt.js';
import { refusal } from './rest-errors.js';
import { unreachable } from './unreachable.js';

/** Milliseconds before a line that has dropped is tried again; each time that some of the file arrives they begin anew. */
const retryDelays = [500, 1000, 2000, 4000, 8000, 15_000];
/** Bytes of one request. Browsers send one again by themselves whose line drops, from its own beginning. */
const chunkSize = 2 * 1024 * 1024;
/** Bytes of a file that goes along as it is begun: of a larger one something is there when the line drops. */
const small = 256 * 1024;

/** Where files are that have not arrived as a whole: whoever sends one again goes on with it. */
const begun = new WeakMap<File, string>();

/**
 * Sends a file by tus, and goes on with it when the line has dropped, as soon as the browser is online. Given up, it is taken
 * back.
 *
 * @param timeout milliseconds for one request
 */
export async function resumeFile(
  connection: Connection,
  file: File,
  timeout: number,
  options: UploadOptions = {},
): Promise<Upload> {
  const { signal, progress } = options;
  // It may have been given up while this code was on its way.
  signal?.throwIfAborted();
  const headers = () => headersOf(connection, options);
  const known = begun.get(file);
  const ended = new AbortController();
  try {
    const { answer, url } = await new Promise<{ answer: HttpResponse; url: string }>((resolve, reject) => {
      const sending = new Sending(file, {
        endpoint: urlOf(connection, uploadsPath),
        ...(known !== undefined && { uploadUrl: known }),
        metadata: { filename: file.name },
        uploadDataDuringCreation: file.size <= small,
        retryDelays,
        chunkSize,
        // It would lie in the page's own store, after the end of the session as well.
        storeFingerprintForResuming: false,
        onBeforeRequest: (request) => prepare(request, headers(), timeout),
        onAfterResponse: checkPlace,
        onProgress: (sent) => progress?.(Math.min(sent, file.size)),
        onUploadUrlAvailable: () => void begun.set(file, sending.url ?? ''),
        onSuccess: ({ lastResponse }) => resolve({ answer: lastResponse, url: sending.url ?? '' }),
        onError: (error) => {
          if (!isLost(error) || navigator.onLine) return reject(errorOf(error));
          addEventListener('online', () => sending.start(), { once: true, signal: ended.signal });
        },
      });
      const giveUp = () => {
        begun.delete(file);
        // What cannot be taken back now is removed after a day.
        sending.abort(true).catch(() => {});
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { signal: ended.signal });
      sending.start();
    });
    const upload = parse(
      portalAnswers.upload.answer,
      answer.getBody() || (await askAgain(connection, url, file, headers(), signal)),
    );
    begun.delete(file);
    progress?.(file.size);
    return upload;
  } finally {
    ended.abort();
  }
}

/** As every request of ours; the token may be another one than that of the request before. */
function prepare(request: HttpRequest, headers: Record<string, string>, timeout: number): void {
  for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
  const own = request.getUnderlyingObject() as XMLHttpRequest;
  own.withCredentials = true;
  own.timeout = timeout;
  // The library hears of errors alone.
  own.ontimeout = (event) => own.onerror?.(event);
}

/** Whoever leads it elsewhere is not the portal. */
function checkPlace(request: HttpRequest, answer: HttpResponse): void {
  const { responseURL } = answer.getUnderlyingObject() as XMLHttpRequest;
  if (responseURL !== request.getURL()) throw new TypeError('The answer came from elsewhere');
}

/** It is there, and the answer that said so was lost. */
async function askAgain(
  connection: Connection,
  url: string,
  { size }: File,
  headers: Record<string, string>,
  signal?: AbortSignal,
) {
  const own = { 'tus-resumable': tusVersion, 'content-type': tusBytes, 'upload-offset': String(size) };
  const init = { ...manner, method: 'PATCH', headers: { ...headers, ...own }, ...(signal && { signal }) };
  const answer = await connection.fetch(url, init).catch((error: unknown) => {
    throw unreachable(error);
  });
  const text = await answer.text();
  if (!answer.ok) throw refusal(answer.status, answer.headers, jsonOf(text));
  return text;
}

const isLost = (error: Error): boolean => !(error instanceof DetailedError) || !error.originalResponse;

function errorOf(error: Error): BackendError {
  const answer = error instanceof DetailedError ? error.originalResponse : null;
  if (!answer) return unreachable(error);
  const wait = answer.getHeader('retry-after');
  return refusal(answer.getStatus(), new Headers(wait ? { 'retry-after': wait } : {}), jsonOf(answer.getBody()), error);
}

/** A proxy in between answers with a page. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
