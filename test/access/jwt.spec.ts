import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { KeyRing } from '../../src/token/index.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';

let app: TestApp;
let ann: TestCustomer;
let good: string;

beforeAll(async () => {
  app = await TestApp.start();
  ann = await app.aCustomer();
  good = await app.signedIn(ann);
});

afterAll(() => app.stop());

interface Claims {
  readonly [claim: string]: unknown;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** The good token's claims, changed, under our own key or another. */
function forged(changes: Claims, key?: KeyObject, header: object = {}): string {
  const { signing } = app.get(KeyRing);
  const claims = { ...claimsOf(good), ...changes };
  return jwt.sign(JSON.stringify(claims), key ?? signing.privateKey, {
    algorithm: 'RS512',
    header: { alg: 'RS512', typ: 'JWT', kid: signing.kid, ...header },
  });
}

async function isIn(token: string): Promise<boolean> {
  const { status, body } = await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${token}` });
  expect([200, 401]).toContain(status);
  return body.data?.customer?.email === ann.email;
}

it('takes its own token, re-signed with the same claims', async () => {
  expect(await isIn(good)).toBe(true);
  expect(await isIn(forged({}))).toBe(true);
});

it('refuses tokens without a signature, however "none" is spelled (SEC-49)', async () => {
  const body = good.split('.')[1] ?? '';

  for (const alg of ['none', 'None', 'NONE', '']) {
    expect(await isIn(`${part({ alg, typ: 'JWT' })}.${body}.`)).toBe(false);
    expect(await isIn(`${part({ alg, typ: 'JWT', kid: app.get(KeyRing).signing.kid })}.${body}.x`)).toBe(false);
  }
});

it('refuses a token that is signed with the public key as a shared secret (SEC-49)', async () => {
  const { kid, publicKey } = app.get(KeyRing).signing;
  const pem = publicKey.export({ type: 'spki', format: 'pem' });

  for (const [alg, hash] of [
    ['HS256', 'sha256'],
    ['HS512', 'sha512'],
    ['RS512', 'sha512'],
  ] as const) {
    const signed = `${part({ alg, typ: 'JWT', kid })}.${good.split('.')[1]}`;
    expect(await isIn(`${signed}.${createHmac(hash, pem).update(signed).digest('base64url')}`)).toBe(false);
  }
});

it('refuses other keys, and keys that the token brings along (SEC-49)', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });

  expect(await isIn(forged({}, privateKey))).toBe(false);
  expect(await isIn(forged({}, privateKey, { kid: 'unknown' }))).toBe(false);
  expect(await isIn(forged({}, privateKey, { kid: '../../secret' }))).toBe(false);
  expect(await isIn(forged({}, privateKey, { jwk }))).toBe(false);
  expect(await isIn(forged({}, privateKey, { jku: 'http://127.0.0.1:1/jwks.json', x5u: 'http://127.0.0.1:1/' }))).toBe(
    false,
  );
});

it('refuses other algorithms under the right key (SEC-49)', async () => {
  const { kid, privateKey } = app.get(KeyRing).signing;

  for (const algorithm of ['RS256', 'RS384', 'PS512'] as const) {
    const token = jwt.sign(JSON.stringify(claimsOf(good)), privateKey, {
      algorithm,
      header: { alg: algorithm, typ: 'JWT', kid },
    });
    expect(await isIn(token)).toBe(false);
  }
});

it('refuses a wrong issuer, audience, kind or id, though the signature is ours (SEC-49, SEC-50)', async () => {
  const wrong: Claims[] = [
    { iss: 'https://elsewhere.example' },
    { aud: 'shopify:default' },
    { aud: 'adobe:other-realm' },
    { aud: 'adobe' },
    { aud: ['adobe:default', 'adobe:default'] },
    { jti: 'unknown' },
    { jti: null },
    { jti: 7 },
    { typ: 'refresh' },
  ];

  for (const changes of wrong) expect([changes, await isIn(forged(changes))]).toEqual([changes, false]);
  expect(await isIn(forged({}, undefined, { typ: 'at+jwt' }))).toBe(false);
});

it('refuses a token from the future, tolerating five seconds of skew', async () => {
  const now = Math.floor(app.clock.now().getTime() / 1000);

  expect(await isIn(forged({ iat: now + 60 }))).toBe(false);
  expect(await isIn(forged({ nbf: now + 60 }))).toBe(false);
  expect(await isIn(forged({ iat: now + 4 }))).toBe(true);
});

it('refuses mangled and overlong tokens', async () => {
  const [header, body, signature] = good.split('.');
  const flipped = `${header}.${body}.${(signature ?? '').replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`;

  expect(await isIn(flipped)).toBe(false);
  expect(await isIn(`${header}.${body}`)).toBe(false);
  expect(await isIn(`${good}.x`)).toBe(false);
  expect(await isIn(`${header}.${body}.${'x'.repeat(9000)}`)).toBe(false);
});

it('lives for an hour by our clock, and not a second longer (SEC-53)', async () => {
  const token = await app.signedIn(ann);

  app.clock.advance(3599);
  expect(await isIn(token)).toBe(true);
  app.clock.advance(1);
  expect(await isIn(token)).toBe(false);
  expect(await isIn(forged({ ...claimsOf(token), exp: (claimsOf(token)['exp'] as number) + 9999 }))).toBe(false);
});
