import { TestApp, type TestCustomer } from '../support/test-app.js';
import { clientOf, operations, refusal, texts } from './wire.js';

/** Addresses that some database, mail server or library takes for `jose.kim@example.com`. */
const SPELLINGS = [
  ['an accent', 'josé.kim@example.com'],
  ['an accent of its own', 'jose\u0301.kim@example.com'],
  ['a dotless i', 'jose.k\u0131m@example.com'],
  ['a dotted capital i', 'jose.k\u0130m@example.com'],
  ['a Kelvin sign', 'jose.\u212aim@example.com'],
  ['a long s', 'jo\u017fe.kim@example.com'],
  ['a Cyrillic o', 'j\u043ese.kim@example.com'],
  ['full-width letters', '\uff4a\uff4f\uff53\uff45.kim@example.com'],
  ['a circled letter', '\u24d9ose.kim@example.com'],
  ['a superscript', 'jo\u02e2e.kim@example.com'],
  ['a zero-width space', 'jose\u200b.kim@example.com'],
  ['a zero-width joiner', 'jose\u200d.kim@example.com'],
  ['a soft hyphen', 'jo\u00adse.kim@example.com'],
  ['a byte order mark', '\ufeffjose.kim@example.com'],
  ['a full-width at sign', 'jose.kim\uff20example.com'],
  ['a full-width full stop', 'jose.kim@example\uff0ecom'],
  ['an ideographic full stop', 'jose.kim@example\u3002com'],
  ['a full-width domain', 'jose.kim@\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45.com'],
  ['a Kelvin sign in the domain', 'jose.kim@example.\u212aim'],
  ['a soft hyphen in the domain', 'jose.kim@exam\u00adple.com'],
  ['a no-break space after it', 'jose.kim@example.com\u00a0'],
  ['a tab after it', 'jose.kim@example.com\t'],
  ['a line break after it', 'jose.kim@example.com\n'],
  ['a NUL after it', 'jose.kim@example.com\0'],
  ['a NUL inside', 'jose.kim\0@example.com'],
  ['a full stop after it', 'jose.kim@example.com.'],
  ['quotation marks', '"jose.kim"@example.com'],
  ['a comment', 'jose.kim(work)@example.com'],
  ['a source route', '@evil.example:jose.kim@example.com'],
  ['an encoded word', '=?utf-8?q?jose=2Ekim?=@example.com'],
  ['a percent code', 'jose%2Ekim@example.com%00'],
  ['an address after it', 'jose.kim@example.com,x@evil.example'],
  ['a space inside', 'jose. kim@example.com'],
] as const;

let app: TestApp;
let jose: TestCustomer;

/** Without limits every try is looked at. */
beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  jose = await app.aCustomer({ email: 'jose.kim@example.com' });
});

afterAll(() => app.stop());

it.each(SPELLINGS)('an address with %s does not reach the account (SEC-12, SEC-13)', async (_, email) => {
  const send = clientOf(app);
  const secret = 'A'.repeat(32);
  const input = { email, firstname: 'A', lastname: 'B', password: 'a very good password' };

  const asked = await send(operations.requestPasswordResetEmail, { email });
  const signedIn = await send(operations.generateCustomerToken, { email, password: jose.password });
  const reset = await send(operations.resetPassword, {
    email,
    resetPasswordToken: secret,
    newPassword: 'whatever it is',
  });
  const created = await send(operations.createCustomerV2, { input });

  const malformed = 'The email address has an invalid format.';
  expect(asked.body).toEqual(refusal('requestPasswordResetEmail', malformed));
  expect(signedIn.body).toEqual(refusal('generateCustomerToken', texts.signInRefused, 'graphql-authentication'));
  expect(reset.body).toEqual(refusal('resetPassword', malformed));
  expect(created.body.errors).toMatchObject([{ message: expect.stringMatching(/ is not a valid email address\.$/) }]);
  expect(await app.mailsTo(jose.email)).toEqual([]);
});

it('where the realm takes letters of all scripts, another spelling is another account', async () => {
  await app.setUp({ policy: { limits: 'off', eai: true } });
  const send = clientOf(app);
  const [composed, decomposed] = ['josé.kim@example.com', 'jose\u0301.kim@example.com'];
  const input = { email: composed, firstname: 'José', lastname: 'Kim', password: 'a very good password' };

  const created = await send(operations.createCustomerV2, { input });
  const again = await send(operations.createCustomerV2, { input: { ...input, email: decomposed } });
  await send(operations.requestPasswordResetEmail, { email: decomposed });
  const crossed = await send(operations.generateCustomerToken, { email: composed, password: jose.password });

  expect(created.body.data.createCustomerV2.customer.email).toBe(composed);
  expect(created.body.data.createCustomerV2.customer.id).not.toBe(jose.id);
  expect(again.body.errors).toHaveLength(1);
  expect((await app.mailsTo(composed)).map(({ subject }) => subject)).toEqual([
    'Welcome to Demo Store',
    'Choose a new password for Demo Store',
  ]);
  expect(await app.mailsTo(jose.email)).toEqual([]);
  expect(crossed.body.errors).toHaveLength(1);
  await app.setUp({ policy: { limits: 'off' } });
});
