import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import Multipassify from 'multipassify';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { MultipassError, openMultipass } from './index.js';
import { readInstant } from './instant.js';

const SECRET = 'dev-only-multipass-secret-please-change-0';
/** Made with Node's crypto, as the vendor's documentation describes it. */
const VECTOR =
  'QEFCQ0RFRkdISUpLTE1OT1J26lYiyc_Fa7Qv21GCxf4nYgPWmXfIjo7iQoKYMlxwpGvDUx0okaAWarF6NDZvx1f0eh1pUzxsKFKUmd00PEmIT32XZThyZhRjNBMzLrP9D3m_Nxz27kqZJ8zLg6jhXfNcrxd0M-7dvOt2JLWSZOa1gYz-ZJVCQ6m9AoR-pwZE';
const NOON = new Date('2026-01-01T12:00:00Z');
const FRESH = { email: 'ann@example.com', created_at: '2026-01-01T12:00:00Z' };

/** A token around any bytes, signed in order. */
function sealed(plain: Buffer | string, secret = SECRET): Buffer {
  const key = createHash('sha256').update(secret).digest();
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), iv);
  return signed(Buffer.concat([iv, cipher.update(plain), cipher.final()]), key);
}

function signed(body: Buffer, key = createHash('sha256').update(SECRET).digest()): Buffer {
  return Buffer.concat([body, createHmac('sha256', key.subarray(16)).update(body).digest()]);
}

const tokenOf = (data: unknown): string => sealed(JSON.stringify(data)).toString('base64url');

/** Why a token is refused, or null. Anything thrown beside the typed error fails the test. */
function faultOf(token: string, at = NOON, secret = SECRET): string | null {
  try {
    openMultipass(token, secret, at);
    return null;
  } catch (error) {
    if (error instanceof MultipassError) return error.fault;
    throw error;
  }
}

it('opens the published vector (SEC-57)', () => {
  const { email, createdAt, expiresAt, data, bytes } = openMultipass(VECTOR, SECRET, new Date('2026-01-01T00:10:00Z'));

  expect([email, createdAt.toISOString(), expiresAt.toISOString()]).toEqual([
    'dev-vector@example.com',
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T00:15:00.000Z',
  ]);
  expect(data).toEqual({ email: 'dev-vector@example.com', created_at: '2026-01-01T00:00:00Z', first_name: 'Dev' });
  expect(bytes.toString('hex', 0, 16)).toBe('404142434445464748494a4b4c4d4e4f');
  expect(bytes.toString('hex', bytes.length - 32)).toBe(
    'f35caf177433eeddbceb7624b59264e6b5818cfe64954243a9bd02847ea70644',
  );
});

it('opens what a client library makes, whatever the length of its data', () => {
  const maker = new Multipassify(SECRET);

  for (let length = 0; length < 40; length += 1) {
    const said: Record<string, unknown> = { email: 'ann@example.com', identifier: 'ü'.repeat(length) };
    const token = maker.encode(said); // which stamps it with the time of the system

    expect(openMultipass(token, SECRET, new Date(String(said['created_at']))).data).toEqual(said);
  }
});

it('reads every usual spelling of Base64 as the same token', () => {
  const bytes = sealed(JSON.stringify({ ...FRESH, note: 'x'.repeat(7) }));
  const spellings = [
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  ];

  for (const spelling of spellings) expect(openMultipass(spelling, SECRET, NOON).bytes).toEqual(bytes);
});

