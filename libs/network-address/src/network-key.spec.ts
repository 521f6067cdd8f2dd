import fc from 'fast-check';
import { networkKey } from './index.js';

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:CB00:7109', '203.0.113.9'],
  ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8:0:2::9', '2001:db8:0:2::/64'],
  ['2001:db8::9', '2001:db8::/64'],
  ['::1', '::/64'],
  ['::203.0.113.9', '::/64'],
  ['2001:db8::203.0.113.9', '2001:db8::/64'],
])('counts %s as %s (SEC-7)', (ip, key) => {
  expect(networkKey(ip)).toBe(key);
});

it('separates neighbouring IPv4 addresses and neighbouring /64 networks (SEC-7)', () => {
  const keys = ['203.0.113.9', '203.0.113.8', '2001:db8:1:2::1', '2001:db8:1:3::1'].map(networkKey);

  expect(new Set(keys).size).toBe(4);
});

it('drops zone ids of any spelling (SEC-7)', () => {
  const keys = ['fe80::1%eth0', 'fe80::1%br-lan', 'fe80::1%eth0.100', 'fe80::1%', 'fe80::1'].map(networkKey);

  expect(keys).toEqual(Array(5).fill('fe80::/64'));
  expect(networkKey('::ffff:203.0.113.9%eth0')).toBe('203.0.113.9');
});

it.each([
  '',
  ' ',
  'unknown',
  'localhost',
  '1',
  '203.0.113',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '203.0.113.09',
  '203.0.113.256',
  '203.0.113.9:443',
  '203.0.113.9/32',
  ' 203.0.113.9',
  '203.0.113.9\n',
  '203.0.113.9%eth0',
  '[2001:db8::1]',
  '2001:db8::1/64',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  '::ffff:203.0.113',
  '::ffff:0xcb.0.113.9',
  '::ffff:203.0.113.09',
  '%eth0',
  ':',
  ':::',
  '203.0.113.9, 203.0.113.8',
])('puts %j under the one key for what cannot be read', (ip) => {
  expect(networkKey(ip)).toBe('unknown');
});

it('gives the two texts of one IPv4 address one key (SEC-7)', () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number);
      const hex = `0:0:0:0:0:FFFF:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16).padStart(4, '0')}`;
      expect([ip, `::ffff:${ip}`, hex].map(networkKey)).toEqual([ip, ip, ip]);
    }),
  );
});

describe('an IPv6 address', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  const groups = fc.array(group, { minLength: 8, maxLength: 8 });

  it('has one key in full, padded, upper-case, compressed and dotted form (SEC-7)', () => {
    fc.assert(
      fc.property(groups, (parts) => {
        const forms = [full, padded, compressed, dotted].map((write) => write(parts));
        expect(new Set(forms.map(networkKey)).size).toBe(1);
        expect(networkKey(full(parts))).not.toBe('unknown');
      }),
      { numRuns: 1000 },
    );
  });

  it('shares its key with exactly those of the same first 64 bits (SEC-7)', () => {
    fc.assert(
      fc.property(groups, groups, (one, other) => {
        fc.pre(!isMapped(one) && !isMapped(other));
        const sibling = [...one.slice(0, 4), ...other.slice(4)];
        fc.pre(!isMapped(sibling));
        expect(networkKey(full(sibling))).toBe(networkKey(full(one)));
        expect(networkKey(full(one)) === networkKey(full(other))).toBe(
          full(one.slice(0, 4)) === full(other.slice(0, 4)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

it('never throws, and its key is an address, a /64 or unknown', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.%/xX[] ') }), fc.ipV6());
  fc.assert(
    fc.property(text, (ip) => {
      expect(networkKey(ip)).toMatch(/^(unknown|[0-9]+(\.[0-9]+){3}|[0-9a-f:]+::\/64|::\/64)$/);
    }),
    { numRuns: 5000 },
  );
});

function full(parts: readonly number[]): string {
  return parts.map((part) => part.toString(16)).join(':');
}

function padded(parts: readonly number[]): string {
  return parts.map((part) => part.toString(16).toUpperCase().padStart(4, '0')).join(':');
}

/** Leaves out the first run of zeros. */
function compressed(parts: readonly number[]): string {
  const start = parts.indexOf(0);
  if (start < 0) return full(parts);
  const rest = parts.slice(start).findIndex((part) => part !== 0);
  return `${full(parts.slice(0, start))}::${rest < 0 ? '' : full(parts.slice(start + rest))}`;
}

function dotted(parts: readonly number[]): string {
  const bytes = parts.slice(6).flatMap((part) => [part >> 8, part & 0xff]);
  return `${full(parts.slice(0, 6))}:${bytes.join('.')}`;
}

function isMapped(parts: readonly number[]): boolean {
  return full(parts).startsWith('0:0:0:0:0:ffff:');
}
