/**
 * Every reason for which a request to a portal can fail. The wire uses the same words in the `code` of a problem
 * document; `offline`, `timeout`, `unexpected-response` and `config` are made by the client alone.
 */
export const errorCodes = [
  'unauthenticated',
  'session-expired',
  'forbidden',
  'not-found',
  'invalid',
  'conflict',
  'too-large',
  'unsupported-type',
  'rejected',
  'rate-limited',
  'offline',
  'timeout',
  'unavailable',
  'not-open',
  'version-mismatch',
  'unexpected-response',
  'config',
  'server',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
