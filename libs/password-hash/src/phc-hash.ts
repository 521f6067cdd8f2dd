import type { Argon2Engine } from './engine.js';
import { BOUNDS, isWithin, type HashFault, type StoredHash } from './stored-hash.js';

const FORM =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,9}),t=([1-9]\d{0,9}),p=([1-9]\d{0,9})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,86})$/;

/** The most that the hasher's own settings can be: a stored hash beyond it is not ours, and is not compared. */
const MOST = { memoryKib: 1_048_576, timeCost: 20, parallelism: 16 };

/** Reads an argon2id PHC string. */
export function readPhc(argon2: Argon2Engine, text: string): StoredHash | HashFault {
  const [, memory, time, lanes, salt = '', digest = ''] = FORM.exec(text) ?? [];
  const [memoryKib, timeCost, parallelism] = [Number(memory), Number(time), Number(lanes)];
  // argon2 itself wants 8 KiB for each lane
  if (!isBase64(salt) || !isBase64(digest) || !(memoryKib >= 8 * parallelism)) return 'unknown-form';
  if (memoryKib > MOST.memoryKib || timeCost > MOST.timeCost || parallelism > MOST.parallelism) return 'out-of-bounds';
  return {
    text,
    isNative: true,
    isWithinBounds:
      isWithin(memoryKib, BOUNDS.memoryKib) &&
      isWithin(timeCost, BOUNDS.timeCost) &&
      isWithin(parallelism, BOUNDS.parallelism),
    work: memoryKib * timeCost,
    memoryKib,
    fits: (password) => argon2.verify(text, password),
  };
}

/** Whole bytes without padding, written in the one way they can be. */
function isBase64(text: string): boolean {
  return text !== '' && Buffer.from(text, 'base64').toString('base64').replace(/=+$/, '') === text;
}
