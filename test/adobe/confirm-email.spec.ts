import { accepted } from '../shopify/multipass.js';
import { whoHas } from '../shopify/storefront.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { WIRES, wiresOf } from '../wires/wires.js';
import {
  aNewEmail,
  clientOf,
  createCustomer,
  engineRefusal,
  messageOf,
  operations,
  refusal,
  texts,
  tokenIn,
} from './wire.js';

const OPERATION = 'confirmEmail';
const PASSWORD = 'a very good password';
const UNCONFIRMED = "This account isn't confirmed. Verify and try again.";
const INVALID = refusal(OPERATION, 'The confirmation token is invalid. Verify the token and try again.');
const EXPIRED = refusal(OPERATION, 'This confirmation key is invalid or has expired.');
const FAILED = refusal(OPERATION, 'There was an error confirming the account');
const ACTIVE = refusal(OPERATION, 'The account is already active.');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

beforeEach(() => app.setUp({ adobe: { confirmationRequired: true } }));

afterAll(() => app.stop());

interface Waiting {
  readonly email: string;
  readonly key: string;
  readonly link: string;
}

/** An account that was made in a shop that wants addresses confirmed, and what was mailed for it. */
async function anAccountThatWaits(given: Record<string, unknown> = {}): Promise<Waiting> {
  const email = aNewEmail();
  await createCustomer(clientOf(app), { email, ...given });
  const { secret: key, link } = await app.lastMail(email);
  return { email, key, link };
}

const confirm = (email: string, key: string): Promise<Answer> => clientOf(app)(operations[OPERATION], { email, key });

const signIn = (email: string, password = PASSWORD): Promise<Answer> =>
  clientOf(app)(operations.generateCustomerToken, { email, password });

const subjectsOf = async (email: string): Promise<string[]> => (await app.mailsTo(email)).map(({ subject }) => subject);

it('makes an account that waits until the mailed key comes back, and welcomes its owner then', async () => {
  const email = aNewEmail();

  const made = await createCustomer(clientOf(app), { email });
  const { secret: key, link } = await app.lastMail(email);
  const early = await signIn(email);
  const confirmed = await confirm(email.toUpperCase(), key);
  const late = await signIn(email);

  const { id } = made.body.data.createCustomerV2.customer;
  expect(link).toBe(`http://localhost:3000/customer/account/confirm/?id=${id}&key=${key}`);
  expect(early.body).toEqual(refusal('generateCustomerToken', UNCONFIRMED, 'graphql-authentication'));
  expect(confirmed.body).toEqual({
    data: { confirmEmail: { customer: { id, email, is_confirmed: true, confirmation_status: 'ACCOUNT_CONFIRMED' } } },
  });
  expect(tokenIn(late)).toEqual(expect.any(String));
  expect(await subjectsOf(email)).toEqual(['Please confirm your account at Demo Store', 'Welcome to Demo Store']);
});

it('tells of an account that waits', async () => {
  const query =
    'mutation($input:CustomerCreateInput!){createCustomerV2(input:$input){customer{is_confirmed confirmation_status}}}';
  const input = { email: aNewEmail(), firstname: 'Mira', lastname: 'Shah', password: PASSWORD };

  const waiting = await clientOf(app)(query, { input });
  await app.setUp({});
  const open = await clientOf(app)(query, { input: { ...input, email: aNewEmail() } });

  expect(waiting.body.data.createCustomerV2.customer).toEqual({
    is_confirmed: false,
    confirmation_status: 'ACCOUNT_CONFIRMED',
  });
  expect(open.body.data.createCustomerV2.customer).toEqual({
    is_confirmed: true,
    confirmation_status: 'ACCOUNT_CONFIRMATION_NOT_REQUIRED',
  });
});

it('writes to the owner of a new account where no confirmation is wanted', async () => {
  await app.setUp({});
  const [withPassword, without] = [aNewEmail(), aNewEmail()];

  await createCustomer(clientOf(app), { email: withPassword });
  await createCustomer(clientOf(app), { email: without, password: null });
  const { subject, link, text, secret } = await app.lastMail(without);
  app.clock.advance(23 * 3600);
  const args = { email: without, resetPasswordToken: secret, newPassword: 'my own first password' };
  const set = await clientOf(app)(operations.resetPassword, args);

  expect(await subjectsOf(withPassword)).toEqual(['Welcome to Demo Store']);
  expect([subject, link]).toEqual([
    'Welcome to Demo Store',
    expect.stringMatching(
      /^http:\/\/localhost:3000\/customer\/account\/createPassword\/\?id=\d+&token=[A-Za-z0-9]{32}$/,
    ),
  ]);
  expect(text).toContain('To choose your password, open this link:');
  expect(set.body.data.resetPassword).toBe(true);
  expect(tokenIn(await signIn(without, 'my own first password'))).toEqual(expect.any(String));
});

it('lets nobody in through any wire until then, and through all of them from then on (SEC-79)', async () => {
  const { email, key } = await anAccountThatWaits();
  const wires = wiresOf(app);
  const through = (): Promise<(string | null)[]> =>
    Promise.all(WIRES.map((wire) => wires[wire].signIn(email, PASSWORD)));

  const early = await through();
  await confirm(email, key);

  expect(early).toEqual([null, null, null, null]);
  expect(await through()).toEqual(Array(4).fill(expect.any(String)));
});

it('is taken over by its owner, whom the shop vouches for, with nothing of what a stranger had set (SEC-79)', async () => {
  const { email, key } = await anAccountThatWaits();

  const token = await accepted(app, { email });

  expect(await whoHas(app, token)).toBe(email);
  expect((await confirm(email, key)).body).toEqual(FAILED);
  expect(tokenIn(await signIn(email))).toBeNull();
});