describe('the form (SEC-3, SEC-57)', () => {
  const bytes = sealed(JSON.stringify(FRESH));
  const base64 = (part: Buffer): string => part.toString('base64url');

  it.each([
    ['nothing', '', 'size'],
    ['a word', 'nope', 'size'],
    ['more than 4 KiB', 'A'.repeat(4097), 'size'],
    ['a very long text', 'A'.repeat(1_000_000), 'size'],
    ['63 bytes', base64(Buffer.alloc(63)), 'size'],
    ['half a block too much', base64(Buffer.concat([bytes, Buffer.alloc(8)])), 'size'],
    ['no MAC', base64(bytes.subarray(0, -32)), 'signature'],
    ['white space in it', ` ${base64(bytes)}`, 'encoding'],
    ['other characters', `${base64(bytes).slice(0, -4)}*$%!`, 'encoding'],
    ['letters beyond ASCII', `${base64(bytes).slice(0, -1)}Ä`, 'encoding'],
    ['too much padding', `${base64(bytes)}===`, 'encoding'],
    ['bits to spare', 'B'.repeat(86), 'encoding'],
  ])('is refused with %s', (_what, token, fault) => {
    expect(faultOf(token)).toBe(fault);
  });

  it('is refused after any one bit was turned', () => {
    const faults = [...bytes.keys()].map((at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
      return faultOf(base64(copy));
    });

    expect(new Set(faults)).toEqual(new Set(['signature']));
  });

  it('is refused when cut anywhere', () => {
    const faults = [...bytes.keys()].map((length) => faultOf(base64(bytes.subarray(0, length))));

    expect(faults.every((fault) => fault === 'size' || fault === 'signature')).toBe(true);
  });

  it('is refused under any other secret', () => {
    expect(['', SECRET.toUpperCase(), `${SECRET} `].map((secret) => faultOf(base64(bytes), NOON, secret))).toEqual(
      Array(3).fill('signature'),
    );
  });
});

describe('the content of a token that is signed in order', () => {
  const key = createHash('sha256').update(SECRET).digest();

  it('is refused without proper padding, and only after the MAC fits (SEC-57)', () => {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), Buffer.alloc(16)).setAutoPadding(false);
    const body = Buffer.concat([Buffer.alloc(16), cipher.update(Buffer.alloc(32, 0x20)), cipher.final()]);

    expect(faultOf(signed(body).toString('base64url'))).toBe('encryption');
    expect(faultOf(Buffer.concat([body, Buffer.alloc(32)]).toString('base64url'))).toBe('signature');
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'text'],
    ['Latin-1', Buffer.from('{"email":"ü"}', 'latin1'), 'text'],
    ['a byte order mark', Buffer.from(`\ufeff${JSON.stringify(FRESH)}`), 'json'],
    ['nothing', Buffer.alloc(0), 'json'],
    ['no JSON', Buffer.from('email=ann@example.com'), 'json'],
    ['half a JSON text', Buffer.from('{"email":"ann@example.com"'), 'json'],
    ['deep nesting', Buffer.from('['.repeat(3000)), 'json'],
    ['null', Buffer.from('null'), 'json'],
    ['a list', Buffer.from(JSON.stringify([FRESH])), 'json'],
    ['a text', Buffer.from('"ann@example.com"'), 'json'],
    ['a number', Buffer.from('5'), 'json'],
  ])('is refused as %s', (_what, plain, fault) => {
    expect(faultOf(sealed(plain).toString('base64url'))).toBe(fault);
  });

  it.each([
    ['no address', { created_at: FRESH.created_at }, 'email'],
    ['a blank address', { ...FRESH, email: '  ' }, 'email'],
    ['a null for an address', { ...FRESH, email: null }, 'email'],
    ['a number for an address', { ...FRESH, email: 5 }, 'email'],
    ['a list of addresses', { ...FRESH, email: ['ann@example.com', 'eve@example.com'] }, 'email'],
    ['an address in another object', { ...FRESH, email: { address: 'ann@example.com' } }, 'email'],
    ['no time', { email: FRESH.email }, 'created-at'],
    ['seconds since 1970', { ...FRESH, created_at: NOON.getTime() / 1000 }, 'created-at'],
    ['a time without offset', { ...FRESH, created_at: '2026-01-01T12:00:00' }, 'created-at'],
    ['a date', { ...FRESH, created_at: '2026-01-01' }, 'created-at'],
    ['a list of times', { ...FRESH, created_at: [FRESH.created_at] }, 'created-at'],
  ])('is refused with %s (SEC-58)', (_what, data, fault) => {
    expect(faultOf(tokenOf(data))).toBe(fault);
  });

  it('passes on whatever else it says, as it says it', () => {
    const more = { first_name: 5, tag_string: null, addresses: [{ city: 'Kiel' }], ['__proto__']: 'x' };

    expect(openMultipass(tokenOf({ ...FRESH, ...more }), SECRET, NOON).data).toEqual({ ...FRESH, ...more });
  });
});

