import { TestApp, type Answer } from '../support/test-app.js';
import { aNewEmail, bearer, bodiesOf, clientOf, createCustomer, messageOf, refusal, type Send, texts } from './wire.js';

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

it.each(['yesterday', '1972-13-01', '1999-02-29', '31/12/1999', '1972-3-1', '1972-03-11T00:00:00Z', '0/0/0000'])(
  'refuses %j as a date of birth',
  async (date) => {
    const answer = await create({ date_of_birth: date });

    expect(answer.body).toEqual(refusal(OPERATION, 'Invalid date'));
  },
);

it.each([
  '',
  'plainaddress',
  '#@%^%#$@#$@#.com',
  '@example.com',
  'Joe Smith <email@example.com>',
  'email.example.com',
  'email@example@example.com',
  'email@example.com (Joe Smith)',
  'email@example',
  'jørgen@somedomain.com',
])('refuses %j as an address', async (email) => {
  const answer = await create({ email });

  expect(answer.body).toEqual(refusal(OPERATION, `"${email}" is not a valid email address.`));
});

it.each([0, 4, -1])('refuses %d as a gender', async (gender) => {
  const answer = await create({ gender });

  expect(answer.body).toEqual(refusal(OPERATION, `"${gender}" is not a valid gender value.`));
});

it.each([
  ['short', texts.tooShort],
  ['', texts.tooShort],
  ['x'.repeat(257), texts.tooLong],
  [' password', texts.edgeSpace],
  ['password ', texts.edgeSpace],
])('refuses %j as a password (SEC-17)', async (password, message) => {
  const email = aNewEmail();

  const answer = await create({ email, password });

  expect(answer.body).toEqual(refusal(OPERATION, message));
  expect((await create({ email })).body.data.createCustomerV2.customer.email).toBe(email);
});

it('refuses the address as a password, after all else that is wrong with it', async () => {
  const email = aNewEmail();

  const same = await create({ email, password: email.toUpperCase() });
  const alsoShort = await create({ email: 'e@f.co', password: 'e@f.co' });

  expect(same.body).toEqual(refusal(OPERATION, texts.isEmail));
  expect(alsoShort.body).toEqual(refusal(OPERATION, texts.tooShort));
});

it('wants character classes only where the store does', async () => {
  await app.setUp({ adobe: { requiredCharacterClasses: 3 } });

  const answer = await create({ password: 'only-small-letters' });

  expect(answer.body).toEqual(refusal(OPERATION, texts.tooFewClasses));
});

it('wants both names, and tells each that is missing in an error of its own', async () => {
  const first = await create({ firstname: '' });
  const last = await create({ lastname: '  ' });
  const both = await create({ firstname: ' ', lastname: '' });

  expect(first.body).toEqual(refusal(OPERATION, '"First Name" is a required value.'));
  expect(last.body).toEqual(refusal(OPERATION, '"Last Name" is a required value.'));
  expect(both.body.data).toEqual({ createCustomerV2: null });
  expect(both.body.errors).toEqual([
    expect.objectContaining({ message: '"First Name" is a required value.', path: [OPERATION] }),
    expect.objectContaining({ message: '"Last Name" is a required value.', path: [OPERATION] }),
  ]);
});

it('wants them first and in one text in the older profile', async () => {
  await app.setUp({ adobe: { profile: '2.4.7' } });

  const first = await create({ firstname: '', password: 'short' });
  const both = await create({ firstname: '', lastname: ' ' });

  expect(first.body).toEqual(refusal(OPERATION, 'Required parameters are missing: First Name'));
  expect(both.body).toEqual(refusal(OPERATION, 'Required parameters are missing: First Name, Last Name'));
});

it('tells what is wrong in the order of the vendor', async () => {
  const { email } = await app.aCustomer();
  const faults = { email: 'x', gender: 9, password: 'short', firstname: '' };

  const answers = [
    await create(faults),
    await create({ ...faults, email }),
    await create({ ...faults, email, gender: 1 }),
    await create({ ...faults, email, gender: 1, password: PASSWORD }),
    await create({ email }),
  ];

  expect(answers.map(messageOf)).toEqual([
    '"x" is not a valid email address.',
    '"9" is not a valid gender value.',
    texts.tooShort,
    '"First Name" is a required value.',
    texts.taken,
  ]);
});

it('tells that an address is taken in both disclosures, and leaves its owner alone', async () => {
  const ann = await app.aCustomer();
  const answers = [await create({ email: ann.email, firstname: 'Mallory' })];
  await app.setUp({ policy: { disclosure: 'vendor' } });

  answers.push(await create({ email: ann.email, firstname: 'Mallory' }));

  const who = await app.adobe('{customer{id firstname}}', {}, bearer(await app.signedIn(ann)));
  expect(bodiesOf(answers)).toEqual([refusal(OPERATION, texts.taken), refusal(OPERATION, texts.taken)]);
  expect(who.body.data.customer).toEqual({ id: ann.id, firstname: 'Ann' });
});

it('makes ten accounts an hour for a network', async () => {
  const send = clientOf(app);
  for (let time = 0; time < 10; time += 1) await create({}, send);

  const eleventh = await create({}, send);
  const elsewhere = await create();
  app.clock.advance(3600);
  const later = await create({}, send);

  expect(eleventh.body).toEqual(refusal(OPERATION, texts.tooMany));
  expect(elsewhere.body.errors).toBeUndefined();
  expect(later.body.errors).toBeUndefined();
});

it('refuses custom attributes that are too long together, as the columns of every database do (SEC-3)', async () => {
  const selected_options = Array.from({ length: 80 }, (_, at) => ({ value: `${at}${'x'.repeat(950)}` }));

  const answer = await create({ custom_attributes: [{ attribute_code: 'colours', selected_options }] });

  expect(answer.body).toEqual(refusal(OPERATION, 'The custom attributes are too long.'));
});
