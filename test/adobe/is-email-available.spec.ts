import { TestApp } from '../support/test-app.js';
import { clientOf, engineRefusal, operations, refusal } from './wire.js';

const OPERATION = 'isEmailAvailable';
const answerOf = (isAvailable: boolean): object => ({
  data: { isEmailAvailable: { is_email_available: isAvailable } },
});

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

it('says that every address is available, as the vendor does by default (SEC-75)', async () => {
  const ann = await app.aCustomer();

  const taken = await clientOf(app)(operations[OPERATION], { email: ann.email });
  const free = await clientOf(app)(operations[OPERATION], { email: 'nobody@example.com' });

  expect(taken.status).toBe(200);
  expect(taken.body).toEqual(answerOf(true));
  expect(free.text).toBe(taken.text);
});

it('says so in vendor disclosure too, because the vendor has a setting of its own for this', async () => {
  await app.setUp({ policy: { disclosure: 'vendor' } });
  const ann = await app.aCustomer();

  const answer = await clientOf(app)(operations[OPERATION], { email: ann.email });

  expect(answer.body).toEqual(answerOf(true));
});

it('tells the truth where the store wants it, whatever the case of the address', async () => {
  await app.setUp({ adobe: { emailAvailableTruth: true } });
  const ann = await app.aCustomer();

  const taken = await clientOf(app)(operations[OPERATION], { email: ann.email.toUpperCase() });
  const free = await clientOf(app)(operations[OPERATION], { email: 'nobody@example.com' });

  expect(taken.body).toEqual(answerOf(false));
  expect(free.body).toEqual(answerOf(true));
});

it.each([
  ['', 'Email must be specified'],
  ['  ', 'Email must be specified'],
  ['ann', 'Email is invalid'],
  ['ann@example', 'Email is invalid'],
  ['ann@example.com\0', 'Email is invalid'],
])('refuses %j', async (email, message) => {
  const answer = await clientOf(app)(operations[OPERATION], { email });

  expect(answer.body).toEqual(refusal(OPERATION, message));
});

it('leaves a missing address to GraphQL', async () => {
  const answer = await clientOf(app)('{isEmailAvailable{is_email_available}}');

  expect(answer.body).toEqual(engineRefusal(/argument "email" of type "String!" is required/));
});
