import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { toGlobalId } from '../../common/public-id.js';
import { addressNumberIn, customerNumberIn } from './shopify.ids.js';

const number = fc.integer({ min: 1, max: 2 ** 52 - 1 });

it('knows an id in every form that clients send, and nobody in one of another kind', () => {
  fc.assert(
    fc.property(number, (value) => {
      const id = toGlobalId('Customer', value);
      const forms = [id, encodeURIComponent(id), Buffer.from(id).toString('base64'), Buffer.from(id).toString('base64url')];
      expect(forms.map(customerNumberIn)).toEqual(forms.map(() => value));
      expect(forms.map(addressNumberIn)).toEqual(forms.map(() => null));
      expect([String(value), id.toUpperCase(), ` ${id}`, `${id} `, `${id}/`, id.replace('://', ':/')].map(customerNumberIn)).toEqual(Array(6).fill(null));
    }),
    { numRuns: 500 * FUZZ },
  );
}); // prettier-ignore

it('answers any text with a number or null, at once', async () => {
  const piece = fc.constantFrom(
    'gid://shopify/',
    'Customer/',
    '1',
    '%3A',
    '%2F',
    '%',
    '?',
    '=',
    '\ud800',
    '\n',
    'Z2lk',
  );

  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: piece, maxLength: 20 }), fc.string({ unit: 'binary' })), (id) => {
      const found = customerNumberIn(id);
      expect(found === null || (Number.isSafeInteger(found) && found > 0)).toBe(true);
    }),
    { numRuns: 2000 * FUZZ },
  );
  const took = await leastCpuMilliseconds(100, () => {
    for (const part of ['gid://shopify/', 'A', '%2F', '?']) expect(customerNumberIn(part.repeat(100_000))).toBeNull();
  });
  expect(took).toBeLessThan(100);
});
