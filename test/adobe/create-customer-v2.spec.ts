import { TestApp, type Answer } from '../support/test-app.js';
import {
  aNewEmail,
  bodiesOf,
  clientOf,
  createCustomer,
  messageOf,
  operations,
  refusal,
  type Send,
  texts,
} from './wire.js';

const OPERATION = 'createCustomerV2';
const PASSWORD = 'a very good password';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

/** Creates a customer with what is given over what is needed. */
const create = (given: Record<string, unknown> = {}, send: Send = clientOf(app)): Promise<Answer> =>
  createCustomer(send, given);

/** Creates a customer and answers with some of its fields. */
function createFor(fields: string, given: Record<string, unknown> = {}): Promise<Answer> {
  const query = operations[OPERATION].replace('{id email}', `{${fields}}`);
  return clientOf(app)(query, { input: { email: aNewEmail(), firstname: 'Mira', lastname: 'Shah', ...given } });
}

it('makes a customer who can sign in, and signs nobody in', async () => {
  const email = aNewEmail();

  const answer = await create({ email });

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ data: { createCustomerV2: { customer: { id: expect.any(Number), email } } } });
  expect(await app.signedIn({ number: 0, id: 0, email, password: PASSWORD })).toEqual(expect.any(String));
});

it('keeps every field that was given', async () => {
  const input = {
    allow_remote_shopping_assistance: true,
    date_of_birth: '1972-03-11',
    firstname: 'Mira',
    gender: 2,
    is_subscribed: true,
    lastname: 'Shah',
    middlename: 'K.',
    prefix: 'Dr.',
    suffix: 'III',
    taxvat: 'DE 123',
  };

  const answer = await createFor(`${Object.keys(input).join(' ')} dob is_confirmed confirmation_status`, input);

  expect(answer.body.data.createCustomerV2.customer).toEqual({
    ...input,
    dob: '1972-03-11',
    is_confirmed: true,
    confirmation_status: 'ACCOUNT_CONFIRMATION_NOT_REQUIRED',
  });
});

it('keeps attributes of the shop as texts', async () => {
  const attributes = [
    { attribute_code: 'shoe_size', value: '42' },
    { attribute_code: 'colours', selected_options: [{ value: 'red' }, { value: 'blue' }] },
    { attribute_code: 'empty' },
    null,
  ];

  const answer = await createFor('custom_attributes{code __typename ... on AttributeValue{value}}', {
    custom_attributes: attributes,
  });

  expect(answer.body.data.createCustomerV2.customer.custom_attributes).toEqual([
    { __typename: 'AttributeValue', code: 'shoe_size', value: '42' },
    { __typename: 'AttributeValue', code: 'colours', value: 'red,blue' },
    { __typename: 'AttributeValue', code: 'empty', value: '' },
  ]);
});

it('takes null for a field that was left out', async () => {
  const fields = ['middlename', 'prefix', 'suffix', 'taxvat', 'date_of_birth', 'dob', 'gender'];
  const nothing = Object.fromEntries(
    [...fields, 'is_subscribed', 'allow_remote_shopping_assistance', 'custom_attributes', 'password'].map((name) => [
      name,
      null,
    ]),
  );

  const answer = await createFor(
    `${fields.join(' ')} is_subscribed allow_remote_shopping_assistance custom_attributes{code}`,
    nothing,
  );

  expect(answer.body.data.createCustomerV2.customer).toEqual({
    ...Object.fromEntries(fields.map((name) => [name, null])),
    is_subscribed: false,
    allow_remote_shopping_assistance: false,
    custom_attributes: [],
  });
});

it('keeps the address as it was typed, and knows it in any case', async () => {
  const answer = await createFor('email', { email: ' Typed.Like.This@Example.com ' });

  const again = await create({ email: 'typed.like.this@example.COM' });

  expect(answer.body.data.createCustomerV2.customer.email).toBe('Typed.Like.This@Example.com');
  expect(again.body).toEqual(refusal(OPERATION, texts.taken));
});

it.each([
  ['1972-03-11', '1972-03-11'],
  ['3/11/1972', '1972-03-11'],
  ['12/31/1999', '1999-12-31'],
  ['2000-02-29', '2000-02-29'],
  ['1970-01-01', '1970-01-01'],
  ['1/1/1970', '1970-01-01'],
  ['1899-12-31', '1899-12-31'],
  ['', null],
])('reads %j as a date of birth', async (given, expected) => {
  const answer = await createFor('date_of_birth dob', { date_of_birth: given });

  expect(answer.body.data.createCustomerV2.customer).toEqual({ date_of_birth: expected, dob: expected });
});

it('prefers date_of_birth to dob', async () => {
  const both = await createFor('dob', { date_of_birth: '1972-03-11', dob: '1980-01-01' });
  const old = await createFor('date_of_birth', { dob: '1980-01-01' });

  expect(both.body.data.createCustomerV2.customer.dob).toBe('1972-03-11');
  expect(old.body.data.createCustomerV2.customer.date_of_birth).toBe('1980-01-01');
});

it('subscribes to no newsletter where the shop has none', async () => {
  await app.setUp({ adobe: { newsletterActive: false } });

  const answer = await createFor('is_subscribed', { is_subscribed: true });

  expect(answer.body.data.createCustomerV2.customer.is_subscribed).toBe(false);
});

it('makes an account without password, which a reset gives one', async () => {
  const email = aNewEmail();

  const answer = await create({ email, password: null });
  await clientOf(app)(operations.requestPasswordResetEmail, { email });
  const { secret } = await app.lastMail(email);
  const reset = await clientOf(app)(operations.resetPassword, {
    email,
    resetPasswordToken: secret,
    newPassword: PASSWORD,
  });

  expect(answer.body.data.createCustomerV2.customer.email).toBe(email);
  expect(reset.body.data.resetPassword).toBe(true);
  expect(await app.signedIn({ number: 0, id: 0, email, password: PASSWORD })).toEqual(expect.any(String));
});

it('accepts letters outside ASCII before the @ where the realm does (SEC-12)', async () => {
  await app.setUp({ policy: { eai: true } });

  const answer = await createFor('email', { email: 'jørgen@somedomain.com' });

  expect(answer.body.data.createCustomerV2.customer.email).toBe('jørgen@somedomain.com');
});

it('makes one account of parallel requests for one address (SEC-14)', async () => {
  const email = aNewEmail();

  const answers = await Promise.all(Array.from({ length: 6 }, () => create({ email })));

  const refused = answers.filter((answer) => messageOf(answer) !== null);
  expect(bodiesOf(refused)).toEqual(Array(5).fill(refusal(OPERATION, texts.taken)));
});

it.each([
  [{ email: 'a@b.co' }, /Field "firstname" of required type "String!" was not provided/],
  [{}, /Field "email" of required type "String!" was not provided/],
  [{ email: 'a@b.co', firstname: 'A', lastname: null }, /Expected non-nullable type "String!" not to be null/],
  [
    { email: 'a@b.co', firstname: 'A', lastname: 'B', id: 1 },
    /Field "id" is not defined by type "CustomerCreateInput"/,
  ],
  [{ email: 'a@b.co', firstname: 'A', lastname: 'B', number: 1 }, /Field "number" is not defined/],
  [null, /must not be null/],
])('leaves %j to GraphQL (SEC-2)', async (input, message) => {
  const answer = await clientOf(app)(operations[OPERATION], { input });

  expect(answer.body.data).toBeUndefined();
  expect(answer.body.errors[0].message).toMatch(message);
});
