import { generateKeyPairSync, KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { loadConfig } from '../../src/config/index.js';
import { demoSetup, readSetup, SetupService } from '../../src/store/index.js';
import { KeyRing } from '../../src/token/index.js';
import { TestApp } from '../support/test-app.js';
import { bearer, clientOf, operations, PUBLIC, PUBLIC_ANSWER, refusal, refusedWhole, texts, told } from './wire.js';

const GUEST = refusal('customer', texts.unauthorized, 'graphql-authorization');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

describe('the Store header', () => {
  it.each([undefined, '', '   ', 'default', 'DEFAULT', ' Default ', ' default'])(
    'means the default store: %j',
    async (store) => {
      const answer = await clientOf(app)(PUBLIC, {}, store === undefined ? {} : { store });

      expect(told(answer)).toEqual([200, PUBLIC_ANSWER]);
    },
  );

  it.each(['unknown', 'defaults', 'default,default', "default' OR 1=1", '*', '__proto__', 'x'.repeat(4000)])(
    'refuses the unknown store %j and executes nothing',
    async (store) => {
      const ann = await app.aCustomer();
      const query = `mutation{requestPasswordResetEmail(email:"${ann.email}")}`;

      const answers = [
        await clientOf(app)(query, {}, { store }),
        await clientOf(app)('{__typename a:customer{id} b:customer{id}}', {}, { store }),
      ];

      const notFound = refusedWhole('Requested store is not found');
      expect(answers.map(told)).toEqual([
        [200, notFound],
        [200, notFound],
      ]);
      expect(await app.mailsTo(ann.email)).toEqual([]);
    },
  );

  it('chooses among the stores of a realm; a shopper stays signed in', async () => {
    const settings = { code: 'french', name: 'Boutique', locale: 'fr', mailFrom: 'Boutique <salut@demo.example>' };
    const storefrontUrl = 'https://boutique.example';
    await app.setUp({ stores: [{ ...settings, storefrontUrl, adobe: {} }] });
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);

    const who = await clientOf(app)('{customer{email}}', {}, { ...bearer(token), store: ' french ' });
    await clientOf(app)(operations.requestPasswordResetEmail, { email: ann.email }, { store: 'french' });

    const mail = await app.lastMail(ann.email);
    expect(who.body).toEqual({ data: { customer: { email: ann.email } } });
    expect(mail.from).toBe('Boutique <salut@demo.example>');
    expect(mail.link).toMatch(/^https:\/\/boutique\.example\/customer\/account\/createPassword\/\?token=/);
  });

  it("refuses a store that does not speak Adobe's dialect", async () => {
    await app.setUp({ stores: [{ code: 'silent', name: 'Silent', mailFrom: 'silent@demo.example' }] });

    const answer = await clientOf(app)(PUBLIC, {}, { store: 'silent' });

    expect(answer.body).toEqual(refusedWhole('Requested store is not found'));
  });
});

describe('the Authorization header', () => {
  const REJECTED = refusedWhole('The token is invalid or has expired.', 'graphql-authentication');

  it.each(['bearer', 'Bearer', 'BEARER', 'bEaReR'])('reads the scheme %s', async (scheme) => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);

    const answer = await clientOf(app)('{customer{email}}', {}, { authorization: `${scheme} ${token}` });

    expect(answer.body).toEqual({ data: { customer: { email: ann.email } } });
  });

  it.each([
    ['empty', () => ''],
    ['the scheme alone', () => 'Bearer'],
    ['the scheme and a space', () => 'Bearer '],
    ['the token alone', (token: string) => token],
    ['two spaces', (token: string) => `Bearer  ${token}`],
    ['a third piece', (token: string) => `Bearer ${token} x`],
    ['another scheme', (token: string) => `Basic ${token}`],
  ])('means a guest when it is %s', async (_, header) => {
    const authorization = header(await app.signedIn(await app.aCustomer()));

    const own = await clientOf(app)('{customer{id}}', {}, { authorization });
    const open = await clientOf(app)(PUBLIC, {}, { authorization });

    expect(told(own)).toEqual([200, GUEST]);
    expect(told(open)).toEqual([200, PUBLIC_ANSWER]);
  });

  /** Tokens that are not to be believed, out of one that is. */
  const lies: [string, (token: string) => string][] = [
    ['nonsense', () => 'nonsense'],
    ['three parts of nonsense', () => 'a.b.c'],
    ['with another signature', (token) => `${token.slice(0, -6)}AAAAAA`],
    ['without signature', (token) => `${token.split('.').slice(0, 2).join('.')}.`],
    ['signed by nobody', (token) => jwt.sign(claimsOf(token), '', { algorithm: 'none' })],
    ['signed with the public key as a secret', (token) => signedWithPublicKey(token)],
    ['signed with another key', (token) => signedWithAnotherKey(token)],
    ['expired', (token) => (app.clock.advance(3600), token)],
    ['longer than 8 KiB', (token) => token + 'A'.repeat(8200)],
    ['the admin API’s', () => 'demo-admin-token'],
    ["Shopify's", () => 'demo-storefront-token'],
  ];

  it.each(lies)('refuses the whole request for a token that is %s (SEC-49, SEC-50)', async (_, lie) => {
    const token = lie(await app.signedIn(await app.aCustomer()));

    for (const query of ['{customer{id}}', PUBLIC, '{__typename}', operations.revokeCustomerToken]) {
      const answer = await clientOf(app)(query, {}, bearer(token));
      expect(told(answer)).toEqual([401, REJECTED]);
    }
  });

  it.each(lies)('means a guest in the older profile for a token that is %s', async (_, lie) => {
    await app.setUp({ adobe: { profile: '2.4.7' } });
    const token = lie(await app.signedIn(await app.aCustomer()));

    const own = await clientOf(app)('{customer{id}}', {}, bearer(token));
    const open = await clientOf(app)(PUBLIC, {}, bearer(token));

    expect(told(own)).toEqual([200, GUEST]);
    expect(told(open)).toEqual([200, PUBLIC_ANSWER]);
  });

  it('refuses a token of another realm, though the address is the same (SEC-50)', async () => {
    await setUpOtherRealm();
    const email = 'in.both.realms@example.com';
    const [here, there] = [await app.aCustomer({ email }), await app.aCustomer({ email, realm: 'other' })];
    const token = await app.signedIn(there, { store: 'other' });

    const foreign = await clientOf(app)('{customer{id}}', {}, bearer(token));
    const home = await clientOf(app)('{customer{id}}', {}, { ...bearer(token), store: 'other' });

    expect(told(foreign)).toEqual([401, REJECTED]);
    expect(home.body).toEqual({ data: { customer: { id: there.id } } });
    expect(here.id).not.toBe(there.id);
  });

  it('lets a machine ask what is open to everybody', async () => {
    const answer = await clientOf(app)(PUBLIC, {}, bearer('demo-adobe-integration-token'));

    expect(told(answer)).toEqual([200, PUBLIC_ANSWER]);
  });
});

