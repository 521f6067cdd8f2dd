import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { bearer, clientOf, engineRefusal, operations, refusal, texts, type Send } from './wire.js';

const OPERATION = 'changeCustomerPassword';
const NEW_PASSWORD = 'another fine password';
const WRONG = refusal(OPERATION, 'Invalid login or password.', 'graphql-authentication');
const UNAUTHORIZED = refusal(OPERATION, texts.unauthorized, 'graphql-authorization');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

interface SignedIn extends TestCustomer {
  readonly token: string;
}

async function aSignedInCustomer(given: Record<string, unknown> = {}): Promise<SignedIn> {
  const customer = await app.aCustomer(given);
  return { ...customer, token: await app.signedIn(customer) };
}

function change(customer: SignedIn, newPassword = NEW_PASSWORD, send: Send = clientOf(app)): Promise<Answer> {
  return send(operations[OPERATION], { currentPassword: customer.password, newPassword }, bearer(customer.token));
}

it("answers the vendor's own example", async () => {
  const customer = { number: 0, id: 1, email: 'roni_cost@example.com', password: 'roni_cost3@example.com' };
  const token = await app.signedIn(customer);

  const answer = await clientOf(app)(
    `mutation {
  changeCustomerPassword(
    currentPassword: "roni_cost3@example.com"
    newPassword: "roni_cost4@example.com"
  ) {
    id
    email
  }
}`,
    {},
    bearer(token),
  );

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ data: { changeCustomerPassword: { id: 1, email: 'roni_cost@example.com' } } });
  expect(await app.signedIn({ ...customer, password: 'roni_cost4@example.com' })).toEqual(expect.any(String));
});

it('answers with the whole customer', async () => {
  const ann = await aSignedInCustomer({ addresses: [{ city: 'Austin', lines: ['1 Main St'], defaultBilling: true }] });
  const query = operations[OPERATION].replace(
    '{id email}',
    '{firstname lastname default_billing addresses{city street}}',
  );

  const answer = await clientOf(app)(
    query,
    { currentPassword: ann.password, newPassword: NEW_PASSWORD },
    bearer(ann.token),
  );

  expect(answer.body.data[OPERATION]).toEqual({
    firstname: 'Ann',
    lastname: 'Lee',
    default_billing: expect.stringMatching(/^\d+$/),
    addresses: [{ city: 'Austin', street: ['1 Main St'] }],
  });
});

it('lets the new password in and the old one not any more', async () => {
  const ann = await aSignedInCustomer();

  const answer = await change(ann);

  expect(answer.body).toEqual({ data: { changeCustomerPassword: { id: ann.id, email: ann.email } } });
  expect(await app.signedIn({ ...ann, password: NEW_PASSWORD })).toEqual(expect.any(String));
  await expect(app.signedIn(ann)).rejects.toThrow(texts.signInRefused);
});

it('ends every session but the one that asked (SEC-52)', async () => {
  const ann = await aSignedInCustomer();
  const others = [await app.signedIn(ann), await app.signedIn(ann)];

  await change(ann);

  const who = async (token: string): Promise<number> =>
    (await app.adobe(operations.customer, {}, bearer(token))).status;
  expect([await who(ann.token), await who(others[0] ?? ''), await who(others[1] ?? '')]).toEqual([200, 401, 401]);
});

it('mails a notice without a link that signs in (SEC-35)', async () => {
  const ann = await aSignedInCustomer();

  await change(ann);

  const mails = await app.mailsTo(ann.email);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.subject).toMatch(/password/i);
  expect(mails[0]?.text).not.toMatch(/[A-Za-z0-9]{32}/);
});

it('is for customers who are signed in', async () => {
  const given = { currentPassword: 'whatever it is', newPassword: NEW_PASSWORD };

  const guest = await clientOf(app)(operations[OPERATION], given);
  const machine = await clientOf(app)(operations[OPERATION], given, bearer('demo-adobe-integration-token'));

  expect(guest.body).toEqual(UNAUTHORIZED);
  expect(machine.body).toEqual(UNAUTHORIZED);
});

it('asks who is there before it looks at the passwords', async () => {
  const answer = await clientOf(app)(operations[OPERATION], { currentPassword: '', newPassword: '' });

  expect(answer.body).toEqual(UNAUTHORIZED);
});

