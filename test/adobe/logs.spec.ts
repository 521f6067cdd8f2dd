import { CustomerService } from '../../src/customer/index.js';
import { databaseKind } from '../../src/config/index.js';
import { TestApp } from '../support/test-app.js';
import { bearer, clientOf, operations } from './wire.js';

const TRIGGER =
  databaseKind === 'sqlite'
    ? `CREATE TRIGGER broken BEFORE INSERT ON customer BEGIN SELECT RAISE(ABORT, 'the table is broken'); END`
    : `CREATE TRIGGER broken BEFORE INSERT ON customer FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the table is broken'`;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

/** The faults that were logged under an id, which is the request's. */
const faultsOf = (id: unknown): string[] =>
  app.logged.filter((line) => line.includes('a request failed') && line.includes(`"id":"${String(id)}"`));

const everythingLogged = (): string => app.logged.join('');

it('names no password, token or secret while an account is made, lost and found (SEC-21, SEC-85)', async () => {
  const send = clientOf(app);
  const email = 'mira.shah@example.com';
  const passwords = [
    'first-password-7351',
    'wrong-password-7352',
    'second-password-7353',
    'third-password-7354',
  ] as const;
  const [first, wrong, second, third] = passwords;
  const newcomer = { number: 0, id: 0, email, password: first };
  await send(operations.createCustomerV2, { input: { email, firstname: 'Mira', lastname: 'Shah', password: first } });
  await send(operations.generateCustomerToken, { email, password: wrong });
  const token = await app.signedIn(newcomer);
  const change = { currentPassword: first, newPassword: second };
  await send(operations.changeCustomerPassword, change, bearer(token));
  await send(operations.requestPasswordResetEmail, { email });
  const { secret } = await app.lastMail(email);
  await send(operations.resetPassword, { email, resetPasswordToken: secret, newPassword: 'short' });
  await send(operations.resetPassword, { email, resetPasswordToken: secret, newPassword: third });
  await send(operations.resetPassword, { email, resetPasswordToken: secret, newPassword: third });
  await send(operations.customer, {}, bearer(token));
  await send(`mutation{generateCustomerToken(email:"${email}",password:["${wrong}"]){token}}`);
  await send(operations.generateCustomerToken, { email: 'nobody.at.all@example.com', password: wrong });
  await send(operations.requestPasswordResetEmail, { email: 'nobody.at.all@example.com' });

  const logged = everythingLogged();

  expect(secret).toHaveLength(32);
  expect(logged).toContain('login_ok');
  expect(logged).toContain('reset_completed');
  for (const hidden of [...passwords, secret, ...token.split('.').slice(1), 'nobody.at.all', '$argon2']) {
    expect(logged).not.toContain(hidden);
  }
});

it('keeps the address of a query out, and what stands in it (SEC-11)', async () => {
  const query = operations.isEmailAvailable;
  const variables = JSON.stringify({ email: 'in.the.query@example.com' });

  await app.request({
    url: `/graphql?${new URLSearchParams({ query, variables, access_token: 'token-4711' }).toString()}`,
  });

  expect(everythingLogged()).toContain('"route":"/graphql"');
  expect(everythingLogged()).not.toMatch(/in\.the\.query|token-4711|isEmailAvailable/);
});

it("tells where a fault of the database is, and none of the statement's values (SEC-21, SEC-68)", async () => {
  await app.database.transaction((tx) => tx.query(TRIGGER));
  const input = {
    email: 'broken@example.com',
    firstname: 'Brokenhearted',
    lastname: 'B',
    password: 'password-of-hers',
  };

  const answer = await clientOf(app)(operations.createCustomerV2, { input });
  await app.database.transaction((tx) => tx.query('DROP TRIGGER broken'));

  const id: unknown = answer.body.errors[0].extensions.id;
  const lines = faultsOf(id);
  expect(answer.body.errors).toMatchObject([
    { message: 'Internal server error', extensions: { id: expect.any(String) } },
  ]);
  expect(answer.text).not.toMatch(/broken@|trigger|table|insert/i);
  expect(lines).toEqual([expect.stringContaining('the table is broken')]);
  expect(lines.join()).not.toMatch(/\$argon2|broken@example\.com|Brokenhearted|password-of-hers/);
});

it('answers the fault of a field, and of the session, without its cause, and logs it once', async () => {
  const token = await app.signedIn(await app.aCustomer());
  const select = app.database.select.bind(app.database);
  const failing = jest.spyOn(app.database, 'select').mockImplementation((sql, parameters) => {
    if (sql.includes('FROM access_token')) return Promise.reject(new Error('the connection is gone'));
    return select(sql, parameters);
  });
  const before = await clientOf(app)('{__typename}', {}, bearer(token));
  failing.mockRestore();
  jest.spyOn(app.get(CustomerService), 'addressesOf').mockRejectedValueOnce(new Error('the connection is gone'));
  const inside = await clientOf(app)('{customer{id addresses{id}}}', {}, bearer(token));

  expect(before.status).toBe(500);
  expect(before.body).toEqual({
    errors: [{ message: 'Internal server error', extensions: { id: expect.any(String) } }],
  });
  expect(inside.status).toBe(200);
  expect(inside.body.data).toEqual({ customer: { id: expect.any(Number), addresses: null } });
  for (const { body, headers } of [before, inside]) {
    expect(headers['x-request-id']).toBe(body.errors[0].extensions.id);
    expect(faultsOf(body.errors[0].extensions.id)).toEqual([expect.stringContaining('the connection is gone')]);
  }
});
