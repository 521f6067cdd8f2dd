import fc from 'fast-check';
import { parseCidrList } from './index.js';

it('reads addresses and networks between commas, with or without spaces', () => {
  expect(parseCidrList(' 10.0.0.0/8,127.0.0.1 , 2001:db8::/32,::1')).toEqual([
    '10.0.0.0/8',
    '127.0.0.1',
    '2001:db8::/32',
    '::1',
  ]);
});

it('is empty for an empty text, so that nobody is trusted (SEC-6)', () => {
  expect([parseCidrList(''), parseCidrList('  ')]).toEqual([[], []]);
});

it.each([
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['10.255.2.3/9', '10.128.0.0/9'],
  ['2001:DB8:FFFF::1/33', '2001:db8:8000::/33'],
  ['2001:0db8::0001', '2001:db8::1'],
  ['203.0.113.9/32', '203.0.113.9'],
  ['2001:db8::1/128', '2001:db8::1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
  ['::ffff:a01:203/128', '10.1.2.3'],
])('writes %s as %s', (entry, normal) => {
  expect(parseCidrList(entry)).toEqual([normal]);
});

it.each([
  'proxy.example',
  'loopback',
  '10.0.0',
  '10',
  '010.0.0.1',
  '0x0a.0.0.1',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/08',
  '10.0.0.0/+8',
  '10.0.0.0/8/8',
  '10.0.0.0/255.0.0.0',
  '10.0.0.0 /8',
  '2001:db8::/129',
  'fe80::1%eth0',
  '[::1]',
  '*',
  '/8',
  '10.0.0.0/0',
  '::/0',
  '::ffff:0.0.0.0/96',
  '::ffff:10.0.0.0/64',
  '203.0.113.9:443',
])('refuses a list with %j and names it', (entry) => {
  expect(() => parseCidrList(`127.0.0.1, ${entry},::1`)).toThrow(
    new Error(`"${entry}" is neither an IP address nor a network such as 10.0.0.0/8.`),
  );
});

it.each(['10.0.0.1,', ',10.0.0.1', '10.0.0.1,,::1', ','])('refuses the empty entry in %j', (list) => {
  expect(() => parseCidrList(list)).toThrow('"" is neither');
});

it('leaves its own output as it is', () => {
  const entry = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 97, max: 128 })),
  );
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
      const once = parseCidrList(entries.map(([ip, prefix]) => `${ip}/${prefix}`).join(','));
      expect(parseCidrList(once.join(','))).toEqual(once);
    }),
  );
});
