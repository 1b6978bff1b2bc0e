import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** All that IANA has given out to be reached from everywhere; the library calls more than that unicast. */
const everywhere = ipaddr.parseCIDR('2000::/3');

const ownAddresses = () =>
  Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));

/**
 * Whether an IP address is on the public internet, and not this machine's own: what listens here for the network behind it is
 * often kept from the world by nothing but a firewall in front.
 *
 * @param own addresses of this machine
 */
export function isOutside(address: string, own: readonly string[] = ownAddresses()): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address in the clothes of an IPv6 one counts as what it is.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(everywhere)) return false;
  return !own.some((one) => ipaddr.isValid(one) && ipaddr.process(one).toString() === parsed.toString());
}
