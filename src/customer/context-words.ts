const PRODUCT = 'Keyturn';
/** A word of one or two letters would refuse any password with as many letters between digits. */
const SHORTEST_WORD = 3;
const ENDS = /^[\p{N}\p{P}\p{S}]+|[\p{N}\p{P}\p{S}]+$/gu;

/** Whose password it is to be, as far as it is known. */
export interface PasswordOwner {
  /** Empty: not known. */
  readonly email: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

/**
 * Whether the whole of a password is the name of the shop, the product or the owner, or what stands before the `@`;
 * case, white space, and digits and punctuation at the ends make no difference. A word inside of a longer text is none of
 * ours.
 */
export function isContextWord(password: string, { email, firstName, lastName }: PasswordOwner, shop = ''): boolean {
  const words = [PRODUCT, shop, email.slice(0, Math.max(email.lastIndexOf('@'), 0)), firstName ?? '', lastName ?? ''];
  const refused = new Set(words.flatMap(formsOf));
  return formsOf(password).some((form) => refused.has(form));
}

function formsOf(text: string): string[] {
  const whole = text.normalize('NFC').toLowerCase().replace(/\s+/gu, '');
  return [whole, whole.replace(ENDS, '')].filter((form) => [...form].length >= SHORTEST_WORD);
}