it('tells that it waits only to who knows the password, and up to 2.4.7 to nobody', async () => {
  const { email } = await anAccountThatWaits();

  const wrong = await signIn(email, 'not the password');
  await app.setUp({ adobe: { confirmationRequired: true, profile: '2.4.7' } });
  const legacy = await signIn(email);

  const refused = refusal('generateCustomerToken', texts.signInRefused, 'graphql-authentication');
  expect([wrong.body, legacy.body]).toEqual([refused, refused]);
});

it('is confirmed by a finished reset, which voids the key and what a stranger had set (SEC-38, SEC-79)', async () => {
  const { email, key } = await anAccountThatWaits();

  await clientOf(app)(operations.requestPasswordResetEmail, { email });
  const { secret: resetPasswordToken } = await app.lastMail(email);
  const args = { email, resetPasswordToken, newPassword: "the owner's password" };
  const reset = await clientOf(app)(operations.resetPassword, args);
  const late = await confirm(email, key);

  expect(reset.body.data.resetPassword).toBe(true);
  expect(messageOf(late)).toBe('There was an error confirming the account');
  expect(tokenIn(await signIn(email))).toBeNull();
  expect(tokenIn(await signIn(email, "the owner's password"))).toEqual(expect.any(String));
});

it('takes the key once, of the same address only, and of no other purpose (SEC-27, SEC-31)', async () => {
  const [one, other] = [await anAccountThatWaits(), await anAccountThatWaits()];
  await clientOf(app)(operations.requestPasswordResetEmail, { email: one.email });
  const { secret: resetSecret } = await app.lastMail(one.email);

  const crossed = await confirm(one.email, other.key);
  const reset = await confirm(one.email, resetSecret);
  const asReset = await clientOf(app)(operations.resetPassword, {
    email: one.email,
    resetPasswordToken: one.key,
    newPassword: 'another good password',
  });
  const right = await confirm(one.email, one.key);
  const again = await confirm(one.email, one.key);

  expect([crossed.body, reset.body]).toEqual([INVALID, INVALID]);
  expect(asReset.body).toEqual(refusal('resetPassword', texts.mismatched));
  expect(right.body.data.confirmEmail.customer.email).toBe(one.email);
  expect(again.body).toEqual(FAILED);
});

it.each(['', ' ', 'x', 'x'.repeat(32), 'x'.repeat(512), "' OR 1=1 --", '0'])('refuses the key %j', async (key) => {
  const { email, key: real } = await anAccountThatWaits();

  expect((await confirm(email, key)).body).toEqual(INVALID);
  expect((await confirm(email, real)).body.data.confirmEmail).not.toBeNull();
});

it('refuses a key after a day', async () => {
  const [early, late] = [await anAccountThatWaits(), await anAccountThatWaits()];

  app.clock.advance(24 * 3600 - 1);
  const inTime = await confirm(early.email, early.key);
  app.clock.advance(1);
  const tooLate = await confirm(late.email, late.key);

  expect(inTime.body.data.confirmEmail).not.toBeNull();
  expect(tooLate.body).toEqual(EXPIRED);
});

it('refuses malformed addresses, and tells nothing of unknown and confirmed ones (SEC-75)', async () => {
  const ann = await app.aCustomer();
  const key = 'x'.repeat(32);

  for (const email of ['', 'ann', 'ann@example', 'a@b.co, c@d.co']) {
    expect((await confirm(email, key)).body).toEqual(refusal(OPERATION, 'Email is invalid'));
  }
  expect((await confirm('nobody@example.com', key)).body).toEqual(FAILED);
  expect((await confirm(ann.email, key)).body).toEqual(FAILED);
});

it('tells of confirmed accounts where the realm speaks as the vendor does', async () => {
  await app.setUp({ policy: { disclosure: 'vendor' } });
  const ann = await app.aCustomer();

  expect((await confirm(ann.email, 'x'.repeat(32))).body).toEqual(ACTIVE);
  expect((await confirm('nobody@example.com', 'x'.repeat(32))).body).toEqual(FAILED);
});

it('does not confirm what staff have locked (SEC-81)', async () => {
  const { email, key } = await anAccountThatWaits();
  await app.database.transaction((tx) =>
    app.database.change(tx, "UPDATE customer SET disabled_by = 'staff' WHERE email = ?", [email]),
  );

  expect((await confirm(email, key)).body).toEqual(INVALID);
});

it('throttles a network that guesses (SEC-30)', async () => {
  const { email, key } = await anAccountThatWaits();
  const guesser = clientOf(app);

  for (let at = 0; at < 10; at += 1) await guesser(operations[OPERATION], { email, key: `${at}`.repeat(32) });

  expect((await guesser(operations[OPERATION], { email, key })).body).toEqual(FAILED);
  expect((await confirm(email, key)).body.data.confirmEmail).not.toBeNull();
});

it('leaves wrong types and unknown members to GraphQL (SEC-1, SEC-2)', async () => {
  const query = 'mutation($input:ConfirmEmailInput!){confirmEmail(input:$input){customer{id}}}';
  const email = 'a@b.co';

  for (const input of [{ email }, { email: [email], confirmation_key: 'x' }, { email, confirmation_key: 0 }]) {
    expect((await clientOf(app)(query, { input })).body).toEqual(engineRefusal(/Variable "\$/));
  }
  const more = await clientOf(app)(query, { input: { email, confirmation_key: 'x', id: 1 } });
  expect(more.body).toEqual(engineRefusal(/Field "id" is not defined by type "ConfirmEmailInput"/));
});
