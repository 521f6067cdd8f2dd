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

/** The number in a short id, or null for any other form. */
export function fromShortId(id: string): number | null {
  if (!/^[0-9A-Za-z]{10}$/.test(id)) return null;
  const number = [...id].reduce((sum, character) => sum * 62 + BASE62.indexOf(character), 0);
  return isPublic(number) ? number : null;
}

/** The creation second and the number in an object id, or null for any other form. */
export function fromObjectId(id: string): { readonly second: number; readonly number: number } | null {
  if (!/^[0-9a-f]{24}$/.test(id)) return null;
  const number = Number(BigInt(`0x${id.slice(8)}`));
  return isPublic(number) ? { second: parseInt(id.slice(0, 8), 16), number } : null;
}

/** The number in a global id of a type, or null for any other form or type; a query part is ignored. */
export function fromGlobalId(type: string, id: string): number | null {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/([1-9]\d{0,15})(?:\?.*)?$/.exec(id);
  const number = Number(match?.[2]);
  return match?.[1] === type && isPublic(number) ? number : null;
}

function isPublic(number: number): boolean {
  return Number.isSafeInteger(number) && number > 0 && number < 2 ** 52;
}
