import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { KeyRing } from '../../src/token/index.js';
import { adminToken } from '../adobe-rest/wire.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { atAdmin, atClient, sessionOf } from '../common-ground/operations.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

let app: TestApp;
let ann: TestCustomer;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  ann = await app.aCustomer();
});

afterAll(() => app.stop());

/** A place that takes a JWT: how one is got, what it opens, how long it lives. */
interface Surface {
  readonly token: () => Promise<string>;
  readonly ask: (headers: Record<string, string>) => Promise<Answer>;
  readonly isIn: (answer: Answer) => boolean;
  readonly seconds: number;
}

const rest = (path: string) => (headers: Record<string, string>) => app.request({ url: `/rest/V1/${path}`, headers });
const layer = (headers: Record<string, string>): Promise<Answer> =>
  app.request({ url: '/api/application', headers: { ...headers, accept: 'application/vnd.api+json' } });
const isFine = ({ status, body }: Answer): boolean => status === 200 && body.errors === undefined;
const KEYS = 'mutation{sessionLoginApi(accessKey:"demo-cg-access",secretKey:"demo-cg-secret"){jwt}}';

const SURFACES: Record<string, Surface> = {
  'Adobe GraphQL': {
    token: () => app.signedIn(ann),
    ask: (headers) => app.adobe('{customer{email}}', {}, headers),
    isIn: ({ body }) => body.data?.customer?.email === ann.email,
    seconds: 3600,
  },
  'Adobe REST': { token: () => app.signedIn(ann), ask: rest('customers/me'), isIn: isFine, seconds: 3600 },
  'Adobe REST, of administrators': {
    token: () => adminToken(app),
    ask: (headers) => rest(`customers/${ann.id}`)(headers),
    isIn: isFine,
    seconds: 4 * 3600,
  },
  'Commerce Layer, of customers': {
    token: () => new CommerceLayerClient(app).customer(ann),
    ask: layer,
    isIn: isFine,
    seconds: 4 * 3600,
  },
  'Commerce Layer, of integrations': {
    token: () => new CommerceLayerClient(app).integration(),
    ask: layer,
    isIn: isFine,
    seconds: 2 * 3600,
  },
  'Common Ground': {
    token: async () => (await sessionOf(app, ann))['authorization']?.slice(7) ?? '',
    ask: (headers) => atClient(app, '{user{email}}', {}, headers),
    isIn: ({ body }) => body.data?.user?.email === ann.email,
    seconds: 30 * 24 * 3600,
  },
  'Common Ground’s admin surface': {
    token: async () => (await atAdmin(app, KEYS, {}, { authorization: '' })).body.data.sessionLoginApi.jwt as string,
    ask: (headers) => atAdmin(app, '{users{pagination{count}}}', {}, headers),
    isIn: isFine,
    seconds: 12 * 3600,
  },
};

