import fc from 'fast-check';
import { fromGlobalId, fromObjectId, fromShortId, toGlobalId, toObjectId, toShortId } from './public-id.js';

const number = fc.integer({ min: 1, max: 2 ** 52 - 1 });
const second = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const LARGE = 2n ** 52n;

it('reads back every id that it wrote', () => {
  fc.assert(
    fc.property(number, second, (value, at) => {
      expect(fromShortId(toShortId(value))).toBe(value);
      expect(fromObjectId(toObjectId(value, new Date(at * 1000)))).toEqual({ second: at, number: value });
      expect(fromGlobalId('Customer', toGlobalId('Customer', value))).toBe(value);
      expect(fromGlobalId('MailingAddress', toGlobalId('Customer', value))).toBeNull();
    }),
    { numRuns: 1000 * FUZZ },
  );
});

it('finds in any text nothing, or a number whose id is that very text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEFzZ'), minLength: 10, maxLength: 10 }),
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 24, maxLength: 24 }),
    fc.string({ unit: fc.constantFrom(...'0123456789?a '), maxLength: 20 }).map((end) => `gid://shopify/Customer/${end}`),
    fc.tuple(number.map(toShortId), fc.constantFrom('', ' ', '\n', '\0', 'A')).map((parts) => parts.join('')),
  ); // prettier-ignore

  fc.assert(
    fc.property(text, (id) => {
      const [short, object, global] = [fromShortId(id), fromObjectId(id), fromGlobalId('Customer', id)];
      if (short !== null) expect(toShortId(short)).toBe(id);
      if (object !== null) expect(toObjectId(object.number, new Date(object.second * 1000))).toBe(id);
      if (global !== null) expect(toGlobalId('Customer', global)).toBe(id.replace(/\?.*$/, ''));
    }),
    { numRuns: 5000 * FUZZ },
  );
});

it('finds nothing in what is 0 or too large', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: LARGE, max: 2n ** 64n - 1n }), (value) => {
      expect(fromObjectId(`00000000${value.toString(16).padStart(16, '0')}`)).toBeNull();
      expect(fromGlobalId('Customer', `gid://shopify/Customer/${value}`)).toBeNull();
    }),
    { numRuns: 500 * FUZZ },
  );
  expect([fromShortId('0000000000'), fromObjectId('0'.repeat(24))]).toEqual([null, null]);
  expect([fromShortId('0KcqObyjK4'), fromShortId('zzzzzzzzzz')]).toEqual([null, null]);
});
