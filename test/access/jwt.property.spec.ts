import fc from 'fast-check';
import jwt from 'jsonwebtoken';
import { leastCpuMilliseconds } from '#lib/cpu-time';
import { KeyRing } from '../../src/token/index.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { atAdmin, atClient, sessionOf } from '../common-ground/operations.js';
import { TestApp, type Answer } from '../support/test-app.js';

type Ask = (token: string) => Promise<Answer>;

const MAX_MS = 250;

let app: TestApp;
let good: readonly string[];

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  const ann = await app.aCustomer();
  const buyer = (await sessionOf(app, ann))['authorization']?.slice(7) ?? '';
  good = [await app.signedIn(ann), await new CommerceLayerClient(app).customer(ann), buyer];
});

afterAll(() => app.stop());

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const CLIENT = { client_id: 'demo-integration', client_secret: 'demo-integration-secret' };

/** Everything that reads a JWT of a stranger. */
const READERS: Readonly<Record<string, Ask>> = {
  'Adobe GraphQL': (token) => app.adobe('{customer{email}}', {}, bearer(token)),
  'Adobe REST': (token) => app.request({ url: '/rest/V1/customers/me', headers: bearer(token) }),
  'Commerce Layer': (token) => app.request({ url: '/oauth/tokeninfo', headers: bearer(token) }),
  'Common Ground client': (token) => atClient(app, '{user{email}}', {}, bearer(token)),
  'Common Ground admin': (token) => atAdmin(app, '{users{pagination{count}}}', {}, bearer(token)),
  'OAuth revocation': (token) =>
    app.request({ method: 'POST', url: '/oauth/revoke', body: { ...CLIENT, token: token || 'x' } }),
};

const base64 = (text: string): string => Buffer.from(text).toString('base64url');
const kid = (): string => app.get(KeyRing).signing.kid;

/** Parts that have the form of a JWT, each of them right, hostile or nonsense. */
const json = fc.json({ maxDepth: 2 });
const header = fc.oneof(
  fc.constant(null),
  json,
  fc.constantFrom('{"alg":"none","typ":"JWT"}', '{"typ":"JWT"}', '{"alg":"RS512","typ":"JWT","kid":"__proto__"}', 'null', '[]', '7', '{'),
); // prettier-ignore
const payload = fc.oneof(
  fc.constantFrom('', 'null', '{', '"', '7', '[]', '{"jti":{}}', '\ud800', '\ufeff{}'),
  json,
  fc.string(),
);
const signature = fc.oneof(fc.constantFrom('', 'x', 'A'.repeat(342)), fc.base64String({ maxLength: 400 }));
const assembled = fc.tuple(header, payload, signature).map(
  ([head, body, end]) =>
    () =>
      [base64(head ?? `{"alg":"RS512","typ":"JWT","kid":"${kid()}"}`), base64(body), end.replace(/[+/=]/g, '_')].join(
        '.',
      ),
);
/** A good one that lost, gained or changed a piece. */
const damaged = fc
  .tuple(fc.nat(2), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), fc.stringMatching(/^[\w.-]{0,3}$/))
  .map(([which, where, cut, piece]) => () => {
    const token = good[which] ?? '';
    const at = Math.floor(where * (token.length - 1));
    const made = token.slice(0, at) + piece + token.slice(at + cut);
    return good.includes(made) ? `${made}x` : made;
  });
/** Claims of any kind under our own signature: of a program of the operator's that went wrong. */
const claimed = fc
  .dictionary(fc.constantFrom('jti', 'aud', 'iss', 'iat', 'exp', 'nbf', 'typ', 'uid'), fc.jsonValue({ maxDepth: 1 }))
  .map((claims) => () => {
    const { signing } = app.get(KeyRing);
    const said = JSON.stringify({ iss: 'http://localhost:3000', aud: 'adobe:default', ...claims });
    return jwt.sign(said, signing.privateKey, { algorithm: 'RS512', header: { alg: 'RS512', typ: 'JWT', kid: kid() } });
  });

it.each(Object.keys(READERS))('%s refuses whatever looks like a JWT, and never fails at it (SEC-49)', async (name) => {
  const ask = READERS[name] as Ask;

  await fc.assert(
    fc.asyncProperty(fc.oneof(assembled, damaged, claimed), async (make) => {
      const token = make();
      const { status, text } = await ask(token);
      expect([token, status < 500]).toEqual([token, true]);
      expect(text).not.toMatch(/"(email|application)":[^n]|Internal/);
    }),
    { numRuns: 150 * FUZZ },
  );
});

it.each(Object.keys(READERS))('%s refuses what is long at once, whatever it is made of (SEC-3)', async (name) => {
  const ask = READERS[name] as Ask;
  const took: number[] = [];

  for (const piece of ['.', 'A', 'eyJ', 'A.', '-', '=']) {
    const token = piece.repeat(8000 / piece.length);
    took.push(await leastCpuMilliseconds(MAX_MS, async () => expect((await ask(token)).status).toBeLessThan(500)));
  }

  expect(Math.max(...took)).toBeLessThan(MAX_MS);
});
