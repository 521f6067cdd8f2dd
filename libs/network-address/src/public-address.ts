import ipaddr from 'ipaddr.js';
import { parseIp } from './ip-address.js';

/** All that is routed on the public IPv6 internet; carved-out parts of it have names of their own. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public internet: no private, loopback, link-local, multicast, reserved or
 * documentation address, and none that leads to an IPv4 address by a detour (6to4, Teredo, NAT64). An IPv4 address
 * written as IPv6 is judged as what it is; what is no address is not public.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseIp(text);
  if (!address || address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST);
}