describe('HTTP statuses with a meaning', () => {
  beforeEach(() => app.setUp({ adobe: { httpStatus: 'semantic' } }));

  it('are 401 for a failed sign-in and 403 where nobody is signed in', async () => {
    const email = 'nobody@example.com';

    const signIn = await clientOf(app)(operations.generateCustomerToken, { email, password: 'wrong' });
    const guest = await clientOf(app)(operations.customer);

    expect(told(signIn)).toEqual([
      401,
      refusal('generateCustomerToken', texts.signInRefused, 'graphql-authentication'),
    ]);
    expect(told(guest)).toEqual([403, GUEST]);
  });

  it('are 200 for input, for what GraphQL refuses, and for success', async () => {
    const answers = [
      await clientOf(app)(operations.requestPasswordResetEmail, { email: '' }),
      await clientOf(app)('{nope}'),
      await clientOf(app)('{'),
      await clientOf(app)(PUBLIC),
      await clientOf(app)(PUBLIC, {}, { store: 'unknown' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('go by the first error', async () => {
    const [empty, revoke] = ['requestPasswordResetEmail(email:"")', operations.revokeCustomerToken.slice(9, -1)];

    const inputFirst = await clientOf(app)(`mutation{${empty} ${revoke}}`);
    const guestFirst = await clientOf(app)(`mutation{${revoke} ${empty}}`);

    expect([inputFirst.body.errors.length, guestFirst.body.errors.length]).toEqual([2, 2]);
    expect([inputFirst.status, guestFirst.status]).toEqual([200, 403]);
  });
});

it('accepts and ignores the headers that storefronts send along', async () => {
  const headers = {
    'content-currency': 'EUR',
    'x-recaptcha': 'x',
    'x-captcha': 'x',
    'x-magento-cache-id': 'x',
    'preview-version': '1',
    'x-adobe-company': 'x',
  };

  const answer = await clientOf(app)(PUBLIC, {}, headers);

  expect(told(answer)).toEqual([200, PUBLIC_ANSWER]);
});

function claimsOf(token: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return parsed as Record<string, unknown>;
}

function kidOf(token: string): string {
  return String(jwt.decode(token, { complete: true })?.header.kid);
}

/** The public key, which everybody may have, misused as the secret of an HMAC. */
function signedWithPublicKey(token: string): string {
  const key = app.get(KeyRing).findPublic(kidOf(token));
  const pem = key instanceof KeyObject ? key.export({ type: 'spki', format: 'pem' }) : String(key);
  return jwt.sign(claimsOf(token), pem, { algorithm: 'HS256', keyid: kidOf(token) });
}

function signedWithAnotherKey(token: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return jwt.sign(claimsOf(token), privateKey, { algorithm: 'RS512', keyid: kidOf(token) });
}

/** A second realm with a store `other`, beside the default one. */
async function setUpOtherRealm(): Promise<void> {
  const store = { code: 'other', name: 'Other', mailFrom: 'other@demo.example', adobe: {} };
  const setup = { ...demoSetup, realms: [...demoSetup.realms, { code: 'other', stores: [store] }] };
  await app.get(SetupService).apply(readSetup(JSON.stringify(setup), loadConfig({ ...process.env })));
}