interface Claims {
  readonly [claim: string]: unknown;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** A token's claims, changed, under our own key or another. */
function forged(good: string, changes: Claims, key?: KeyObject, header: object = {}): string {
  const { signing } = app.get(KeyRing);
  const claims = { ...claimsOf(good), ...changes };
  return jwt.sign(JSON.stringify(claims), key ?? signing.privateKey, {
    algorithm: 'RS512',
    header: { alg: 'RS512', typ: 'JWT', kid: signing.kid, ...header },
  });
}

const now = (): number => Math.floor(app.clock.now().getTime() / 1000);

describe.each(Object.keys(SURFACES))('a token of %s', (name) => {
  const { token, ask, isIn: hasEntered, seconds } = SURFACES[name] as Surface;
  let good: string;

  beforeAll(async () => {
    good = await token();
  });

  async function isIn(presented: string): Promise<boolean> {
    const answer = await ask({ authorization: `Bearer ${presented}` });
    expect([200, 401]).toContain(answer.status);
    return hasEntered(answer);
  }

  it('is taken, also when it is re-signed with the same claims', async () => {
    expect(await isIn(good)).toBe(true);
    expect(await isIn(forged(good, {}))).toBe(true);
  });

  it('is refused without a signature, however "none" is spelled (SEC-49)', async () => {
    const body = good.split('.')[1] ?? '';

    for (const alg of ['none', 'None', 'NONE', '']) {
      expect(await isIn(`${part({ alg, typ: 'JWT' })}.${body}.`)).toBe(false);
      expect(await isIn(`${part({ alg, typ: 'JWT', kid: app.get(KeyRing).signing.kid })}.${body}.x`)).toBe(false);
    }
  });

  it('is refused when it is signed with the public key as a shared secret (SEC-49)', async () => {
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

  it('is refused under other keys, and under keys that it brings along (SEC-49)', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = publicKey.export({ format: 'jwk' });
    const urls = { jku: 'http://127.0.0.1:1/jwks.json', x5u: 'http://127.0.0.1:1/' };
    const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

    for (const header of [{}, { kid: 'unknown' }, { kid: '../../secret' }, { jwk }, urls, { x5c: [der] }]) {
      expect([header, await isIn(forged(good, {}, privateKey, header))]).toEqual([header, false]);
    }
  });

  it('is refused under other algorithms, though the key is right (SEC-49)', async () => {
    const { kid, privateKey } = app.get(KeyRing).signing;

    for (const algorithm of ['RS256', 'RS384', 'PS512'] as const) {
      const header = { alg: algorithm, typ: 'JWT', kid };
      expect(await isIn(jwt.sign(JSON.stringify(claimsOf(good)), privateKey, { algorithm, header }))).toBe(false);
    }
  });

  it('is refused with a wrong issuer, audience, kind or id, though the signature is ours (SEC-49, SEC-50)', async () => {
    const audience = String(claimsOf(good)['aud']);
    const [surface] = audience.split(':');
    const wrong: Claims[] = [
      { iss: 'https://elsewhere.example' },
      { iss: null },
      { aud: 'shopify:default' },
      { aud: `${surface}:elsewhere` },
      { aud: surface },
      { aud: `x${audience}` },
      { aud: [audience, audience] },
      { aud: null },
      { aud: { toString: audience } },
      { jti: 'unknown' },
      { jti: null },
      { jti: 7 },
      { typ: 'refresh' },
      { typ: '' },
    ];

    for (const changes of wrong) expect([changes, await isIn(forged(good, changes))]).toEqual([changes, false]);
    expect(await isIn(forged(good, {}, undefined, { typ: 'at+jwt' }))).toBe(false);
  });

  it('is refused from the future, tolerating five seconds of skew (SEC-49, SEC-82)', async () => {
    const later = { iat: now() + 60 };

    for (const changes of [later, { ...later, nbf: now() - 60 }, { nbf: now() + 60 }, { iat: 'now' }, { nbf: 'now' }]) {
      expect([changes, await isIn(forged(good, changes))]).toEqual([changes, false]);
    }
    expect(await isIn(forged(good, { iat: now() + 4 }))).toBe(true);
  });

  it('is refused when it is mangled or overlong (SEC-3, SEC-49)', async () => {
    const [header, body, signature] = good.split('.');
    const flipped = `${header}.${body}.${(signature ?? '').replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`;

    for (const bad of [flipped, `${header}.${body}`, `${good}.x`, `${header}.${body}.${'x'.repeat(9000)}`]) {
      expect(await isIn(bad)).toBe(false);
    }
  });

  it('is refused when the same signature is spelled otherwise (SEC-49)', async () => {
    const spelled = good.slice(0, -1) + String.fromCharCode(good.charCodeAt(good.length - 1) + 1);
    const signatures = [good, spelled].map((one) => Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('hex'));

    expect(signatures[0]).toBe(signatures[1]); // the last letter has bits that stand for nothing
    expect(await isIn(spelled)).toBe(false);
  });

  it('lives as long as it says by our clock, and not a second longer (SEC-53, SEC-82)', async () => {
    const fresh = await token();
    const { iat, exp } = claimsOf(fresh);

    app.clock.advance(seconds - 1);
    expect(await isIn(fresh)).toBe(true);
    app.clock.advance(1);
    expect(await isIn(fresh)).toBe(false);
    expect(await isIn(forged(fresh, { exp: Number(exp) + 9999 }))).toBe(false); // the row says so too
    expect(Number(exp) - Number(iat)).toBe(seconds);
  });
});
