import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { aNewEmail, bearer, clientOf, operations, refusal, texts, tokenIn } from './wire.js';

const OPERATION = 'updateCustomerEmail';
const WRONG = refusal(OPERATION, 'Invalid login or password.', 'graphql-authentication');
const LOCKED = refusal(OPERATION, 'The account is locked.', 'graphql-authentication');
const TAKEN = refusal(OPERATION, texts.taken, 'graphql-already-exists');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

beforeEach(() => app.setUp({}));

afterAll(() => app.stop());

interface SignedIn extends TestCustomer {
  readonly token: string;
}

async function aSignedInCustomer(): Promise<SignedIn> {
  const customer = await app.aCustomer();
  return { ...customer, token: await app.signedIn(customer) };
}

const change = (ann: SignedIn, email: string, password = ann.password): Promise<Answer> =>
  clientOf(app)(operations[OPERATION], { email, password }, bearer(ann.token));

const emailOf = async (token: string): Promise<unknown> =>
  (await clientOf(app)(operations.customer, {}, bearer(token))).body.data?.customer?.email;

it('takes effect at once, keeps the presented token and ends every other one (SEC-78)', async () => {
  const ann = await aSignedInCustomer();
  const other = await app.signedIn(ann);
  const email = aNewEmail();

  const answer = await change(ann, email);

  expect(answer.body).toEqual({ data: { [OPERATION]: { customer: { id: ann.id, email } } } });
  expect(await emailOf(ann.token)).toBe(email);
  expect(await emailOf(other)).toBeUndefined();
  expect(await app.signedIn({ ...ann, email })).toEqual(expect.any(String));
  expect(tokenIn(await clientOf(app)(operations.generateCustomerToken, ann))).toBeNull();
});

it('tells both addresses, one mail each, without a link (SEC-35)', async () => {
  const ann = await aSignedInCustomer();
  const email = aNewEmail();

  await change(ann, email);

  for (const address of [ann.email, email]) {
    const mails = await app.mailsTo(address);
    expect(mails.map(({ subject }) => subject)).toEqual(['Your e-mail address for Demo Store was changed']);
    expect(mails.map(({ text, html }) => text + html).join()).not.toMatch(/https?:/);
  }
});

it('voids what was mailed to the old address, also where that comes back (SEC-26, SEC-29)', async () => {
  const ann = await aSignedInCustomer();
  await clientOf(app)(operations.requestPasswordResetEmail, { email: ann.email });
  const { secret: resetPasswordToken } = await app.lastMail(ann.email);
  const [there, newPassword] = [aNewEmail(), 'a password of a thief'];
  const reset = async (email: string): Promise<unknown> =>
    (await clientOf(app)(operations.resetPassword, { email, resetPasswordToken, newPassword })).body;

  await change(ann, there);
  const away = await reset(there);
  await change(ann, ann.email);
  const back = await reset(ann.email);

  expect([away, back]).toEqual(Array(2).fill(refusal('resetPassword', texts.mismatched)));
  expect(await emailOf(ann.token)).toBe(ann.email);
});

it('does nothing for the present address, whatever password comes along, and respells it for the right one', async () => {
  const ann = await aSignedInCustomer();
  const other = await app.signedIn(ann);

  const same = await change(ann, ann.email, 'whatever');
  const wrong = await change(ann, ann.email.toUpperCase(), 'whatever');
  const spelled = await change(ann, ann.email.replace('customer', 'Customer'));

  expect(same.body.data[OPERATION].customer.email).toBe(ann.email);
  expect(wrong.body).toEqual(WRONG);
  expect(spelled.body.data[OPERATION].customer.email).toBe(ann.email.replace('customer', 'Customer'));
  expect(await emailOf(other)).toBe(ann.email.replace('customer', 'Customer'));
  expect(await app.mailsTo(ann.email)).toEqual([]);
});

it('wants the current password before it looks at the address, and changes nothing else', async () => {
  const ann = await aSignedInCustomer();
  const taken = await app.aCustomer();

  for (const email of [aNewEmail(), taken.email, 'malformed', '']) {
    expect((await change(ann, email, '')).body).toEqual(
      refusal(OPERATION, 'Provide the current "password" to change "email".'),
    );
    expect((await change(ann, email, 'not the password')).body).toEqual(WRONG);
  }
  for (const email of ['malformed', '', 'a@b', 'a@b.co,c@d.co']) {
    expect((await change(ann, email)).body).toEqual(refusal(OPERATION, `"${email}" is not a valid email address.`));
  }
  expect(await emailOf(ann.token)).toBe(ann.email);
});

it.each(['private', 'vendor'])('tells that an address is taken, %s', async (disclosure) => {
  await app.setUp({ policy: { disclosure } });
  const [ann, taken] = [await aSignedInCustomer(), await app.aCustomer()];

  expect((await change(ann, taken.email.toUpperCase())).body).toEqual(TAKEN);
  expect(await emailOf(ann.token)).toBe(ann.email);
  expect(await app.mailsTo(taken.email)).toEqual([]);
});

it('shares the lock of the account, under which the right password is no better (SEC-41, SEC-42)', async () => {
  const ann = await aSignedInCustomer();

  const tries = [];
  for (let at = 0; at < 10; at += 1) tries.push((await change(ann, aNewEmail(), 'wrong')).body);
  const right = await change(ann, aNewEmail());

  expect(tries).toEqual([...Array(9).fill(WRONG), LOCKED]);
  expect(right.body).toEqual(LOCKED);
  expect(await emailOf(ann.token)).toBe(ann.email);
});

it('clears the failures with the right password', async () => {
  const ann = await aSignedInCustomer();

  for (let at = 0; at < 9; at += 1) await change(ann, aNewEmail(), 'wrong');
  await change(ann, aNewEmail());

  expect((await change(ann, aNewEmail(), 'wrong')).body).toEqual(WRONG);
});

it('is for customers who are signed in', async () => {
  const answer = await clientOf(app)(operations[OPERATION], { email: aNewEmail(), password: 'x' });

  expect(answer.body).toEqual(refusal(OPERATION, texts.unauthorized, 'graphql-authorization'));
});

it('answers by status where the shop wants that', async () => {
  await app.setUp({ adobe: { httpStatus: 'semantic' } });
  const [ann, taken] = [await aSignedInCustomer(), await app.aCustomer()];

  const statuses = [await change(ann, aNewEmail(), 'wrong'), await change(ann, taken.email)];

  expect(statuses.map(({ status }) => status)).toEqual([401, 200]);
});
