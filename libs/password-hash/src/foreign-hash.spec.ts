import { Argon2Hasher, engines, HashRefused } from './index.js';
import { loadBcrypt } from './engine.js';

const PASSWORD = 'Latchkey-Demo-1';
const UNICODE = 'Pässwört-😀1';
const SALT = 'aZ09bY18cX27dW36eV45fU54gT63hS72';
const MD5 = '80e0d9f5d10af89f5be5d1ddfbb9350e';
const SHA256 = '32a10452ecd3803635e78fb1213ce6b44eb260436ef270ea45b0e1337e5c70de';
const AGNOSTIC = '1defba37d4586b469b6800fb2506933a046bcf012160f5fbb36ff2c6a8b139d3';
const MD5_WRAPPED = 'e1b257c05e91a64e3cc2e5ad2644f45abd4cf0302cba8722a3780a89a4388e40';
const SHA256_WRAPPED = '3f95db5a184fef02d9f730b9ec812e8904f2931fa9c3bf693b29e30c8ea0f623';
const REGULAR = '3_32_2_67108864';

const cheap = { memoryKib: 64, timeCost: 1, parallelism: 1, concurrency: 2, waiting: 3 };

let hasher: Argon2Hasher;

beforeAll(async () => {
  hasher = await Argon2Hasher.create(cheap);
});

const vectors: readonly (readonly [name: string, text: string, password?: string])[] = [
  ['MD5', `${MD5}:${SALT}:0`],
  ['SHA-256', `${SHA256}:${SALT}:1`],
  ['MD5 within SHA-256', `6274256c0d0042ee3aea33d1a8b353d3165084c3b7506a3d8bb38a21860441d6:${SALT}:0:1`],
  ['Argon2id, 16 characters of salt', 'f435207d6ab4b73e2e69e01bedfc45051992f77911f1e4d43acf0c16e3e33000:k3Y7m2Q9w8E1r4T6:2'],
  ['agnostic Argon2id', `${AGNOSTIC}:${SALT}:${REGULAR}`],
  ['MD5 within agnostic Argon2id', `${MD5_WRAPPED}:${SALT}:0:${REGULAR}`],
  ['SHA-256 within agnostic Argon2id', `${SHA256_WRAPPED}:${SALT}:1:${REGULAR}`],
  ['SHA-256 within Argon2id', `${SHA256_WRAPPED}:${SALT}:1:2`],
  ['MD5 with a short salt', 'a8aa104e7af7b7c796dc8e2c13577b9c:xY:0'],
  ['a short salt, repeated for Argon2id', `05e87e775708f681c3ad535cb64870eac7c038722ba0d14d2e3109ebf733f35d:xY:0:${REGULAR}`],
  ['SHA-256 of letters outside ASCII', `8ef91a97610059807e7c7ad1d0707d6dd4727dece45df2ff543b3eb65c03ed2b:${SALT}:1`, UNICODE],
  ['Argon2id of letters outside ASCII', `a100a23f7c13a7f0ed4d187b450e93b7da1f592d7c668440182d144a196d052f:${SALT}:${REGULAR}`, UNICODE],
  ['bcrypt by PHP', '$2y$04$MT6GsPF1EL6LAqjG2IhXGeInG3OS9rCPvubi2OinM1hLEn/FngC5C'],
  ['bcrypt by older PHP', '$2a$04$MT6GsPF1EL6LAqjG2IhXGeInG3OS9rCPvubi2OinM1hLEn/FngC5C'],
  ['bcrypt by others', '$2b$04$MT6GsPF1EL6LAqjG2IhXGeInG3OS9rCPvubi2OinM1hLEn/FngC5C'],
]; // prettier-ignore

it.each(vectors.map(([name, text, password = PASSWORD]) => [name, text, password] as const))(
  'verifies %s',
  async (_name, text, password) => {
    expect(hasher.adopt(text)).toBe(text);
    expect(await hasher.verify(text, password)).toBe(true);
    for (const wrong of ['', `${password} `, text]) {
      expect(await hasher.verify(text, wrong)).toBe(false);
    }
    expect(hasher.isOutdated(text)).toBe(true);
  },
);

