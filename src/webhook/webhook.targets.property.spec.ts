import fc from 'fast-check';
import { targetFault } from './webhook.targets.js';

const strict = { settings: {} };
const octet = fc.nat({ max: 255 });
/** Addresses that only our own network knows. */
const privateIp = fc.oneof(
  fc.tuple(fc.constantFrom(10, 127, 0), octet, octet, octet),
  fc.tuple(fc.constantFrom(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constantFrom(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  fc.tuple(fc.constantFrom(169), fc.constant(254), octet, octet),
);
type Spelling = (parts: readonly number[]) => string;
const asNumber: Spelling = (parts) => String(parts.reduce((sum, part) => sum * 256 + part, 0));
const hex = (part: number): string => part.toString(16).padStart(2, '0');
/** One address in all the ways in which a URL may have it. */
const spelling = fc.constantFrom<Spelling>(
  (parts) => parts.join('.'),
  asNumber,
  (parts) => `0x${parts.map(hex).join('')}`,
  (parts) => parts.map((part) => `0${part.toString(8)}`).join('.'),
  (parts) => `[::ffff:${parts.join('.')}]`,
  (parts) => `[::${parts.join('.')}]`,
  (parts) => `[64:ff9b::${parts.join('.')}]`,
  ([a = 0, b = 0, c = 0, d = 0]) => `[2002:${hex(a)}${hex(b)}:${hex(c)}${hex(d)}::1]`,
  (parts) => parts.join('。'),
  (parts) => `${parts.join('.')}.`,
);

it('knows a private address in every spelling', () => {
  fc.assert(
    fc.property(privateIp, spelling, fc.constantFrom('http', 'https', 'HTTP'), (parts, spell, scheme) => {
      expect(targetFault(`${scheme}://${spell(parts)}:8080/hook`, strict)).not.toBeNull();
    }),
    { numRuns: 1000 * FUZZ },
  );
});

it('takes a public name or address, and refuses with a fault whatever else is given', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constantFrom('file:///etc/passwd', 'gopher://x', 'http://', 'http://user@shop.example', '//shop.example', 'javascript:1', 'http://a.localhost', 'http://LOCALHOST.'), // prettier-ignore
    fc.tuple(fc.webUrl(), fc.constantFrom(' ', '\n', '\\', '#x')).map((parts) => parts.join('')),
  );

  fc.assert(
    fc.property(text, (url) => {
      const fault = targetFault(url, strict);
      expect([null, 'invalid', 'private']).toContain(fault);
      if (fault === null) expect(['http:', 'https:']).toContain(new URL(url).protocol);
    }),
    { numRuns: 1000 * FUZZ },
  );
  expect(targetFault('https://shop.example/hook', strict)).toBeNull();
  expect(targetFault('https://8.8.8.8/hook', strict)).toBeNull();
});
