import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf, operations, refusal, texts, told, tokenIn } from './wire.js';

const MINUTE = 60;
const NEW_PASSWORD = 'another fine password';
const REFUSED = refusal('generateCustomerToken', texts.signInRefused, 'graphql-authentication');
const LOCKED = refusal('changeCustomerPassword', 'The account is locked.', 'graphql-authentication');
const WRONG = refusal('changeCustomerPassword', 'Invalid login or password.', 'graphql-authentication');

let app: TestApp;

/** The limits would refuse a name long before its account is locked; the lock stays on without them. */
beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

function signIn({ email, password }: Pick<TestCustomer, 'email' | 'password'>): Promise<Answer> {
  return clientOf(app)(operations.generateCustomerToken, { email, password });
}

async function failToSignIn({ email }: TestCustomer, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await signIn({ email, password: 'wrong' });
}

/** Whether the right password lets the customer in. */
async function isOpen(customer: TestCustomer): Promise<boolean> {
  return tokenIn(await signIn(customer)) !== null;
}

it('locks at the tenth failure in a row, from wherever it comes (SEC-40)', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  await failToSignIn(ann, 9);
  await failToSignIn(bob, 10);

  expect(await isOpen(ann)).toBe(true);
  expect((await signIn(bob)).body).toEqual(REFUSED);
});

it('counts failures of all operations that take the password together (SEC-42)', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  await failToSignIn(ann, 5);
  const change = { currentPassword: 'wrong', newPassword: NEW_PASSWORD };
  const answers: unknown[] = [];
  for (let time = 0; time < 5; time += 1) {
    answers.push((await clientOf(app)(operations.changeCustomerPassword, change, bearer(token))).body);
  }

  expect(answers).toEqual([WRONG, WRONG, WRONG, WRONG, LOCKED]);
  expect(await isOpen(ann)).toBe(false);
});

it('counts from one again after a success, of that account only (SEC-41)', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  await failToSignIn(ann, 9);
  await failToSignIn(bob, 9);
  await signIn(ann);
  await failToSignIn(ann, 9);
  await failToSignIn(bob, 1);

  expect(await isOpen(ann)).toBe(true);
  expect(await isOpen(bob)).toBe(false);
});

it('answers to right and wrong passwords of a locked account with the same bytes (SEC-41)', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann, 10);

  const right = await signIn(ann);
  const wrong = await signIn({ ...ann, password: 'wrong' });

  expect(right.text).toBe(wrong.text);
  expect(told(right)).toEqual([200, REFUSED]);
});

it('tells nothing of the right password while it lasts, whatever else is wrong (SEC-41)', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer({ emailConfirmed: false })];
  const token = await app.signedIn(ann);
  await failToSignIn(ann, 10);
  await failToSignIn(bob, 10);

  const change = { currentPassword: ann.password, newPassword: 'short' };
  const changed = await clientOf(app)(operations.changeCustomerPassword, change, bearer(token));
  const unconfirmed = await signIn(bob);

  expect(changed.body).toEqual(LOCKED);
  expect(unconfirmed.body).toEqual(REFUSED);
});

it('ends by itself after ten minutes, to the second', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann, 10);

  app.clock.advance(10 * MINUTE - 1);
  const before = await isOpen(ann);
  app.clock.advance(1);
  const after = await isOpen(ann);

  expect([before, after]).toEqual([false, true]);
});

it('is not prolonged by tries while it lasts (SEC-41, SEC-43)', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann, 10);
  app.clock.advance(5 * MINUTE);
  await failToSignIn(ann, 25);
  app.clock.advance(5 * MINUTE);

  expect(await isOpen(ann)).toBe(true);
});

it('lasts twice as long each time it strikes in a row, an hour at most', async () => {
  const ann = await app.aCustomer();
  const lasted: number[] = [];
  for (const minutes of [10, 20, 40, 60, 60]) {
    await failToSignIn(ann, 10);
    app.clock.advance(minutes * MINUTE - 1);
    const { body } = await app.admin('GET', `/customers/${ann.number}`);
    const left = (Date.parse(String(body.lockedUntil)) - app.clock.now().getTime()) / 1000;
    lasted.push(minutes * MINUTE - 1 + left);
    app.clock.advance(1);
  }

  expect(lasted).toEqual([10, 20, 40, 60, 60].map((minutes) => minutes * MINUTE));
  expect(await isOpen(ann)).toBe(true);
});

