import { maskTo, parseIp } from './ip-address.js';

const PREFIX = /^[1-9][0-9]{0,2}$/;
const IPV4_BITS = 32;
const IPV6_BITS = 128;
const MAPPED_BITS = IPV6_BITS - IPV4_BITS;

/**
 * Reads addresses and networks separated by commas, and writes each in its one canonical form: bits behind the
 * prefix cleared, IPv4 in IPv6 clothes as IPv4, a single address without a prefix. An empty text is an empty list.
 * @throws Error naming the first entry that is neither. `/0` is refused: trusting everybody is no list (SEC-6).
 */
export function parseCidrList(text: string): string[] {
  if (text.trim() === '') return [];
  return text.split(',').map((entry) => normalEntry(entry.trim()));
}

function normalEntry(entry: string): string {
  const normal = normalNetwork(entry);
  if (normal === null) throw new Error(`"${entry}" is neither an IP address nor a network such as 10.0.0.0/8.`);
  return normal;
}

function normalNetwork(entry: string): string | null {
  const slash = entry.indexOf('/');
  const host = slash < 0 ? entry : entry.slice(0, slash);
  const address = parseIp(host);
  if (!address) return null;
  if (slash < 0) return address.toString();

  const bits = address.kind() === 'ipv4' ? IPV4_BITS : IPV6_BITS;
  const isMapped = bits === IPV4_BITS && host.includes(':');
  const prefix = readPrefix(entry.slice(slash + 1)) - (isMapped ? MAPPED_BITS : 0);
  if (!(prefix >= 1 && prefix <= bits)) return null;
  return prefix === bits ? address.toString() : `${maskTo(address, prefix).toString()}/${prefix}`;
}

/** NaN for anything but a plain number without leading zeros. */
function readPrefix(text: string): number {
  return PREFIX.test(text) ? Number(text) : Number.NaN;
}
