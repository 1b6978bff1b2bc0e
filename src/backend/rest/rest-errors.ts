import { isHTTPError, isTimeoutError, type HTTPError } from 'ky';
import * as z from 'zod/mini';

import type { ErrorCode } from '../../model/index.js';
import { problemSchema } from '../../wire/schemas.js';
import { BackendError } from '../backend-error.js';
import { unreachable } from './unreachable.js';

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-type',
  422: 'rejected',
  426: 'version-mismatch',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** Whatever a request failed with, as the one error that elements know. */
export function toBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  if (isHTTPError(error)) return fromAnswer(error);
  return isTimeoutError(error)
    ? new BackendError('timeout', 'The portal did not answer in time', { cause: error })
    : unreachable(error);
}

const fromAnswer = (error: HTTPError): BackendError =>
  refusal(error.response.status, error.response.headers, error.data, error);

/** The server's own code, else one by status: a proxy in between answers without a problem document. */
export function refusal(status: number, headers: Headers, data: unknown, cause?: unknown): BackendError {
  const problem = z.safeParse(problemSchema, data).data;
  const code = problem?.code ?? codeOfStatus[status] ?? (status < 500 ? 'unexpected-response' : 'server');
  return new BackendError(code, `The portal answered ${status}`, {
    cause,
    fields: problem?.fields ?? null,
    retryAfter: problem?.retryAfter ?? secondsOf(headers),
  });
}

/** `Retry-After` in seconds; the form with a date is left to ky. */
export function secondsOf(headers: Headers): number | null {
  const text = headers.get('retry-after') ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}
