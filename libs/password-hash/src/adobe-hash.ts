import { createHash, timingSafeEqual } from 'node:crypto';
import { isPlainText } from '#lib/plain-text';
import type { Argon2Engine } from './engine.js';
import { BOUNDS, isWithin, type HashFault, type StoredHash } from './stored-hash.js';

/** One hash function of a chain. */
interface Step {
  /** As it is written in the third part. */
  readonly version: string;
  /** Length of its result, in bytes. */
  readonly bytes: number;
  readonly work: number;
  readonly memoryKib: number;
  /** Lower-case hex. */
  run(text: string, salt: string): Promise<string>;
}

const FORM = /^([0-9a-f]{32,128})(?::([^:]*)(?::(.*))?)?$/;
const AGNOSTIC = /^3_(\d{1,12})_(\d{1,12})_(\d{1,12})$/;
/** What a lone `3` at the end means: the regular parameters. */
const REGULAR = '3_32_2_67108864';
const MAX_STEPS = 6;
/** All steps together cost at most what the dearest one may. */
const MAX_WORK = BOUNDS.memoryKib.max * BOUNDS.timeCost.max;
/** What a customer's column holds. */
const MAX_LENGTH = 255;
const SALT_BYTES = 16;

/**
 * Reads a hash of Adobe Commerce or Magento: `hash:salt:version[:version…]`, a chain from the oldest version on, in
 * which each step hashes the hex result of the one before. Magento 1 wrote shorter forms, which are completed.
 */
export function readAdobe(argon2: Argon2Engine, text: string): StoredHash | HashFault {
  const [, hash, salt = '', versions] = FORM.exec(text) ?? [];
  if (hash === undefined || !isPlainText(text)) return 'unknown-form';
  const steps = readSteps(argon2, versions ?? legacyVersion(hash, text));
  if (typeof steps === 'string') return steps;
  const canonical = [hash, salt, ...steps.map(({ version }) => version)].join(':');
  const needsSalt = steps.some(({ memoryKib }) => memoryKib > 0);
  if (steps.at(-1)?.bytes !== hash.length / 2 || (needsSalt && salt === '')) return 'unknown-form';
  const work = steps.reduce((sum, step) => sum + step.work, 0);
  if (work > MAX_WORK || canonical.length > MAX_LENGTH) return 'out-of-bounds';
  return {
    text: canonical,
    isNative: false,
    isWithinBounds: true,
    work,
    memoryKib: Math.max(...steps.map(({ memoryKib }) => memoryKib)),
    fits: async (password) => {
      let result = password;
      for (const step of steps) result = await step.run(result, salt);
      return timingSafeEqual(Buffer.from(result), Buffer.from(hash));
    },
  };
}

/** What a hash of fewer than three parts was made by; the empty text is no version. */
function legacyVersion(hash: string, text: string): string {
  if (hash.length === 32) return '0';
  return hash.length === 64 && text.includes(':') ? '1' : 'unknown';
}

function readSteps(argon2: Argon2Engine, versions: string): readonly Step[] | HashFault {
  const written = (versions === '' ? '1' : versions).replace(/(^|:)3$/, `$1${REGULAR}`).split(':');
  if (written.length > MAX_STEPS) return 'out-of-bounds';
  const steps: Step[] = [];
  for (const version of written) {
    const step = readStep(argon2, version);
    if (typeof step === 'string') return step;
    steps.push(step);
  }
  return steps;
}

function readStep(argon2: Argon2Engine, version: string): Step | HashFault {
  if (version === '0') return digestStep(version, 'md5', 16);
  if (version === '1') return digestStep(version, 'sha256', 32);
  if (version === '2') return argon2Step(argon2, version, [32, 2, 67_108_864]);
  const [, bytes, timeCost, memory] = AGNOSTIC.exec(version) ?? [];
  if (bytes === undefined) return 'unknown-form';
  const numbers = [Number(bytes), Number(timeCost), Number(memory)] as const;
  return version === `3_${numbers.join('_')}` ? argon2Step(argon2, version, numbers) : 'unknown-form';
}

/** Fast digests are made at once: the longest password takes microseconds. */
function digestStep(version: string, algorithm: 'md5' | 'sha256', bytes: number): Step {
  const run = (text: string, salt: string): Promise<string> =>
    Promise.resolve(createHash(algorithm).update(salt).update(text).digest('hex'));
  return { version, bytes, work: 0, memoryKib: 0, run };
}

/** argon2id with one lane; `memory` is in bytes, as libsodium counts it. */
function argon2Step(
  argon2: Argon2Engine,
  version: string,
  [bytes, timeCost, memory]: readonly [number, number, number],
): Step | HashFault {
  const cost = { timeCost, memoryKib: Math.floor(memory / 1024), parallelism: 1 };
  const isBounded =
    isWithin(bytes, BOUNDS.bytes) && isWithin(timeCost, BOUNDS.timeCost) && isWithin(memory / 1024, BOUNDS.memoryKib);
  if (!isBounded) return 'out-of-bounds';
  return {
    version,
    bytes,
    work: cost.memoryKib * timeCost,
    memoryKib: cost.memoryKib,
    run: async (text, salt) => (await argon2.digest(text, argon2Salt(salt), cost, bytes)).toString('hex'),
  };
}

/** The first 16 bytes of the salt's text; a shorter one is repeated until there are so many. */
function argon2Salt(salt: string): Buffer {
  return Buffer.alloc(SALT_BYTES, Buffer.from(salt));
}