it.each([
  ['Magento 1, MD5 with salt', `${MD5}:${SALT}`, `${MD5}:${SALT}:0`],
  ['Magento 1 Enterprise, SHA-256 with salt', `${SHA256}:${SALT}`, `${SHA256}:${SALT}:1`],
  ['Magento 1, MD5 without salt', '5d41402abc4b2a76b9719d911017c592', '5d41402abc4b2a76b9719d911017c592::0'],
  ['no version', `${SHA256}:${SALT}:`, `${SHA256}:${SALT}:1`],
  ['the bare version 3', `${AGNOSTIC}:${SALT}:3`, `${AGNOSTIC}:${SALT}:${REGULAR}`],
  ['the bare version 3 at the end of a chain', `${MD5_WRAPPED}:${SALT}:0:3`, `${MD5_WRAPPED}:${SALT}:0:${REGULAR}`],
])('completes %s', async (_name, text, stored) => {
  const password = stored.includes('::') ? 'hello' : PASSWORD;

  expect(hasher.adopt(text)).toBe(stored);
  expect(hasher.adopt(stored)).toBe(stored);
  expect(await hasher.verify(stored, password)).toBe(true);
});

const DIGEST = 'ab'.repeat(32);
const BCRYPT = 'MT6GsPF1EL6LAqjG2IhXGeInG3OS9rCPvubi2OinM1hLEn/FngC5C';
const phc = (parameters: string, salt = 'c'.repeat(21) + 'A', digest = 'd'.repeat(42) + 'A'): string =>
  `$argon2id$v=19$${parameters}$${salt}$${digest}`;

it.each([
  `${DIGEST}:${SALT}:3_32_1_8388608`,
  `${DIGEST}:${SALT}:3_32_10_268435456`,
  `${'ab'.repeat(16)}:${SALT}:3_16_2_67108864`,
  `${'ab'.repeat(64)}:${SALT}:3_64_2_67108864`,
  `${DIGEST}:${SALT}:0:1:0:1:2:1`,
  `${DIGEST}:größe 😀:1`,
  `$2y$14$${BCRYPT}`,
  phc('m=8192,t=1,p=1'),
  phc('m=262144,t=10,p=16'),
  phc('m=65536,t=4,p=1', 'c'.repeat(10) + 'A'),
])('takes %s over', (text) => {
  expect(hasher.adopt(text)).toBe(text);
});

it.each([
  `${DIGEST}:${SALT}:3_32_11_67108864`,
  `${DIGEST}:${SALT}:3_32_0_67108864`,
  `${DIGEST}:${SALT}:3_32_2_8388607`,
  `${DIGEST}:${SALT}:3_32_2_268435457`,
  `${DIGEST}:${SALT}:3_32_4_1073741824`,
  `${DIGEST}:${SALT}:3_999999999999_2_67108864`,
  `${'ab'.repeat(15) + 'abcd'}:${SALT}:3_15_2_67108864`,
  `${'ab'.repeat(64)}:${SALT}:3_65_2_67108864`,
  `${DIGEST}:${SALT}:3_32_10_268435456:3_32_1_8388608`,
  `${DIGEST}:${SALT}:0:1:0:1:0:1:1`,
  `${DIGEST}:${'x'.repeat(187)}:3`,
  `$2y$15$${BCRYPT}`,
  `$2y$31$${BCRYPT}`,
  `$2y$03$${BCRYPT}`,
  phc('m=8191,t=2,p=1'),
  phc('m=262145,t=2,p=1'),
  phc('m=4294967295,t=2,p=1'),
  phc('m=19456,t=11,p=1'),
  phc('m=19456,t=4294967295,p=1'),
  phc('m=19456,t=2,p=17'),
])('refuses %s: its cost is out of bounds', (text) => {
  expect(faultOf(text)).toBe('out-of-bounds');
});

