import type { BcryptEngine } from './engine.js';
import { isWithin, type HashFault, type StoredHash } from './stored-hash.js';

/** The last characters of salt and digest carry spare bits, which are zero. */
const FORM = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/;
/** Cost 14 takes about a second. */
const COSTS = { min: 4, max: 14 };
/** What follows is ignored by bcrypt, so that longer passwords would fit by their beginning (SEC-19). */
const MAX_BYTES = 72;
/** One of bcrypt's 2^cost rounds takes as long as argon2id needs for so many KiB (measured). */
const WORK_OF_ROUND = 128;

/** Reads a bcrypt hash as PHP, Python, Ruby and Node write them: `$2a$`, `$2b$`, `$2y$`. */
export function readBcrypt(bcrypt: BcryptEngine, text: string): StoredHash | HashFault {
  const [, digits] = FORM.exec(text) ?? [];
  if (digits === undefined) return 'unknown-form';
  const cost = Number(digits);
  if (!isWithin(cost, COSTS)) return 'out-of-bounds';
  return {
    text,
    isNative: false,
    isWithinBounds: true,
    work: 2 ** cost * WORK_OF_ROUND,
    memoryKib: 0,
    fits: async (password) => {
      const isComparable = Buffer.byteLength(password) <= MAX_BYTES && !password.includes('\0');
      const fits = await bcrypt(text, isComparable ? password : ''); // the same work for what cannot fit
      return fits && isComparable;
    },
  };
}
