import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import jwt from 'jsonwebtoken';
import { digestOf } from '#lib/opaque-token';
import { SystemClock } from '../common/clock.js';
import { loadConfig } from '../config/index.js';
import { JwtFormat, jwtDigest } from './jwt.format.js';
import { KeyRing } from './key-ring.js';
import type { TokenGrant } from './token-format.js';

const ISSUER = 'https://auth.shop.example';
const issuedAt = new Date('2026-01-01T00:00:00.700Z');
const expiresAt = new Date('2026-01-01T01:00:00.700Z');
const now = issuedAt.getTime() / 1000;

let folder: string;
let keys: KeyRing;
let format: JwtFormat;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-jwt-'));
  const config = loadConfig({ KEYS_DIR: folder, ISSUER_URL: ISSUER });
  keys = new KeyRing(config, new SystemClock());
  format = new JwtFormat(keys, config);
});

afterAll(() => rmSync(folder, { recursive: true }));

function mint(claims: TokenGrant['claims'] = {}): string {
  return format.mint({ surface: 'adobe', scope: 'default', issuedAt, expiresAt, claims }).token;
}

/** What another program reads from a token. */
function verified(token: string): jwt.Jwt {
  const { publicKey } = keys.signing;
  return jwt.verify(token, publicKey, { algorithms: ['RS512'], issuer: ISSUER, audience: 'adobe:default', clockTimestamp: now, complete: true }); // prettier-ignore
}

const segment = (token: string, at: number): string => token.split('.')[at] ?? '';

it('names algorithm, type and key in its header, and nothing else (SEC-49)', () => {
  expect(verified(mint()).header).toEqual({ alg: 'RS512', typ: 'JWT', kid: keys.signing.kid });
});

it('carries issuer, audience, times in whole seconds, an id and the claims of its surface (SEC-49)', () => {
  const claims = { uid: 7, utypid: 3, market: { id: ['a'] }, test: true, nothing: null };

  expect(verified(mint(claims)).payload).toEqual({
    ...claims,
    iss: ISSUER,
    aud: 'adobe:default',
    iat: 1767225600,
    exp: 1767229200,
    jti: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  });
});

it('lets no claim take the place of its own', () => {
  const forged = { iss: 'https://evil.example', aud: 'adobe:other', iat: 1, exp: 9e9, jti: 'chosen' };

  expect(verified(mint(forged)).payload).toMatchObject({ iss: ISSUER, aud: 'adobe:default', exp: 1767229200 });
  expect(jwt.decode(mint(forged))).not.toMatchObject({ jti: 'chosen' });
});

it('is found by the digest of its id, and no two have the same (SEC-53)', () => {
  const grant = { surface: 'adobe', scope: 'default', issuedAt, expiresAt, claims: {} } as const;
  const [one, other] = [format.mint(grant), format.mint(grant)];
  const { jti } = jwt.decode(one.token, { json: true }) ?? {};

  expect(one.digest).toEqual(jwtDigest(jti ?? ''));
  expect(one.digest).toEqual(digestOf('jwt', jti ?? ''));
  expect(one.digest).not.toEqual(other.digest);
  expect(one.token).not.toBe(other.token);
});

it('does not verify once a character of it has changed', () => {
  const token = mint();

  for (const at of [5, segment(token, 0).length + 5, token.length - 5]) {
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    expect(() => verified(changed)).toThrow();
  }
});

describe('the payload', () => {
  const piece = fc.constantFrom(
    ...'?>~<=}{|"\\/-_ aZ0\u007f\u0080\u00ff\u2028\u2029\ufeff\uffff\n\0',
    ...['é', '日', '😀', '👩‍👩‍👧', '\ud83d', '\ude00', '???', '>>>', '~~~'],
  );
  const text = fc.oneof(fc.string({ unit: piece, maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }));
  const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 4 }), fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true })); // prettier-ignore
  const claims = fc.dictionary(fc.oneof(text, fc.constantFrom('owner', 'scope')), value, {
    maxKeys: 5,
    noNullPrototype: true,
  });

  it('never needs - or _, so that plain base64 decodes it, whatever the claims say', () => {
    fc.assert(
      fc.property(claims, (given) => {
        const payload = segment(mint(given), 1);
        expect(payload).toMatch(/^[A-Za-z0-9+/]*$/);
        expect(JSON.parse(atob(payload))).toMatchObject({ iss: ISSUER });
      }),
      { numRuns: 300 },
    );
  });

  it('says exactly what the claims said', () => {
    fc.assert(
      fc.property(claims, (given) => {
        const { iss, aud, iat, exp, jti, ...rest } = JSON.parse(JSON.stringify(verified(mint(given)).payload));
        expect([iss, aud, iat, exp, typeof jti]).toEqual([ISSUER, 'adobe:default', 1767225600, 1767229200, 'string']);
        expect(JSON.stringify(rest)).toBe(JSON.stringify(given));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['?', '>', '~', '\u007f', '\u00fb\u00ff', '😀', '\ud83d'])(
    'has %j escaped at every place in a group of three',
    (sign) => {
      for (const before of ['', 'a', 'aa']) {
        const token = mint({ text: before + sign });
        expect(segment(token, 1)).not.toMatch(/[-_]/);
        expect(verified(token).payload).toMatchObject({ text: before + sign });
      }
    },
  );
});
