import { HashQueueFull, PasswordHasher } from '../../libs/password-hash/src/index.js';
import { bearer, clientOf, operations } from '../adobe/wire.js';
import { adminToken, callerOf } from '../adobe-rest/wire.js';
import { CommerceLayerClient, passwordGrant } from '../commerce-layer/wire.js';
import { asBase64, atClient } from '../common-ground/operations.js';
import { CREATE, shopify, SIGN_IN } from '../shopify/storefront.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const LOGIN = 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}';

let app: TestApp;
let commerceLayer: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  commerceLayer = new CommerceLayerClient(app);
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

/** As if a hundred hashes were waiting, or had come to wait since somebody looked. */
function fillQueue(isSeen = true): void {
  const hasher = app.get(PasswordHasher);
  jest.spyOn(hasher, 'isFull', 'get').mockReturnValue(isSeen);
  for (const step of ['hash', 'verify'] as const) jest.spyOn(hasher, step).mockRejectedValue(new HashQueueFull());
}

type Ask = (customer: TestCustomer) => Promise<Answer>;

const SIGN_INS: Readonly<Record<string, Ask>> = {
  Adobe: ({ email, password }) => clientOf(app)(operations.generateCustomerToken, { email, password }),
  'Adobe REST': ({ email: username, password }) =>
    callerOf(app)('POST', 'integration/customer/token', { username, password }),
  "Adobe REST's administrators": () =>
    callerOf(app)('POST', 'integration/admin/token', { username: 'demo-admin', password: 'demo-admin-password-1' }),
  Shopify: ({ email, password }) => shopify(app, SIGN_IN, { input: { email, password } }),
  'Commerce Layer': ({ email }) => commerceLayer.oauth(passwordGrant(email)),
  'Common Ground': ({ email, password }) => atClient(app, LOGIN, { e: asBase64(email), p: asBase64(password) }),
};

/** The vendor's own words for it, where it has any. */
const WORDS: Readonly<Record<string, object>> = {
  Adobe: { errors: [{ message: 'The service is busy. Please try again later.' }] },
  'Adobe REST': { message: 'The service is busy. Please try again later.' },
  "Adobe REST's administrators": { message: 'The service is busy. Please try again later.' },
  Shopify: { errors: [{ extensions: { code: 'THROTTLED' } }] },
  'Commerce Layer': { errors: [{ status: 503 }] },
  'Common Ground': { errors: [{}] },
};

it.each(Object.keys(SIGN_INS))('refuses a sign-in to %s before the database is asked (SEC-20)', async (name) => {
  const ann = await app.aCustomer();
  await SIGN_INS[name]?.(ann); // the application and the storefront's token are known for some seconds
  fillQueue();
  app.statements.length = 0;

  const answer = await SIGN_INS[name]?.(ann);

  expect([answer?.status, answer?.headers['retry-after']]).toEqual([503, '1']);
  expect(answer?.body).toMatchObject(WORDS[name] ?? {});
  expect(app.statements.filter((sql) => /password_hash|failed_sign_ins|`event`/.test(sql))).toEqual([]);
});

it('refuses whoever asks for another password or an account, too, and changes nothing (SEC-20)', async () => {
  const ann = await app.aCustomer();
  const authorization = bearer(await app.signedIn(ann));
  fillQueue();

  const change = { currentPassword: ann.password, newPassword: 'another fine password' };
  const changed = await clientOf(app)(operations.changeCustomerPassword, change, authorization);
  const input = { email: 'new-here@example.com', password: 'a fine password' };
  const created = await shopify(app, CREATE, { input });
  jest.restoreAllMocks();

  for (const { status, headers } of [changed, created]) expect([status, headers['retry-after']]).toEqual([503, '1']);
  expect(await app.signedIn(ann)).toContain('.');
  expect((await app.admin('GET', `/customers?email=${input.email}`)).body.items).toEqual([]);
});

it.each([
  ['was full already', true],
  ['filled up meanwhile', false],
])('counts no failure for a refusal that judged nothing, when the queue %s', async (_, isSeen) => {
  const ann = await app.aCustomer();
  fillQueue(isSeen);
  const answers: Answer[] = [];
  for (const name of Object.keys(SIGN_INS)) {
    for (let time = 0; time < 25; time += 1) answers.push((await SIGN_INS[name]?.(ann)) as Answer);
  }
  jest.restoreAllMocks();

  expect(answers.filter(({ status }) => status !== 503)).toEqual([]);
  expect(await app.signedIn(ann)).toContain('.');
  expect(await adminToken(app)).toContain('.');
});
