import fc from 'fast-check';
import { toGlobalId, toObjectId, toShortId } from './public-id.js';

const LARGEST = 2 ** 52 - 1;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const number = fc.integer({ min: 1, max: LARGEST });

/** What an id says, by arithmetic of its own. */
const readShortId = (id: string): number =>
  Number([...id].reduce((sum, digit) => sum * 62n + BigInt(BASE62.indexOf(digit)), 0n));

it.each([
  [1, '0000000001'],
  [61, '000000000z'],
  [62, '0000000010'],
  [62 ** 5 - 1, '00000zzzzz'],
  [62 ** 5, '0000100000'],
  [LARGEST, '0KcqObyjK3'],
])('writes %d in base 62 as %s, always in 10 characters', (value, id) => {
  expect(toShortId(value)).toBe(id);
});

it.each([
  [1, '2026-01-01T00:00:00.999Z', '6955b9000000000000000001'],
  [255, '1970-01-01T00:00:01.000Z', '0000000100000000000000ff'],
  [LARGEST, '2106-02-07T06:28:15.000Z', 'ffffffff000fffffffffffff'],
])('writes %d of %s as 24 hex digits: second, number', (value, createdAt, id) => {
  expect(toObjectId(value, new Date(createdAt))).toBe(id);
});

it('writes a global id as Shopify does', () => {
  expect(toGlobalId('Customer', LARGEST)).toBe('gid://shopify/Customer/4503599627370495');
});

it('keeps every digit of every number', () => {
  fc.assert(
    fc.property(
      number,
      fc.date({ min: new Date(0), max: new Date('2106-01-01'), noInvalidDate: true }),
      (value, at) => {
        const id = toObjectId(value, at);
        expect(toShortId(value)).toMatch(/^[0-9A-Za-z]{10}$/);
        expect(readShortId(toShortId(value))).toBe(value);
        expect(id).toMatch(/^[0-9a-f]{24}$/);
        expect([parseInt(id.slice(0, 8), 16), parseInt(id.slice(8), 16)]).toEqual([
          Math.floor(at.getTime() / 1000),
          value,
        ]);
      },
    ),
  );
});

it('sorts short ids as their numbers', () => {
  fc.assert(
    fc.property(number, number, (one, other) => {
      expect(toShortId(one) < toShortId(other)).toBe(one < other);
    }),
  );
});
