import fc from 'fast-check';

/** Draws one value; fast-check knows how to shrink what was drawn, and prints the seed that draws it again. */
export type Draw = <T>(from: fc.Arbitrary<T>) => T;

/** Texts that have broken something somewhere, none of them one of our own secrets. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\u0000', 'a\u0000b', '\ud800', 'a\udfff', '%00', '%', '%zz', '..%2f..%2f', '../../etc/passwd', '//', '\\'],
    ...["' OR 1=1 --", '" OR ""="', '`', ';--', '%_%', '{{7*7}}', '<%= 7 %>', '$'.concat('{7*7}'), '<script>alert(1)</script>'],
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true', '[]', '{}'],
    ...['a@b.co\r\nBcc: c@d.co', 'a@b.co,c@d.co', '"a b"@c.de', 'a@[127.0.0.1]', 'vıctim@example.com', 'a@xn--.com'],
    ...['0', '-1', '1e309', '9007199254740993', '00000000000000000000', '99999999999999999999999', '0x10', '1.5'],
    ...['2026-02-30', '2026-13-01T00:00:00Z', '+275760-09-13T00:00:00Z', '-271821-04-20', '0000-00-00 00:00:00'],
    ...['javascript:alert(1)', 'http://127.0.0.1:22/', 'https://[::1]/', 'https://user:pass@host/', 'gid://shopify/Customer/0'],
    ...['\u202egnp.exe', 'ﬁona', '\u200b', 'e\u0301'.repeat(50), '🦊'.repeat(200), 'x'.repeat(300), 'x'.repeat(9000)],
    ...['eyJhbGciOiJub25lIn0.e30.', 'a.b.c', '..', '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA', '$2y$10$short', 'W/"x"', '*'],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
); // prettier-ignore

/** A scalar of a kind that was not asked for. */
export const hostileScalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 12345678),
);

/** Anything that JSON can say. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileScalar },
  fc.constantFrom<unknown>([], {}, [[]], [null], { $ne: null }, { $gt: '' }, [{}], { length: 3 }, { data: null }),
  fc.array(hostileScalar, { maxLength: 4 }),
  fc.dictionary(hostileText, hostileScalar, { maxKeys: 4 }),
);

/** What may stand in a header: what Node lets through. */
const headerText = fc.oneof(
  hostileText.map((text) =>
    text
      .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
      .trim()
      .slice(0, 2000),
  ),
  fc.constantFrom('*/*', 'identity', 'gzip', 'bytes=0-1', 'close', 'application/json', 'text/html;q=0.1'),
);

const HEADERS = [
  ...['accept', 'accept-language', 'accept-encoding', 'authorization', 'cookie', 'origin', 'referer', 'host', 'if-match'],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'store', 'content-currency', 'range'],
  ...['x-shopify-storefront-access-token', 'x-shopify-access-token', 'shopify-storefront-private-token'],
  ...['shopify-storefront-buyer-ip', 'commonground-origin', 'idempotency-key', 'x-http-method-override', 'x-request-id'],
]; // prettier-ignore

/** None of them most of the time, or few. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(...HEADERS),
  headerText,
  { maxKeys: 3 },
);

/** Bodies that are none, with the type that they claim. */
export const hostileBody: fc.Arbitrary<{ readonly type: string; readonly text: string }> = fc.record({
  type: fc.constantFrom(
    ...['application/json', 'application/vnd.api+json', 'application/x-www-form-urlencoded', 'text/plain', ''],
    ...['application/graphql', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'application/xml'],
  ),
  text: fc.oneof(
    hostileText,
    hostileJson.map((value) => JSON.stringify(value)),
    fc.constantFrom(
      ...['{', '[', '{"a":1}x', '{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '"', 'NaN', '{"a":1,"a":2}'],
      ...['['.repeat(20_000), '{"a":'.repeat(5000), `"${'\\u0000'.repeat(500)}"`, 'a=1&a=2', 'a[]=1&a[b]=2', '=&=&&='],
      ...['[{"query":"{__typename}"}]', 'query=%7B__typename%7D', `"${'x'.repeat(101 * 1024)}"`],
    ),
  ),
}); // prettier-ignore

/** Something hostile now and then, where something good was due. */
export function maybe(draw: Draw, good: unknown, hostile: fc.Arbitrary<unknown> = hostileJson): unknown {
  return draw(fc.integer({ min: 0, max: 4 })) === 0 ? draw(hostile) : good;
}