it('stays after a hundred failures in a row, until the owner comes back by mail', async () => {
  const ann = await app.aCustomer();
  for (let strike = 0; strike < 10; strike += 1) {
    await failToSignIn(ann, 10);
    app.clock.advance(60 * MINUTE);
  }

  app.clock.advance(365 * 24 * 60 * MINUTE);
  const afterAYear = await isOpen(ann);
  await resetByMail(ann);

  expect(afterAYear).toBe(false);
  expect(await isOpen({ ...ann, password: NEW_PASSWORD })).toBe(true);
});

/** Through the mail, as the owner would. */
async function resetByMail({ email }: TestCustomer): Promise<unknown> {
  await clientOf(app)(operations.requestPasswordResetEmail, { email });
  const { secret } = await app.lastMail(email);
  const order = { email, resetPasswordToken: secret, newPassword: NEW_PASSWORD };
  return (await clientOf(app)(operations.resetPassword, order)).body;
}

it('does not keep the owner from a reset, which lifts it (SEC-38, SEC-43)', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann, 10);

  const reset = await resetByMail(ann);

  expect(reset).toEqual({ data: { resetPassword: true } });
  expect(await isOpen({ ...ann, password: NEW_PASSWORD })).toBe(true);
});

it('counts from one again after a reset', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann, 10);
  await resetByMail(ann);
  await failToSignIn(ann, 9);

  expect(await isOpen({ ...ann, password: NEW_PASSWORD })).toBe(true);
});

it('is lifted by staff', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann, 10);

  const { status } = await app.admin('POST', `/customers/${ann.number}/unlock`);

  expect(status).toBe(204);
  expect(await isOpen(ann)).toBe(true);
});

it('closes password checks only: who is signed in goes on reading, and may sign out', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  await failToSignIn(ann, 10);

  const change = { currentPassword: ann.password, newPassword: NEW_PASSWORD };
  const changed = await clientOf(app)(operations.changeCustomerPassword, change, bearer(token));
  const read = await clientOf(app)('{customer{email addresses{id}}}', {}, bearer(token));
  const revoked = await clientOf(app)(operations.revokeCustomerToken, {}, bearer(token));

  expect(changed.body).toEqual(LOCKED);
  expect(read.body).toEqual({ data: { customer: { email: ann.email, addresses: [] } } });
  expect(revoked.body).toEqual({ data: { revokeCustomerToken: { result: true } } });
});

it('holds against parallel guesses: few get through (SEC-40)', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  await failToSignIn(ann, 9);
  const change = { currentPassword: 'wrong', newPassword: NEW_PASSWORD };

  const guesses = await Promise.all(
    Array.from({ length: 12 }, () => clientOf(app)(operations.changeCustomerPassword, change, bearer(token))),
  );

  expect(guesses.map(({ body }): unknown => body)).toEqual(Array(12).fill(LOCKED));
  expect(await isOpen(ann)).toBe(false);
});

describe('with the limits on', () => {
  beforeEach(() => app.setUp({}));

  afterEach(() => app.setUp({ policy: { limits: 'off' } }));

  it('opens the name again, too, when staff unlocks the account or the owner resets the password', async () => {
    const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
    await failToSignIn(ann, 10);
    await failToSignIn(bob, 10);

    await app.admin('POST', `/customers/${ann.number}/unlock`);
    await resetByMail(bob);

    expect(await isOpen(ann)).toBe(true);
    expect(await isOpen({ ...bob, password: NEW_PASSWORD })).toBe(true);
  });

  it('leaves the name closed when only the lock has ended', async () => {
    const ann = await app.aCustomer();
    await failToSignIn(ann, 10);
    app.clock.advance(10 * MINUTE);

    expect(await isOpen(ann)).toBe(false);
    app.clock.advance(20 * MINUTE);
    expect(await isOpen(ann)).toBe(true);
  });
});
