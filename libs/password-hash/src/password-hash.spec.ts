import { Argon2Hasher, engines, HashQueueFull } from './index.js';

const cheap = { memoryKib: 64, timeCost: 1, parallelism: 1, concurrency: 2, waiting: 3 };

/** An argon2id PHC string that no known password fits. */
const ofCost = (cost: string): string => `$argon2id$v=19$${cost},p=1$${'c'.repeat(21)}A$${'d'.repeat(42)}A`;

it('lets each engine verify the hashes of the other', async () => {
  const [first, second] = await Promise.all(engines.map((load) => load()));
  if (!first || !second) throw new Error('two engines expected');

  const byFirst = await first.hash('correct horse', cheap);
  const bySecond = await second.hash('correct horse', cheap);

  expect([first.name, second.name]).toEqual(['@node-rs/argon2', 'argon2']);
  expect(await second.verify(byFirst, 'correct horse')).toBe(true);
  expect(await first.verify(bySecond, 'correct horse')).toBe(true);
  expect(await second.verify(byFirst, 'wrong horse')).toBe(false);
  expect(byFirst.slice(0, 28)).toBe(bySecond.slice(0, 28));
});

it('writes argon2id with the configured cost, a fresh salt each time (SEC-19)', async () => {
  const hasher = await Argon2Hasher.create(cheap);

  const [one, two] = [await hasher.hash('a password'), await hasher.hash('a password')];

  expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(two);
});

it('takes composed and decomposed letters as the same password and nothing else (SEC-18)', async () => {
  const hasher = await Argon2Hasher.create(cheap);

  const stored = await hasher.hash('caf\u00e9 ');

  expect(await hasher.verify(stored, 'cafe\u0301 ')).toBe(true);
  expect(await hasher.verify(stored, 'caf\u00e9')).toBe(false);
  expect(await hasher.verify(stored, 'CAF\u00c9 ')).toBe(false);
});

it('runs a hash of the same cost when there is nothing to compare with (SEC-39)', async () => {
  const verified: string[] = [];
  const engine = {
    name: 'recording',
    hash: (): Promise<string> => Promise.resolve('$decoy'),
    verify: (phc: string): Promise<boolean> => Promise.resolve(verified.push(phc) > 0),
    digest: (): Promise<Buffer> => Promise.reject(new Error('not expected')),
  };
  const hasher = await Argon2Hasher.create(cheap, { argon2: engine, bcrypt: null });

  const answer = await hasher.verify(null, 'anything');

  expect(answer).toBe(false);
  expect(verified).toEqual(['$decoy']);
});

it('runs no more hashes at once than it has slots, and refuses when the queue is full (SEC-20)', async () => {
  let running = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  const engine = {
    name: 'held',
    hash: (): Promise<string> => Promise.resolve('$decoy'),
    verify: async (): Promise<boolean> => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => waiting.push(resolve));
      running -= 1;
      return true;
    },
    digest: (): Promise<Buffer> => Promise.reject(new Error('not expected')),
  };
  const hasher = await Argon2Hasher.create(cheap, { argon2: engine, bcrypt: null });

  const attempts = Array.from({ length: 5 }, () => hasher.verify(ofCost('m=64,t=1'), 'x'));
  await expect(hasher.verify(ofCost('m=64,t=1'), 'x')).rejects.toBeInstanceOf(HashQueueFull);
  expect(hasher.load.waiting).toBe(3);
  while (waiting.length > 0) {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect(await Promise.all(attempts)).toEqual([true, true, true, true, true]);
  expect(most).toBe(2);
  expect(hasher.load.waiting).toBe(0);
});

it('calls a hash outdated when its cost is below the configured one (SEC-19)', async () => {
  const weak = await Argon2Hasher.create(cheap);
  const strong = await Argon2Hasher.create({ ...cheap, memoryKib: 128 });

  const stored = await weak.hash('a password');

  expect(weak.isOutdated(stored)).toBe(false);
  expect(strong.isOutdated(stored)).toBe(true);
  expect(strong.isOutdated('$2y$10$something')).toBe(true);
  expect(strong.isOutdated(ofCost('m=256,t=1'))).toBe(false);
});
