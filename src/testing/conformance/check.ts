import { isBackendError, type BackendError } from '../../backend/backend-error.js';
import type { ErrorCode } from '../../model/index.js';

/** A promise of the interface that was not kept. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

/** Holds when both are the same data; the order of keys does not count. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [textOf(actual), textOf(expected)];
  if (got !== wanted) throw new ConformanceError(`${what}\n  expected ${wanted}\n  got      ${got}`);
}

export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new ConformanceError(what);
}

/** The error with which the call fails; it must be a `BackendError` with one of these codes. */
export async function fails(call: Promise<unknown>, ...codes: readonly ErrorCode[]): Promise<BackendError> {
  const wanted = codes.join(' or ');
  const value = await call.then(
    (answer) => new ConformanceError(`expected ${wanted}, got an answer: ${textOf(answer)}`),
    (reason: unknown) => reason,
  );
  if (value instanceof ConformanceError) throw value;
  if (!isBackendError(value)) throw new ConformanceError(`expected ${wanted}, got ${String(value)}`, { cause: value });
  if (!codes.includes(value.code)) {
    throw new ConformanceError(`expected ${wanted}, got ${value.code}`, { cause: value });
  }
  return value;
}

/** Whether both are the same data; the order of keys does not count. */
export const same = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);

const textOf = (value: unknown): string => JSON.stringify(value, sortKeys) ?? 'undefined';

const sortKeys = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
