import type { InspectionWire } from '../../../wire/index.js';
import type { Config } from '../config.js';
import { type Finding, missing, ok } from './finding.js';

/** Does the server see who asks, and under which address, when the request has come through the proxy? */
export function checkProxy(
  { publicUrl, trustProxy }: Pick<Config, 'publicUrl' | 'trustProxy'>,
  { base, forwardedFor }: Omit<InspectionWire['seen'], 'ip'>,
): Finding {
  const check = 'the proxy hands on who asks';
  if (forwardedFor === 0) {
    return missing(
      check,
      'Requests come without X-Forwarded-For: all customers share one address, and one limit of wrong passwords. Let the proxy add it.',
    );
  }
  if (trustProxy < forwardedFor) {
    return missing(
      check,
      `Requests pass ${forwardedFor} ${forwardedFor === 1 ? 'proxy' : 'proxies'}, and PORTICO_TRUST_PROXY is ${trustProxy}: all customers share one address. Set it to ${forwardedFor}.`,
    );
  }
  if (trustProxy > forwardedFor) {
    return missing(
      check,
      `PORTICO_TRUST_PROXY is ${trustProxy}, and requests pass ${forwardedFor}: anybody can invent an address. Set it to ${forwardedFor}.`,
    );
  }
  if (base !== publicUrl) {
    return missing(
      check,
      `The server takes itself for ${base}. Let the proxy hand on the host (X-Forwarded-Host, or Host) and the scheme (X-Forwarded-Proto).`,
    );
  }
  return ok(check);
}
