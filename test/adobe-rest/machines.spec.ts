import { HashQueueFull, PasswordHasher } from '../../libs/password-hash/src/index.js';
import { aNewEmail, texts, told } from '../adobe/wire.js';
import { applySetup } from '../setup/apply-setup.js';
import { PASSWORD, TestApp, type Answer } from '../support/test-app.js';
import { adminToken, callerOf, INTEGRATION, NO_ENTITY, NO_ENTITY_2 } from './wire.js';

const FOREIGN = 'foreign-realm-token-0123456789';
const HASH = '1defba37d4586b469b6800fb2506933a046bcf012160f5fbb36ff2c6a8b139d3:aZ09bY18cX27dW36eV45fU54gT63hS72:3_32_2_67108864'; // prettier-ignore

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  const store = { code: 'abroad', name: 'Abroad', mailFrom: 'Abroad <hello@abroad.example>', storefrontUrl: 'https://abroad.example', adobe: { integrationTokens: [FOREIGN], admins: [{ username: 'demo-admin', password: 'another-admin-password' }] } }; // prettier-ignore
  await applySetup(app, { realms: [{ code: 'abroad', stores: [store] }] });
});

afterAll(() => app.stop());

const register = (from: string, token?: string): Promise<Answer> =>
  app.request({
    method: 'POST',
    url: '/rest/V1/customers',
    from,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: { customer: { email: aNewEmail(), firstname: 'Mira', lastname: 'Shah' }, password: PASSWORD },
  });

it('limits how many customers a network makes, but not a machine', async () => {
  const [strangers, machines] = ['192.0.2.81', '192.0.2.82'];
  for (let times = 0; times < 10; times += 1) {
    expect((await register(strangers)).status).toBe(200);
    expect((await register(machines, INTEGRATION)).status).toBe(200);
  }

  expect(told(await register(strangers))).toEqual([400, { message: texts.tooMany }]);
  expect((await register(machines, INTEGRATION)).status).toBe(200);
});

it('keeps realms apart: ids, addresses and tokens of another one are nobody’s (SEC-65)', async () => {
  const ann = await app.aCustomer({ addresses: [{ city: 'Graz' }] });
  const { addresses, website_id } = (await callerOf(app, INTEGRATION)('GET', `customers/${ann.id}`)).body;
  const abroad = callerOf(app, FOREIGN);
  const customer = { email: ann.email, firstname: 'X', lastname: 'Y', website_id };
  const unknown = { message: NO_ENTITY, parameters: { fieldName: 'customerId', fieldValue: ann.id } };

  for (const [method, path, body] of [
    ['GET', `customers/${ann.id}`],
    ['PUT', `customers/${ann.id}`, { customer, passwordHash: HASH }],
    ['DELETE', `customers/${ann.id}`],
    ['GET', `customers/${ann.id}/confirm`],
    ['GET', `customers/${ann.id}/billingAddress`],
  ] as const) {
    expect(told(await abroad(method, `/rest/abroad/V1/${path}`, body))).toEqual([404, unknown]);
  }
  expect((await abroad('GET', `/rest/abroad/V1/customers/addresses/${addresses[0].id}`)).status).toBe(404);
  expect((await abroad('DELETE', `/rest/abroad/V1/addresses/${addresses[0].id}`)).status).toBe(404);
  const confirm = await abroad('POST', '/rest/abroad/V1/customers/confirm', { email: ann.email });
  expect(confirm).toMatchObject({ status: 404, body: { message: NO_ENTITY_2 } });
  expect((await callerOf(app, await app.signedIn(ann))('GET', '/rest/abroad/V1/customers/me')).status).toBe(401);
  expect((await callerOf(app, INTEGRATION)('GET', `customers/${ann.id}`)).body.firstname).toBe('Ann');
});

it('takes no link of another realm, whatever is sent along (SEC-26)', async () => {
  const ann = await app.aCustomer();
  await callerOf(app)('PUT', 'customers/password', { email: ann.email, template: 'email_reset' });
  const { secret } = await app.lastMail(ann.email);
  const abroad = callerOf(app);

  const check = await abroad('GET', `/rest/abroad/V1/customers/${ann.id}/password/resetLinkToken/${secret}`);
  const body = { email: ann.email, resetToken: secret, newPassword: 'another good password' };
  const reset = await abroad('POST', '/rest/abroad/V1/customers/resetPassword', body);

  expect([check, reset].map(told)).toEqual([
    [400, { message: texts.mismatched }],
    [400, { message: texts.mismatched }],
  ]);
});

it('knows administrators by their own store (SEC-50)', async () => {
  const body = { username: 'demo-admin', password: 'another-admin-password' };
  const [here, there] = [await callerOf(app)('POST', 'integration/admin/token', body), await callerOf(app)('POST', '/rest/abroad/V1/integration/admin/token', body)]; // prettier-ignore
  const ann = await app.aCustomer();

  expect([here.status, there.status]).toEqual([401, 200]);
  expect((await callerOf(app, there.body)('GET', `customers/${ann.id}`)).status).toBe(401);
  expect((await callerOf(app, await adminToken(app))('GET', `/rest/all/V1/customers/${ann.id}`)).status).toBe(200);
});

it('takes no token of an administrator from before a new password (SEC-52)', async () => {
  const ann = await app.aCustomer();
  const token = await adminToken(app);
  const read = async (presented: string): Promise<number> =>
    (await callerOf(app, presented)('GET', `customers/${ann.id}`)).status;
  app.clock.advance(1);
  await app.setUp({});
  expect(await read(token)).toBe(200);

  await app.setUp({ adobe: { admins: [{ username: 'demo-admin', password: 'a new admin password' }] } });

  expect(await read(token)).toBe(401);
  await app.setUp({});
  app.clock.advance(1);
  expect(await read(await adminToken(app))).toBe(200);
});

it('asks to come back while hashing is busy (SEC-20)', async () => {
  const ann = await app.aCustomer();
  const hasher = app.get(PasswordHasher);

  for (const path of ['customer', 'admin']) {
    const spy = jest.spyOn(hasher, 'verify').mockRejectedValueOnce(new HashQueueFull());
    const answer = await callerOf(app)('POST', `integration/${path}/token`, {
      username: ann.email,
      password: PASSWORD,
    });
    spy.mockRestore();
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(answer.body).toEqual({ message: 'The service is busy. Please try again later.' });
  }
});

it('hashes no password of a length that no administrator has (SEC-3)', async () => {
  const spy = jest.spyOn(app.get(PasswordHasher), 'verify');
  const refused = [401, { message: texts.signInRefused }];

  for (const body of [
    { username: 'demo-admin', password: 'x'.repeat(1025) },
    { username: 'x'.repeat(256), password: 'x' },
  ]) {
    // prettier-ignore
    expect(told(await callerOf(app)('POST', 'integration/admin/token', body))).toEqual(refused);
  }

  expect(spy).not.toHaveBeenCalled();
  spy.mockRestore();
});

it('writes every sign-in of an administrator into the audit trail, without the name (SEC-85)', async () => {
  app.logged.length = 0;
  await adminToken(app);
  await callerOf(app)('POST', 'integration/admin/token', { username: 'demo-admin', password: 'wrong' });

  const logged = app.logged.join('');
  expect(logged).toMatch(/"event":"staff_login_ok"/);
  expect(logged).toMatch(/"event":"staff_login_failed"/);
  expect(logged).not.toContain('demo-admin');
});
