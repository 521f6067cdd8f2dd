import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { Argon2Hasher, HashRefused, type Argon2Engine, type HashEngines } from './index.js';

const PASSWORD = 'Latchkey-Demo-1';
const SALT = 'aZ09bY18cX27dW36eV45fU54gT63hS72';
const MD5 = '80e0d9f5d10af89f5be5d1ddfbb9350e';
const DIGEST = 'ab'.repeat(32);
const CHEAP = `${DIGEST}:${SALT}:3_32_1_8388608`;
const BCRYPT = 'MT6GsPF1EL6LAqjG2IhXGeInG3OS9rCPvubi2OinM1hLEn/FngC5C';
const phc = (parameters: string): string => `$argon2id$v=19$${parameters}$${'c'.repeat(21)}A$${'d'.repeat(42)}A`;

const cheap = { memoryKib: 64, timeCost: 1, parallelism: 1, concurrency: 2, waiting: 3 };

it('knows no bcrypt where there is no engine for it', async () => {
  const { argon2 } = recording();
  const without = await Argon2Hasher.create(cheap, { argon2, bcrypt: null });

  expect(() => without.adopt(`$2y$10$${BCRYPT}`)).toThrow(new HashRefused('unknown-form'));
});

describe('the work of a comparison', () => {
  const own = { ...cheap, memoryKib: 16_384, timeCost: 2, concurrency: 8 };

  it.each([
    ['MD5', `${MD5}:${SALT}:0`, [[16_384, 2]]],
    ['a cheap Argon2id', CHEAP, [[8192, 1], [12_288, 2]]],
    ['a dear Argon2id', `${DIGEST}:${SALT}:3`, [[65_536, 2]]],
    ['bcrypt of cost 4', `$2y$04$${BCRYPT}`, [[15_360, 2]]],
    ['bcrypt of cost 10', `$2y$10$${BCRYPT}`, []],
    ['a weaker hash of our own', phc('m=8192,t=2,p=1'), [[8192, 2]]],
  ])('with %s is topped up to that of a hash of ours, right or wrong (SEC-39)', async (_name, text, costs) => {
    const { engines: both, digests } = recording();
    const measured = await Argon2Hasher.create(own, both);

    for (const password of [PASSWORD, 'wrong']) {
      digests.length = 0;
      await measured.verify(text, password);
      expect(digests).toEqual(costs);
    }
  }); // prettier-ignore

  it('is that of a decoy for what cannot be read', async () => {
    const { engines: both, verified } = recording();
    const measured = await Argon2Hasher.create(own, both);

    expect(await measured.verify('no hash at all', PASSWORD)).toBe(false);

    expect(verified).toEqual(['$decoy']);
  });

  it('needs much memory once at a time only, and leaves the slots to others meanwhile (SEC-20)', async () => {
    const held: (() => void)[] = [];
    const { engines: both } = recording(() => new Promise((resolve) => held.push(() => { resolve(Buffer.alloc(32)); }))); // prettier-ignore
    const busy = await Argon2Hasher.create({ ...own, concurrency: 2 }, both);
    const large = `${DIGEST}:${SALT}:3_32_1_268435456`;

    const attempts = [1, 2, 3].map(() => busy.verify(large, PASSWORD));
    expect(held).toHaveLength(1);
    expect(busy.load.waiting).toBe(2);
    await busy.hash('another customer');
    while (held.length > 0) {
      expect(held).toHaveLength(1);
      held.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect(await Promise.all(attempts)).toEqual([false, false, false]);
  });
});

describe('whatever is given', () => {
  const seeds = [MD5, `${MD5}:${SALT}`, CHEAP, `${DIGEST}:${SALT}:0:1:3`, `$2y$04$${BCRYPT}`, phc('m=8192,t=1,p=1')];
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat({ max: 20 }), fc.oneof(fc.string(), fc.constantFrom(':', '$', '_', '0', '3', '9999')))
    .map(([text, at, cut, inserted]) => text.slice(0, at % (text.length + 1)) + inserted + text.slice((at % (text.length + 1)) + cut)); // prettier-ignore
  const chains = fc
    .array(fc.constantFrom('0', '1', '2', '3', '', '3_32_2_67108864', '3_64_10_268435456', '3_32_99_1'), { maxLength: 12 })
    .map((versions) => `${DIGEST}:${SALT}:${versions.join(':')}`); // prettier-ignore
  const anything = fc.oneof(fc.string({ unit: 'binary' }), mutated, chains);

  it('adopting gives a form that stays as it is, or refuses; comparing gives an answer', async () => {
    const { engines: both } = recording();
    const tried = await Argon2Hasher.create(cheap, both);

    await fc.assert(
      fc.asyncProperty(anything, fc.string({ unit: 'binary' }), async (text, password) => {
        const adopted = adoptedOr(tried, text);
        if (typeof adopted === 'string') expect(tried.adopt(adopted)).toBe(adopted);
        else expect(adopted).toBeInstanceOf(HashRefused);
        expect(typeof (await tried.verify(text, password))).toBe('boolean');
        expect(typeof tried.isOutdated(text)).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });

  it('reading takes no longer for a longer text', async () => {
    const hasher = await Argon2Hasher.create(cheap, recording().engines);
    const long = [':', '$2y$10$', '3_', `${MD5}:`, `${MD5}:${SALT}:0:`, '$argon2id$v=19$m=1'].map((part) =>
      part.repeat(100_000),
    );

    const took = await leastCpuMilliseconds(100, () => {
      for (const text of long) expect(adoptedOr(hasher, text)).toEqual(new HashRefused('unknown-form'));
    });

    expect(took).toBeLessThan(100);
  });
});

function adoptedOr(by: Argon2Hasher, text: string): unknown {
  try {
    return by.adopt(text);
  } catch (error) {
    return error;
  }
}

/** Engines that hash nothing and note what they were asked for. */
function recording(digest = (): Promise<Buffer> => Promise.resolve(Buffer.alloc(32))): {
  readonly argon2: Argon2Engine;
  readonly engines: HashEngines;
  readonly digests: [number, number][];
  readonly verified: string[];
} {
  const digests: [number, number][] = [];
  const verified: string[] = [];
  const argon2: Argon2Engine = {
    name: 'recording',
    hash: () => Promise.resolve('$decoy'),
    verify: (phcText) => Promise.resolve(verified.push(phcText) < 0),
    digest: (_password, _salt, { memoryKib, timeCost }, bytes) => {
      digests.push([memoryKib, timeCost]);
      return digest().then((buffer) => Buffer.alloc(bytes, buffer));
    },
  };
  return { argon2, engines: { argon2, bcrypt: () => Promise.resolve(false) }, digests, verified };
}
