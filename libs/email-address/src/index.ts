import { Buffer } from 'node:buffer';
import { normalDomain } from './domain.js';
import { normalLocalPart } from './local-part.js';

const MAX_BYTES = 254;

/** One mailbox: `display` is for people and mail, `key` alone decides whether two addresses are the same. */
export interface EmailAddress {
  /** As typed, without the ASCII spaces around it. */
  readonly display: string;
  /** The identity key of SEC-12, to be compared byte by byte; printable ASCII unless parsed with `eai`. */
  readonly key: string;
}

/**
 * Reads exactly one plain address, or answers null; takes linear time and never throws (SEC-3, SEC-12).
 * With `eai`, letters, marks and numbers of all scripts may stand before the `@`.
 */
export function parseEmail(text: string, options: { readonly eai?: boolean } = {}): EmailAddress | null {
  const display = withoutOuterSpaces(text);
  if (Buffer.byteLength(display) > MAX_BYTES) return null;
  if (display.includes('=?')) return null; // the start of a MIME encoded-word

  const at = display.indexOf('@');
  if (at < 0 || at !== display.lastIndexOf('@')) return null;

  const local = normalLocalPart(display.slice(0, at), options.eai === true);
  const domain = normalDomain(display.slice(at + 1));
  if (local === null || domain === null) return null;

  const key = `${local}@${domain}`;
  return Buffer.byteLength(key) > MAX_BYTES ? null : { display, key };
}

/** By index, because a pattern such as ` +$` takes quadratic time over inner spaces. */
function withoutOuterSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start += 1;
  while (end > start && text[end - 1] === ' ') end -= 1;
  return text.slice(start, end);
}
