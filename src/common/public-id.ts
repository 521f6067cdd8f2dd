const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHORT_ID_LENGTH = 10;

/** A public number as 10 characters of base 62. */
export function toShortId(number: number): string {
  let id = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) id = BASE62.charAt(rest % 62) + id;
  return id.padStart(SHORT_ID_LENGTH, '0');
}

/** A public number as 24 hex digits: creation second (8), number (16). */
export function toObjectId(number: number, createdAt: Date): string {
  const second = Math.floor(createdAt.getTime() / 1000);
  return second.toString(16).padStart(8, '0') + number.toString(16).padStart(16, '0');
}

/** A public number as a global id, `gid://shopify/<type>/<digits>`. */
export function toGlobalId(type: string, number: number): string {
  return `gid://shopify/${type}/${number}`;
}
