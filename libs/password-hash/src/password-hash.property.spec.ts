import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { Argon2Hasher, HashRefused } from './index.js';
import { hashReader } from './hash-reader.js';

const MAX_MS = 50;
const CHEAP = { memoryKib: 64, timeCost: 1, parallelism: 1, concurrency: 2, waiting: 100 };
/** None of it runs while a hash is read; what would is a fault. */
const never = (): never => {
  throw new Error('a hash was made while one was read');
};
const read = hashReader({ name: 'none', hash: never, verify: never, digest: never }, never);

const hex = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const number = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(8192, 19_456, 262_144, 67_108_864, 2 ** 31, 1e12), fc.constantFrom('01', '-1', '1e3', '')); // prettier-ignore
const bits = fc.uint8Array({ minLength: 4, maxLength: 70 }).map((bytes) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')); // prettier-ignore
const memory = fc.constantFrom(8192, 19_456, 65_536);
const few = fc.integer({ min: 1, max: 4 });
const phc = fc
  .record({
    m: fc.oneof(number, memory, memory),
    t: fc.oneof(number, few, few),
    p: fc.oneof(number, few, few),
    salt: bits,
    digest: bits,
  })
  .map(({ m, t, p, salt, digest }) => `$argon2id$v=19$m=${m},t=${t},p=${p}$${salt}$${digest}`);
const bcrypt = fc
  .tuple(fc.constantFrom('2a', '2b', '2y', '2x', '2'), fc.constantFrom('04', '10', '14', '15', '31', '4'), fc.oneof(fc.stringMatching(/^[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/), fc.stringMatching(/^[./A-Za-z0-9]{52,54}$/)))
  .map(([kind, cost, rest]) => `$${kind}$${cost}$${rest}`); // prettier-ignore
const version = fc.oneof(
  fc.constantFrom('0', '1', '2', '3', '', '4', '00', '3_32_10_268435456', '3_32_2_67108864'),
  fc.tuple(number, number, number).map((parts) => `3_${parts.join('_')}`),
);
const adobe = fc
  .tuple(fc.oneof(hex(32), hex(64), hex(128)), fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{0,32}$/), fc.string()), fc.array(version, { maxLength: 7 }))
  .map(([hash, salt, versions]) => [hash, salt, ...versions].join(':')); // prettier-ignore
const form = fc.oneof(phc, bcrypt, adobe);
/** A form that lost, gained or changed a piece. */
const damaged = fc
  .tuple(form, fc.nat(250), fc.nat(3), fc.string({ maxLength: 3 }))
  .map(([text, at, cut, piece]) => text.slice(0, at) + piece + text.slice(at + cut));
const anything = fc.oneof(form, damaged, fc.string({ unit: 'binary' }));

it('reads any text as a hash or says why not, and makes no hash for that (SEC-19)', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const found = read(text);
      if (typeof found === 'string') expect(['unknown-form', 'out-of-bounds']).toContain(found);
      else expect(found.work).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 5000 * FUZZ },
  );
});

it('writes what it has read so that it is read as the same', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const found = read(text);
      if (typeof found === 'string') return;
      const { text: written, work, memoryKib, isNative } = found;
      expect(read(written)).toMatchObject({ text: written, work, memoryKib, isNative });
    }),
    { numRuns: 5000 * FUZZ },
  );
});

it('takes over nothing that costs more than the dearest hash of its own bounds (SEC-19)', () => {
  const most = 262_144 * 10;

  fc.assert(
    fc.property(anything, (text) => {
      const found = read(text);
      if (typeof found !== 'string' && found.isWithinBounds) expect(found.work).toBeLessThanOrEqual(most);
    }),
    { numRuns: 5000 * FUZZ },
  );
});

it('accepts enough of each form for the properties above to mean something', () => {
  const accepted = [phc, bcrypt, adobe].map(
    (one) => fc.sample(one, 3000).filter((text) => typeof read(text) !== 'string').length,
  );

  for (const count of accepted) expect(count).toBeGreaterThan(20);
});

it.each([
  '$argon2id$',
  '$argon2id$v=19$m=',
  '$2b$10$',
  '$2',
  'a',
  '0',
  ':',
  'a:',
  `${'a'.repeat(32)}:x:3_`,
  '3_1',
  '\ud800',
])('answers 100 kB of %j at once', async (piece) => {
  const text = piece.repeat(Math.ceil(100_000 / piece.length));
  const took = await leastCpuMilliseconds(MAX_MS, () => {
    expect(read(text)).toBe('unknown-form');
    expect(read(text.slice(0, 255))).toEqual(expect.stringMatching(/unknown-form|out-of-bounds/));
  });

  expect(took).toBeLessThan(MAX_MS);
});

it('adopts any text or refuses it in one way, and verifies no password against what it refused', async () => {
  const hasher = await Argon2Hasher.create(CHEAP);

  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, fc.string({ unit: 'binary' })), async (text) => {
      try {
        hasher.adopt(text);
      } catch (error) {
        expect(error).toBeInstanceOf(HashRefused);
        if (read(text) === 'unknown-form') expect(await hasher.verify(text, '')).toBe(false);
      }
    }),
    { numRuns: 50 * FUZZ },
  );
});

it('verifies each password against the hash it wrote, and no other', async () => {
  const hasher = await Argon2Hasher.create(CHEAP);
  const password = fc.string({ unit: 'grapheme', maxLength: 40 });

  await fc.assert(
    fc.asyncProperty(password, password, async (one, other) => {
      const written = await hasher.hash(one);
      expect(typeof read(written)).not.toBe('string');
      expect(await hasher.verify(written, one)).toBe(true);
      expect(await hasher.verify(written, other)).toBe(one.normalize('NFC') === other.normalize('NFC'));
    }),
    { numRuns: 100 * FUZZ },
  );
});
