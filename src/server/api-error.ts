import type { ErrorCode } from '../model/index.js';
import { DeskError } from './connectors/connector.js';
import { DatabaseError } from './database.js';

/** Status of each code on the wire. Codes that only a client can make are absent. */
const statuses = {
  invalid: 400,
  unauthenticated: 401,
  'session-expired': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-type': 415,
  rejected: 422,
  'version-mismatch': 426,
  'rate-limited': 429,
  server: 500,
  unavailable: 503,
  'not-open': 503,
} as const satisfies Partial<Record<ErrorCode, number>>;

export type ApiErrorCode = keyof typeof statuses;

/** What is wrong with one input. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
}

/** A refusal that the client may know of. Everything else that is thrown becomes a flat 500. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly fields: readonly FieldError[] | null;
  /** In seconds. */
  readonly retryAfter: number | null;

  /** @param details `status` where a protocol has another one for it */
  constructor(
    code: ApiErrorCode,
    details: { fields?: readonly FieldError[]; retryAfter?: number; status?: number } = {},
  ) {
    super(code);
    this.code = code;
    this.status = details.status ?? statuses[code];
    this.fields = details.fields ?? null;
    this.retryAfter = details.retryAfter ?? null;
  }
}

/**
 * SQLSTATEs of a database that cannot answer now and may in a moment: no connection (08), the transaction gave way to another
 * (40), out of room (53), shut down (57P0x), and the time limits of statement and transaction.
 */
const passing = /^(08|40|53|57P0|57014$|25P04$)/;

/** What the client may know of anything that was thrown. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DeskError) {
    return error.kind === 'refused' ? new ApiError('forbidden') : new ApiError('unavailable', { retryAfter: 5 });
  }
  const isPassing = error instanceof DatabaseError && passing.test(error.code);
  return isPassing ? new ApiError('unavailable', { retryAfter: 1 }) : new ApiError('server');
}

const titles: Record<ApiErrorCode, string> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Not signed in, or wrong e-mail or password',
  'session-expired': 'The session has ended',
  forbidden: 'This origin or request is not allowed',
  'not-found': 'Not found',
  conflict: 'Somebody else was faster',
  'too-large': 'The body is too large',
  'unsupported-type': 'The content type is not supported',
  rejected: 'The request was rejected',
  'version-mismatch': 'Client and server do not fit together',
  'rate-limited': 'Too many requests',
  server: 'Something went wrong',
  unavailable: 'Temporarily unavailable',
  'not-open': 'The portal is not open yet',
};

/** RFC 9457. The same error is the same bytes, whatever lies behind it. */
export function problem(error: ApiError): Response {
  const body = {
    type: 'about:blank',
    title: titles[error.code],
    status: error.status,
    code: error.code,
    fields: error.fields,
    retryAfter: error.retryAfter,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (error.retryAfter !== null) headers.set('retry-after', String(error.retryAfter));
  return new Response(JSON.stringify(body), { status: error.status, headers });
}
