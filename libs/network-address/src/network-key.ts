import { maskTo, parseIp } from './ip-address.js';

const IPV6_NETWORK = 64;

/**
 * The name under which a caller's network is counted: one IPv4 address, or the /64 of an IPv6 address, always
 * built from the bytes (SEC-7). What cannot be read shares the one key `unknown`.
 */
export function networkKey(ip: string): string {
  const address = parseIp(withoutZone(ip));
  if (!address) return 'unknown';
  if (address.kind() === 'ipv4') return address.toString();
  return `${maskTo(address, IPV6_NETWORK).toString()}/${IPV6_NETWORK}`;
}

/** A zone id names our own interface, not the caller's network; only IPv6 addresses have one. */
function withoutZone(ip: string): string {
  const zone = ip.indexOf('%');
  return zone > 0 && ip.includes(':') ? ip.slice(0, zone) : ip;
}
