import type { ErrorCode } from '../model/index.js';

export interface FieldError {
  readonly path: string;
  readonly code: string;
}

/** A command that the store refuses, in the words of the wire. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[] | null;

  constructor(code: ErrorCode, fields: readonly FieldError[] | null = null) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}
