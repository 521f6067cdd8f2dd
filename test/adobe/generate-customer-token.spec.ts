import { DomainError } from '../../src/common/domain-error.js';
import { SignInService } from '../../src/customer/index.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import {
  bearer,
  bodiesOf,
  clientOf,
  engineRefusal,
  operations,
  refusal,
  texts,
  told,
  tokenIn,
  type Send,
} from './wire.js';

const OPERATION = 'generateCustomerToken';
const REFUSED = refusal(OPERATION, texts.signInRefused, 'graphql-authentication');
const MINUTE = 60;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

type Given = Pick<TestCustomer, 'email' | 'password'>;

function signIn({ email, password }: Given, send: Send = clientOf(app)): Promise<Answer> {
  return send(operations[OPERATION], { email, password });
}

/** Fails to sign in with a name, each time from another network. */
async function failToSignIn(email: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await signIn({ email, password: 'wrong' });
}

function partOf(token: string, index: 0 | 1): Record<string, unknown> {
  const parsed: unknown = JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());
  return parsed as Record<string, unknown>;
}

it('answers with a token that says who the customer is, and nothing else of the account', async () => {
  const ann = await app.aCustomer();

  const answer = await signIn(ann);

  const token = tokenIn(answer) ?? '';
  const now = Math.floor(app.clock.now().getTime() / 1000);
  expect(answer.body).toEqual({ data: { generateCustomerToken: { token } } });
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(partOf(token, 0)).toEqual({ alg: 'RS512', typ: 'JWT', kid: expect.any(String) });
  expect(partOf(token, 1)).toEqual({
    uid: ann.id,
    utypid: 3,
    iss: 'http://localhost:3000',
    aud: 'adobe:default',
    iat: now,
    exp: now + 3600,
    jti: expect.any(String),
  });
  expect(token.split('.')[1]).toMatch(/^[A-Za-z0-9]+$/);
});

it('gives a new token each time and leaves the older ones valid (SEC-53)', async () => {
  const ann = await app.aCustomer();
  const tokens = [await app.signedIn(ann), await app.signedIn(ann)];

  const answers = await Promise.all(tokens.map((token) => app.adobe(operations.customer, {}, bearer(token))));

  const who = { data: { customer: { id: ann.id, email: ann.email } } };
  expect(tokens[0]).not.toBe(tokens[1]);
  expect(bodiesOf(answers)).toEqual([who, who]);
});

it('lets a token live for one hour, to the second', async () => {
  const token = await app.signedIn(await app.aCustomer());

  app.clock.advance(60 * MINUTE - 1);
  const before = await app.adobe(operations.customer, {}, bearer(token));
  app.clock.advance(1);
  const after = await app.adobe(operations.customer, {}, bearer(token));

  expect([before.status, after.status]).toEqual([200, 401]);
});

it.each([
  ['', 'x', 'Specify the "email" value.'],
  ['', '', 'Specify the "email" value.'],
  ['ann@example.com', '', 'Specify the "password" value.'],
])('wants an address and a password: %j and %j', async (email, password, message) => {
  const answer = await signIn({ email, password });

  expect(answer.body).toEqual(refusal(OPERATION, message));
});

it('leaves a missing argument to GraphQL', async () => {
  const answer = await clientOf(app)('mutation{generateCustomerToken(email:"a@b.co"){token}}');

  expect(answer.body).toEqual(engineRefusal(/argument "password" of type "String!" is required/));
});

it.each(['nobody@example.com', 'no address', ' ', 'ann@example', '"ann"@example.com'])(
  'refuses %j in the general words',
  async (email) => {
    const answer = await signIn({ email, password: 'whatever it is' });

    expect(answer.body).toEqual(REFUSED);
  },
);

it.each(['Correct horse battery', 'correct horse battery ', ' correct horse battery', 'correct horse', 'wrong'])(
  'refuses the password %j',
  async (password) => {
    const { email } = await app.aCustomer();

    const answer = await signIn({ email, password });

    expect(answer.body).toEqual(REFUSED);
  },
);

it('finds the account whatever the case of the address (SEC-12)', async () => {
  const ann = await app.aCustomer({ email: 'Some.Body@Example.com' });

  const answer = await signIn({ ...ann, email: ' sOME.bODY@eXAMPLE.cOM ' });

  expect(tokenIn(answer)).not.toBeNull();
});

it('takes composed and decomposed letters for the same password (SEC-18)', async () => {
  const ann = await app.aCustomer({ password: 'caf\u00e9 au lait' });

  const answer = await signIn({ ...ann, password: 'cafe\u0301 au lait' });

  expect(tokenIn(answer)).not.toBeNull();
});

