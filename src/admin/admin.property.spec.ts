import fc from 'fast-check';
import { Customer } from '../customer/index.js';
import { keysetIn, toList, type ListName } from './admin.cursor.js';
import { etagOf, matching } from './admin.etag.js';
import { MalformedInput, Refused } from './admin.input.js';

const customerOf = (updatedAt: Date): Customer => Object.assign(new Customer(), { updatedAt });
const names = fc.constantFrom<ListName>('customers', 'events', 'mails', 'tokens');
const key = fc.integer({ min: 1, max: 2 ** 52 - 1 });

function cursorOf(list: ListName, next: number): string {
  const answer = toList(list, { rows: [], next }, () => ({}));
  return 'nextCursor' in answer && typeof answer.nextCursor === 'string' ? answer.nextCursor : '';
}

it('takes its own cursors for the very list, and no other text', () => {
  fc.assert(
    fc.property(names, names, key, (list, other, next) => {
      const cursor = cursorOf(list, next);
      expect(keysetIn(list, { cursor, limit: 5 })).toEqual({ after: next, size: 5 });
      if (other !== list) expect(() => keysetIn(other, { cursor, limit: 5 })).toThrow(MalformedInput);
      for (const foreign of [
        `${cursor}=`,
        ` ${cursor}`,
        cursor.slice(1),
        cursor.toUpperCase() + cursor,
        `${cursor}A`,
      ]) {
        expect(() => keysetIn(list, { cursor: foreign, limit: 5 })).toThrow(MalformedInput);
      }
    }),
    { numRuns: 200 * FUZZ },
  );
  fc.assert(
    fc.property(names, fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (list, cursor) => {
      expect(() => keysetIn(list, { cursor, limit: 5 })).toThrow(MalformedInput);
    }),
    { numRuns: 300 * FUZZ },
  );
});

it('holds If-Match to be one of the tags that were given, and refuses every other text', () => {
  const times = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });

  fc.assert(
    fc.property(times, fc.string({ unit: 'grapheme' }), (at, text) => {
      const held = customerOf(at);
      const tag = etagOf(held);
      expect(() => { matching(`"other", ${tag}`)(held); }).not.toThrow();
      expect(() => { matching(`W/${tag}`)(held); }).toThrow(Refused);
      expect(() => { matching(etagOf(customerOf(new Date(at.getTime() + 1))))(held); }).toThrow(Refused);
      const isMeant = text.split(',').some((one) => ['*', tag].includes(one.trim()));
      if (!isMeant) expect(() => { matching(text)(held); }).toThrow(Refused);
    }),
    { numRuns: 300 * FUZZ },
  );
}); // prettier-ignore
