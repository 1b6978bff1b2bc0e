import type { ErrorCode } from '../model/index.js';

export interface BackendErrorOptions extends ErrorOptions {
  /** Which input is at fault, by its path in the request. */
  readonly fields?: readonly { readonly path: string; readonly code: string }[] | null;
  /** Seconds to wait before asking again. */
  readonly retryAfter?: number | null;
}

/**
 * The one error that a `PortalBackend` throws. Elements choose their words by `code`; `message` is for developers and is
 * never shown. An abort is not a `BackendError`: it rejects with the signal's reason.
 */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly code: ErrorCode;
  readonly fields: readonly { readonly path: string; readonly code: string }[] | null;
  readonly retryAfter: number | null;

  constructor(code: ErrorCode, message: string = code, options: BackendErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** True for a `BackendError`, also one that another copy of this library made. */
export const isBackendError = (value: unknown): value is BackendError =>
  value instanceof BackendError ||
  (value instanceof Error && value.name === 'BackendError' && 'code' in value && typeof value.code === 'string');