it('refuses an account without password whatever is given (SEC-23)', async () => {
  const { email } = await app.aCustomer({ password: null });

  const answers = await Promise.all(['0', 'null', 'undefined'].map((password) => signIn({ email, password })));

  expect(bodiesOf(answers)).toEqual([REFUSED, REFUSED, REFUSED]);
});

it.each(['disabled', 'invited', 'declined'])('refuses the right password of a customer who is %s', async (state) => {
  const ann = await app.aCustomer({ state });

  const answer = await signIn(ann);

  expect(answer.body).toEqual(REFUSED);
});

it('tells that the account is not confirmed only to who knows the password', async () => {
  const ann = await app.aCustomer({ emailConfirmed: false });

  const right = await signIn(ann);
  const wrong = await signIn({ ...ann, password: 'wrong' });

  const unconfirmed = "This account isn't confirmed. Verify and try again.";
  expect(right.body).toEqual(refusal(OPERATION, unconfirmed, 'graphql-authentication'));
  expect(wrong.body).toEqual(REFUSED);
});

it('does not tell it at all in the older profile', async () => {
  await app.setUp({ adobe: { profile: '2.4.7' } });
  const ann = await app.aCustomer({ emailConfirmed: false });

  const answer = await signIn(ann);

  expect(answer.body).toEqual(REFUSED);
});

it('refuses a name after six failures, the right password too, until half an hour has passed', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann.email.toUpperCase(), 6);

  const seventh = await signIn(ann);
  app.clock.advance(30 * MINUTE - 1);
  const justBefore = await signIn(ann);
  app.clock.advance(1);
  const then = await signIn(ann);

  expect(seventh.body).toEqual(REFUSED);
  expect(justBefore.body).toEqual(REFUSED);
  expect(tokenIn(then)).not.toBeNull();
});

it('forgets five failures after one success', async () => {
  const ann = await app.aCustomer();
  await failToSignIn(ann.email, 5);
  await signIn(ann);
  await failToSignIn(ann.email, 5);

  const answer = await signIn(ann);

  expect(tokenIn(answer)).not.toBeNull();
});

it('counts failures of a name that nobody has all the same (SEC-45)', async () => {
  const email = 'not.yet@example.com';
  await failToSignIn(email, 6);
  const late = await app.aCustomer({ email });

  const answer = await signIn(late);

  expect(answer.body).toEqual(REFUSED);
});

it('keeps one name apart from the others', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  await failToSignIn(ann.email, 6);

  const answer = await signIn(bob);

  expect(tokenIn(answer)).not.toBeNull();
});

it('refuses a network after twenty failures under any names, and other networks not', async () => {
  const ann = await app.aCustomer();
  const send = clientOf(app);
  for (let time = 0; time < 20; time += 1) await signIn({ email: `spray-${time}@example.com`, password: 'x' }, send);

  const same = await signIn(ann, send);
  const other = await signIn(ann);
  app.clock.advance(10 * MINUTE);
  const later = await signIn(ann, send);

  expect(same.body).toEqual(REFUSED);
  expect(tokenIn(other)).not.toBeNull();
  expect(tokenIn(later)).not.toBeNull();
});

it('takes a whole network of IPv6 for one client (SEC-7)', async () => {
  const ann = await app.aCustomer();
  for (let time = 0; time < 20; time += 1) {
    await signIn({ email: `six-${time}@example.com`, password: 'x' }, clientOf(app, `2001:db8:1:2::${time + 1}`));
  }

  const neighbour = await signIn(ann, clientOf(app, '2001:db8:1:2:ffff:ffff:ffff:ffff'));
  const other = await signIn(ann, clientOf(app, '2001:db8:1:3::1'));

  expect(neighbour.body).toEqual(REFUSED);
  expect(tokenIn(other)).not.toBeNull();
});

it('has no limits where the realm switched them off', async () => {
  await app.setUp({ policy: { limits: 'off' } });
  const ann = await app.aCustomer();
  await failToSignIn(ann.email, 9);

  const answer = await signIn(ann);

  expect(tokenIn(answer)).not.toBeNull();
});

it('says when to come back while too many passwords are being checked (SEC-20)', async () => {
  const ann = await app.aCustomer();
  const busy = new DomainError('BUSY', { retryAfterSeconds: 3 });
  jest.spyOn(app.get(SignInService), 'signIn').mockRejectedValueOnce(busy);

  const answer = await signIn(ann);

  expect(told(answer)).toEqual([503, refusal(OPERATION, 'The service is busy. Please try again later.')]);
  expect(answer.headers['retry-after']).toBe('3');
});
