import { createHash } from 'node:crypto';
import { digestOf, isSecret, newNumber, newOpaqueToken, newSecret } from './index.js';

const many = <T>(make: () => T): T[] => Array.from({ length: 2000 }, make);

it('draws secrets of 32 alphanumeric characters that never repeat (SEC-24)', () => {
  const secrets = many(newSecret);

  expect(secrets.every((secret) => /^[A-Za-z0-9]{32}$/.test(secret))).toBe(true);
  expect(new Set(secrets).size).toBe(secrets.length);
});

it('uses every character of the alphabet about equally often (SEC-24)', () => {
  const counts = new Map<string, number>();
  for (const character of many(newSecret).join('')) counts.set(character, (counts.get(character) ?? 0) + 1);

  const expected = (2000 * 32) / 62;
  expect(counts.size).toBe(62);
  expect(Math.max(...counts.values())).toBeLessThan(expected * 1.25);
  expect(Math.min(...counts.values())).toBeGreaterThan(expected * 0.75);
});

it('knows the form of a secret', () => {
  expect(isSecret(newSecret())).toBe(true);
  expect(['', 'short', `${newSecret()}x`, `${newSecret().slice(1)} `, `${newSecret()}\n`].some(isSecret)).toBe(false);
});

it('draws opaque tokens of 256 bits (SEC-48)', () => {
  expect(many(newOpaqueToken).every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true);
});

it('draws public numbers of at most 52 bits, never zero', () => {
  const numbers = many(newNumber);

  expect(numbers.every((number) => Number.isSafeInteger(number) && number > 0 && number < 2 ** 52)).toBe(true);
  expect(Math.max(...numbers)).toBeGreaterThan(2 ** 50);
});

it('digests the same secret differently for each purpose (SEC-25, SEC-27)', () => {
  const digest = digestOf('reset', 'secret');

  expect(digest).toEqual(createHash('sha256').update('reset\0secret').digest());
  expect(digest.equals(digestOf('activation', 'secret'))).toBe(false);
});