it.each([
  ['', NEW_PASSWORD, 'Specify the "currentPassword" value.'],
  ['  ', NEW_PASSWORD, 'Specify the "currentPassword" value.'],
  ['', '', 'Specify the "currentPassword" value.'],
  ['wrong', '', 'Specify the "newPassword" value.'],
  ['wrong', ' \t ', 'Specify the "newPassword" value.'],
])('wants both passwords: %j and %j', async (currentPassword, newPassword, message) => {
  const ann = await aSignedInCustomer();

  const answer = await clientOf(app)(operations[OPERATION], { currentPassword, newPassword }, bearer(ann.token));

  expect(answer.body).toEqual(refusal(OPERATION, message));
});

it('leaves a missing argument to GraphQL', async () => {
  const answer = await clientOf(app)('mutation{changeCustomerPassword(newPassword:"whatever it is"){id}}');

  expect(answer.body).toEqual(engineRefusal(/argument "currentPassword" of type "String!" is required/));
});

it.each(['not it', 'Correct horse battery', 'correct horse battery ', ' correct horse battery', 'correct horse'])(
  'refuses the current password %j and changes nothing',
  async (password) => {
    const ann = await aSignedInCustomer();

    const answer = await change({ ...ann, password });

    expect(answer.body).toEqual(WRONG);
    expect(await app.mailsTo(ann.email)).toEqual([]);
    expect(await app.signedIn(ann)).toEqual(expect.any(String));
  },
);

it('refuses the current password before it looks at the new one', async () => {
  const ann = await aSignedInCustomer();

  const answer = await change({ ...ann, password: 'wrong' }, 'short');

  expect(answer.body).toEqual(WRONG);
});

it.each([
  ['too short', 'short', texts.tooShort],
  ['too long', 'x'.repeat(257), texts.tooLong],
  ['beginning with a space', ' password', texts.edgeSpace],
  ['ending with a line break', 'password\n', texts.edgeSpace],
])('refuses a new password that is %s and changes nothing (SEC-17)', async (_, password, message) => {
  const ann = await aSignedInCustomer();

  const answer = await change(ann, password);

  expect(answer.body).toEqual(refusal(OPERATION, message));
  expect(await app.signedIn(ann)).toEqual(expect.any(String));
});

it('tells that the new password is the address before it tells that it is too short', async () => {
  const ann = await aSignedInCustomer({ email: 'c@d.co' });

  const answer = await change(ann, 'C@D.co');

  expect(answer.body).toEqual(refusal(OPERATION, texts.isEmail));
});

it('wants character classes only where the store does', async () => {
  const ann = await aSignedInCustomer();
  await app.setUp({ adobe: { requiredCharacterClasses: 3 } });

  const refused = await change(ann, 'only-small-letters');
  const accepted = await change(ann, 'Small-and-Great');

  expect(refused.body).toEqual(refusal(OPERATION, texts.tooFewClasses));
  expect(accepted.body.data[OPERATION].id).toBe(ann.id);
});

it('takes composed and decomposed letters for the same password (SEC-18)', async () => {
  const ann = await aSignedInCustomer({ password: 'caf\u00e9 au lait' });

  const answer = await change({ ...ann, password: 'cafe\u0301 au lait' }, 'th\u00e9 au citron');

  expect(answer.body.data[OPERATION].id).toBe(ann.id);
  expect(await app.signedIn({ ...ann, password: 'the\u0301 au citron' })).toEqual(expect.any(String));
});

it('locks the account at the tenth wrong password, and then refuses the right one too (SEC-41, SEC-42)', async () => {
  const ann = await aSignedInCustomer();
  const told: unknown[] = [];
  for (let times = 0; times < 10; times += 1) told.push((await change({ ...ann, password: 'wrong' })).body);

  const right = await change(ann);

  const locked = refusal(OPERATION, 'The account is locked.', 'graphql-authentication');
  expect(told).toEqual([...Array<unknown>(9).fill(WRONG), locked]);
  expect(right.body).toEqual(locked);
  expect(await app.mailsTo(ann.email)).toEqual([]);
  app.clock.advance(600);
  expect(await app.signedIn(ann)).toEqual(expect.any(String));
});

it('forgives earlier failures once the right password was given', async () => {
  const ann = await aSignedInCustomer();
  for (let times = 0; times < 9; times += 1) await change({ ...ann, password: 'wrong' });

  await change(ann);
  const wrong = await change({ ...ann, password: 'wrong' });

  expect(wrong.body).toEqual(WRONG);
});
