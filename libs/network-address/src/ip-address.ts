import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address behind a text; an IPv4 address written as IPv6 (`::ffff:a.b.c.d`) comes out as IPv4. */
export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** Reads the strict forms only: `ipaddr.js` alone would take `1` and `0x7f.1` for addresses too. */
export function parseIp(text: string): IpAddress | null {
  if (text.includes('%') || isIP(text) === 0) return null;
  const address = ipaddr.parse(inHexGroups(text));
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** The address with every bit behind the prefix cleared. */
export function maskTo(address: IpAddress, prefix: number): IpAddress {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(Math.max(prefix - index * 8, 0), 8);
    return byte & (0xff << (8 - kept));
  });
  return ipaddr.fromByteArray(bytes);
}

/** Rewrites a dotted end of an IPv6 address, since `ipaddr.js` takes `::1.2.3.4` for another address than `::102:304`. */
function inHexGroups(text: string): string {
  const end = text.lastIndexOf(':') + 1;
  if (end === 0 || !text.includes('.')) return text;
  const [a = 0, b = 0, c = 0, d = 0] = text.slice(end).split('.').map(Number);
  return `${text.slice(0, end)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