it.each([
  '',
  ':',
  '::',
  PASSWORD,
  SHA256,
  MD5.toUpperCase(),
  `${MD5.toUpperCase()}:${SALT}:0`,
  `${MD5}:${SALT}:1`,
  `${SHA256}:${SALT}:0`,
  `${SHA256}:${SALT}:4`,
  `${SHA256}:${SALT}:01`,
  `${SHA256}:${SALT}:1 `,
  `${SHA256}:${SALT}:1:`,
  `${SHA256}:${SALT}::1`,
  `${SHA256}:${SALT}:3:1`,
  `${SHA256}:${SALT}:1:__proto__`,
  `${SHA256}:${SALT}:constructor`,
  `${AGNOSTIC}:${SALT}:3_32_2`,
  `${AGNOSTIC}:${SALT}:3_32_2_67108864_1`,
  `${AGNOSTIC}:${SALT}:3_32_02_67108864`,
  `${AGNOSTIC}:${SALT}:3_32_2_6.7e7`,
  `${AGNOSTIC}::2`,
  `${MD5_WRAPPED}::0:3`,
  `${MD5}:a\u0000b:0`,
  `${MD5}:a\nb:0`,
  `${MD5}:\ud800:0`,
  `${MD5}:${SALT}:0\n`,
  `x${MD5}:${SALT}:0`,
  `${MD5}:${'x'.repeat(300)}:0`,
  `$2x$10$${BCRYPT}`,
  `$2$10$${BCRYPT}`,
  `$2y$1$${BCRYPT}`,
  `$2y$10$${BCRYPT.slice(1)}`,
  `$2y$10$${BCRYPT}x`,
  `$2y$10$${BCRYPT.replace(/C$/, 'D')}`,
  `$2y$10$${BCRYPT}:${SALT}:1`,
  phc('m=19456,t=2'),
  phc('t=2,m=19456,p=1'),
  phc('m=019456,t=2,p=1'),
  phc('m=19456,t=0,p=1'),
  phc('m=19456,t=2,p=1').replace('argon2id', 'argon2i'),
  phc('m=19456,t=2,p=1').replace('v=19', 'v=16'),
  phc('m=19456,t=2,p=1').replace('$v=19', ''),
  phc('m=19456,t=2,p=1', 'cccccccccccccccccccccd'),
  phc('m=19456,t=2,p=1', 'cccccccccc'),
  phc('m=19456,t=2,p=1', 'c'.repeat(22), 'd'.repeat(20)),
  `${phc('m=19456,t=2,p=1')}=`,
  phc('m=64,t=1,p=16'),
  'sha1$salt$0123456789012345678901234567890123456789',
  '$P$B123456789012345678901234567890',
])('refuses %j: its form is not known', (text) => {
  expect(faultOf(text)).toBe('unknown-form');
});

it('takes argon2id strings of others over that both engines verify, and keeps those that are strong', async () => {
  for (const load of engines) {
    const engine = await load();
    const written = await engine.hash(PASSWORD, { memoryKib: 8192, timeCost: 1, parallelism: 4 });

    expect(hasher.adopt(written)).toBe(written);
    expect(await hasher.verify(written, PASSWORD)).toBe(true);
    expect(await hasher.verify(written, `${PASSWORD}x`)).toBe(false);
    expect(hasher.isOutdated(written)).toBe(false);
  }
});

it('verifies the longest and the shortest parts of an argon2id string with each engine', async () => {
  const bcrypt = await loadBcrypt();
  for (const load of engines) {
    const argon2 = await load();
    const either = await Argon2Hasher.create(cheap, { argon2, bcrypt });
    for (const [saltBytes, bytes] of [[8, 16], [48, 64]] as const) {
      const salt = Buffer.alloc(saltBytes, 7);
      const digest = await argon2.digest(PASSWORD, salt, { memoryKib: 8192, timeCost: 1, parallelism: 1 }, bytes);
      const [saltText = '', digestText = ''] = [salt, digest].map((part) => part.toString('base64').replace(/=+$/, ''));
      const text = either.adopt(phc('m=8192,t=1,p=1', saltText, digestText));

      expect(await either.verify(text, PASSWORD)).toBe(true);
      expect(await either.verify(text, 'another one')).toBe(false);
    }
  }
}); // prettier-ignore

it('compares a hash from elsewhere with the text as received and with its composed form (SEC-18)', async () => {
  const decomposed = UNICODE.normalize('NFD');
  const ofComposed = vectors.find(([, , password]) => password === UNICODE)?.[1] ?? '';
  const ofDecomposed = hasher.adopt(await sha256(decomposed));

  expect(await hasher.verify(ofComposed, decomposed)).toBe(true);
  expect(await hasher.verify(ofDecomposed, decomposed)).toBe(true);
  expect(await hasher.verify(ofDecomposed, UNICODE)).toBe(false);
});

it('lets no password fit a bcrypt hash by its beginning (SEC-19)', async () => {
  const { hash } = await import('@node-rs/bcrypt');
  const longest = 'é'.repeat(36);
  const [ofLongest, ofShort] = await Promise.all([hash(longest, { cost: 4 }), hash('a', { cost: 4 })]);

  expect(await hasher.verify(ofLongest, longest)).toBe(true);
  expect(await hasher.verify(ofLongest, `${longest}!`)).toBe(false);
  expect(await hasher.verify(ofShort, 'a')).toBe(true);
  expect(await hasher.verify(ofShort, 'a\0a')).toBe(false);
});

function faultOf(text: string): string | null {
  try {
    hasher.adopt(text);
    return null;
  } catch (error) {
    if (error instanceof HashRefused) return error.fault;
    throw error;
  }
}

async function sha256(password: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return `${createHash('sha256').update(SALT).update(password).digest('hex')}:${SALT}:1`;
}
