import type { KeyRing, SigningKey } from '../../src/token/index.js';
import { GenuineTokens } from '../../src/access/genuine-tokens.js';
import type { GenuineJwt } from '../../src/access/jwt.strategy.js';

const found: GenuineJwt = { digest: Buffer.alloc(32), audience: 'adobe:default', from: 0, until: 1, claims: {} };

let ring: { all: readonly SigningKey[] };
let tokens: GenuineTokens;
let verify: jest.Mock<Promise<GenuineJwt | null>>;

beforeEach(() => {
  ring = { all: [] };
  tokens = new GenuineTokens(ring as KeyRing);
  verify = jest.fn(() => Promise.resolve(found));
});

it('verifies a token once', async () => {
  expect(await tokens.find('adobe', 'a.b.c', verify)).toBe(found);
  expect(await tokens.find('adobe', 'a.b.c', verify)).toBe(found);

  expect(verify).toHaveBeenCalledTimes(1);
});

it('takes a token for genuine on no other surface, and no other token for it (SEC-49, SEC-50)', async () => {
  await tokens.find('adobe', 'a.b.c', verify);
  verify.mockResolvedValue(null);

  expect(await tokens.find('common-ground', 'a.b.c', verify)).toBeNull();
  expect(await tokens.find('adobe', 'a.b.C', verify)).toBeNull();
});

it('remembers nothing of a token that was refused', async () => {
  verify.mockResolvedValueOnce(null);

  expect(await tokens.find('adobe', 'a.b.c', verify)).toBeNull();
  expect(await tokens.find('adobe', 'a.b.c', verify)).toBe(found);
});

it('verifies all anew when the keys are others (SEC-49, SEC-84)', async () => {
  await tokens.find('adobe', 'a.b.c', verify);
  ring.all = [];
  verify.mockResolvedValue(null);

  expect(await tokens.find('adobe', 'a.b.c', verify)).toBeNull();
});

it('keeps a bounded number, and lets the oldest go', async () => {
  for (let at = 0; at <= 5000; at += 1) await tokens.find('adobe', `a.b.${at}`, verify);
  verify.mockClear();

  await tokens.find('adobe', 'a.b.1', verify);
  expect(verify).not.toHaveBeenCalled();
  await tokens.find('adobe', 'a.b.0', verify);
  expect(verify).toHaveBeenCalledTimes(1);
});
