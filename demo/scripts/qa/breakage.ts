import type { ErrorCode } from '../../../src/model/index.js';
import type { Fault } from '../../../src/testing/faults.js';

/** How a request can go wrong by wish: with a status, with an answer that nobody can read, or without any. */
export const breakages = [
  ...(['401', '403', '404', '409', '413', '429', '500', '503'] as const),
  ...(['proxy', 'malformed', 'unreachable'] as const),
] as const;

export type Breakage = (typeof breakages)[number];

const codes: Readonly<Record<Breakage, ErrorCode>> = {
  '401': 'session-expired',
  '403': 'forbidden',
  '404': 'not-found',
  '409': 'conflict',
  '413': 'too-large',
  '429': 'rate-limited',
  '500': 'server',
  '503': 'unavailable',
  proxy: 'unavailable',
  malformed: 'unexpected-response',
  unreachable: 'unavailable',
};

/** Seconds that who is told to wait must wait. */
export const retryAfter = 60;

export const isBreakage = (text: string): text is Breakage => (breakages as readonly string[]).includes(text);

/** What an element hears of it, where no request travels. */
export const codeOf = (breakage: Breakage): ErrorCode => codes[breakage];

/** What happens to the request. */
export function faultOf(breakage: Breakage | 'offline'): Fault {
  switch (breakage) {
    case 'offline':
    case 'unreachable':
      return { kind: 'unreachable' };
    case 'malformed':
      return { kind: 'malformed' };
    case 'proxy':
      return { kind: 'proxy', status: 502 };
    default:
      return {
        kind: 'problem',
        status: Number(breakage),
        code: codes[breakage],
        ...(breakage === '429' && { retryAfter }),
      };
  }
}
