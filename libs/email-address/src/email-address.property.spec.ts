import fc from 'fast-check';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { parseEmail } from './index.js';

const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;
const LIMIT_MS = 50;

/** Characters that have broken address parsers, beside plain ones so that many addresses are accepted. */
const hostile = fc.constantFrom(
  ...'aAzZkK09.-_+=?@ "(),;:<>[]\\%`\t\n\r\0',
  ...'éÉüÜßẞıİſ\u212a\u212bςΣﬁａ＠．。ⓐ①⒈٣日本नי',
  ...['\u0301', '\u0308', '\u030c', '\u0331', '\u0338', '\u200b', '\u200c', '\u200d', '\u00ad', '\u202e', '\ufeff'],
  ...['xn--', 'xn--mnchen-3ya', '0x7f', '127', '=?', '😀', '👩‍👩‍👧', '\ud800', '\udc00', '\u3164', '\ufc5e'],
);
const text = fc.oneof(
  fc.string({ unit: hostile, maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 15 }),
);
const label = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9]{1,5}$/), text);
const address = fc
  .tuple(label, fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('com', 'Example', 'рф', 'jp', '1'))
  .map(([local, labels, top]) => `${local}@${labels.join('.')}.${top}`);
const anything = fc.oneof(text, address);

it('answers every text with an address or null and never throws (SEC-12)', () => {
  fc.assert(
    fc.property(anything, fc.boolean(), (input, eai) => {
      const email = parseEmail(input, { eai });
      expect(email === null || input.includes(email.display)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

it('gives a key that is its own key (SEC-12)', () => {
  fc.assert(
    fc.property(anything, fc.boolean(), (input, eai) => {
      const email = parseEmail(input, { eai });
      if (email) expect(parseEmail(email.key, { eai })?.key).toBe(email.key);
    }),
    { numRuns: 20_000 },
  );
});

it('gives a key of printable ASCII unless eai is on, and an ASCII domain even then (SEC-12)', () => {
  fc.assert(
    fc.property(anything, (input) => {
      const key = parseEmail(input)?.key ?? 'none';
      const eaiDomain = parseEmail(input, { eai: true })?.key.split('@')[1] ?? 'none';
      expect([key, eaiDomain].every((part) => PRINTABLE_ASCII.test(part))).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

it('gives the same key with eai as without, wherever both accept (SEC-12)', () => {
  fc.assert(
    fc.property(address, (input) => {
      const plain = parseEmail(input);
      if (plain) expect(parseEmail(input, { eai: true })).toEqual(plain);
    }),
    { numRuns: 5000 },
  );
});

it('accepts enough of the generated addresses for the properties above to mean something', () => {
  const accepted = fc.sample(address, 2000).filter((input) => parseEmail(input, { eai: true }));

  expect(accepted.length).toBeGreaterThan(50);
});

it.each([
  ['a', ''],
  [' ', ''],
  [' ', 'a'],
  ['.', '@example.com'],
  ['a.', '@example.com'],
  ['@', ''],
  ['=?', '@example.com'],
  ['"', '"@example.com'],
  ['(', ')@example.com'],
  ['a@', 'example.com'],
  ['a@b.', 'com'],
  ['a@\u00ad', '.com'],
  ['e\u0301', '@example.com'],
  ['\ud800', '@example.com'],
  ['a@xn--', '.com'],
])('answers 100 kB of %j before %j at once (SEC-12)', async (piece, end) => {
  const input = `x${piece.repeat(100_000 / Buffer.byteLength(piece))}${end}`;

  expect(await leastCpuMilliseconds(LIMIT_MS, () => parseEmail(input, { eai: true }))).toBeLessThan(LIMIT_MS);
});
