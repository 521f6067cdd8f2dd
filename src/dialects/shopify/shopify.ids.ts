import { fromGlobalId } from '../../common/public-id.js';

const GLOBAL_ID = /^gid:\/\/shopify\/[A-Za-z]+\/[\w-]+(?:\?.*)?$/;
/** As it stands in a URL. */
const ESCAPED = /^gid(?::|%3A)[\w%.~!*'()-]+$/i;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const MAX_LENGTH = 1024;

/** A global id as text, out of that or of its Base64 form of former versions; null for anything else, bare numbers too. */
export function readGlobalId(id: string): string | null {
  if (id.length > MAX_LENGTH) return null;
  if (GLOBAL_ID.test(id)) return id;
  if (ESCAPED.test(id)) return unescaped(id);
  const decoded = BASE64.test(id) ? Buffer.from(id, 'base64').toString('latin1') : '';
  return GLOBAL_ID.test(decoded) ? decoded : null;
}

function unescaped(id: string): string | null {
  try {
    const text = decodeURIComponent(id);
    return GLOBAL_ID.test(text) ? text : null;
  } catch {
    return null;
  }
}

/** The customer's number in an id, or null where it is something else's. */
export function customerNumberIn(id: string): number | null {
  return fromGlobalId('Customer', readGlobalId(id) ?? '');
}

/** The address's number in an id; what else the vendor's ids say does not count. Null where it is something else's. */
export function addressNumberIn(id: string): number | null {
  return fromGlobalId('MailingAddress', readGlobalId(id) ?? '');
}