describe('the time (SEC-58)', () => {
  const later = (ms: number): Date => new Date(NOON.getTime() + ms);

  it.each([
    [15 * 60_000, null],
    [15 * 60_000 + 1, 'expired'],
    [24 * 3600_000, 'expired'],
    [0, null],
    [-60_000, null],
    [-60_001, 'future'],
    [-24 * 3600_000, 'future'],
  ])('%d ms after its making: %s', (ms, fault) => {
    expect(faultOf(tokenOf(FRESH), later(ms))).toBe(fault);
  });

  it.each([
    ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T12:00:00.5Z', '2026-01-01T12:00:00.500Z'],
    ['2026-01-01T12:00:00.123Z', '2026-01-01T12:00:00.123Z'],
    ['2026-01-01T12:00:00.1239999Z', '2026-01-01T12:00:00.123Z'],
    ['2026-01-01T13:30:00+01:30', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T13:00:00+0100', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T04:00:00-08', '2026-01-01T12:00:00.000Z'],
    ['2024-02-29T23:59:59-00:00', '2024-02-29T23:59:59.000Z'],
  ])('reads %j as %s', (text, instant) => {
    expect(readInstant(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '2026-01-01T12:00:00',
    '2026-01-01 12:00:00Z',
    '2026-01-01T12:00Z',
    '2026-02-29T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T12:60:00Z',
    '2026-01-01T12:00:60Z',
    '2026-01-01T12:00:00+24:00',
    '2026-01-01T12:00:00+01:60',
    '0026-01-01T12:00:00Z',
    'Thu, 01 Jan 2026 12:00:00 GMT',
    '1767268800',
    'now',
    '',
    '2026-01-01T12:00:00Z ',
    '2026-01-01T12:00:00.Z',
    '2026-01-01T12:00:00.1234567890Z',
  ])('reads %j as no time', (text) => {
    expect(readInstant(text)).toBeNull();
  });
});

describe('anything at all', () => {
  const json = fc.jsonValue({ maxDepth: 4 });

  it('sent as a token is refused by the typed error (SEC-57)', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc.base64String({ maxLength: 400 }),
    );

    fc.assert(
      fc.property(text, (token) => faultOf(token) !== null),
      { numRuns: 3000 },
    );
  });

  it('that a merchant says is read back as it was said (SEC-58)', () => {
    const said = fc.dictionary(fc.string(), json, { maxKeys: 6, noNullPrototype: true });

    fc.assert(
      fc.property(said, (more) => {
        const data = JSON.parse(JSON.stringify({ ...more, ...FRESH })) as object;
        const token = tokenOf(data);
        const fault = token.length > 4096 ? 'size' : null;
        expect(faultOf(token)).toBe(fault);
        if (fault === null) expect(openMultipass(token, SECRET, NOON).data).toEqual(data);
      }),
      { numRuns: 1000 * FUZZ },
    );
  });

  it('that comes as a time is a moment or none, and is read at once (SEC-58)', async () => {
    const moment = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    const piece = fc.constantFrom('2026', '-', '01', 'T', ':', '59', '.', ',', '1', 'Z', '+', ' ', '\n');

    fc.assert(
      fc.property(moment, fc.string({ unit: piece, maxLength: 20 }), (at, text) => {
        expect(readInstant(at.toISOString())).toEqual(at);
        const found = readInstant(text);
        expect(found === null || !Number.isNaN(found.getTime())).toBe(true);
      }),
      { numRuns: 2000 * FUZZ },
    );
    const took = await leastCpuMilliseconds(250, () => {
      for (const part of ['2026-01-01T12:00:00.', '0', '1:', '+00:00', '\n']) {
        expect(readInstant(part.repeat(100_000))).toBeNull();
        expect(readInstant(`2026-01-01T12:00:00.${part.repeat(100_000)}`)).toBeNull();
      }
    });
    expect(took).toBeLessThan(250);
  });

  it('signed by the right secret opens or is refused by the typed error', () => {
    const plain = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      json.map((value) => Buffer.from(JSON.stringify(value))),
      fc
        .record({ email: json, created_at: fc.oneof(json, fc.constant(FRESH.created_at)) })
        .map((value) => Buffer.from(JSON.stringify(value))),
    );

    fc.assert(
      fc.property(plain, (bytes) => {
        const fault = faultOf(sealed(bytes).toString('base64url'));
        expect(fault === null || fault !== 'signature').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
