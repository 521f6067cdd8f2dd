import { TestApp } from '../support/test-app.js';
import { asBase64, atAdmin, atClient, CRATE, logIn, RESET, sessionOf, START, WHO } from './operations.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [CRATE] });
});

afterAll(() => app.stop());

it('gets a buyer who forgot the password back in, and everybody else out', async () => {
  const ida = await app.aCustomer({ firstName: 'Ida' });
  const before = await sessionOf(app, ida);
  const elsewhere = await app.signedIn(ida);

  await atAdmin(app, START, { e: ida.email });
  const { secret, link } = await app.lastMail(ida.email);
  const reset = await atClient(app, RESET, { p: asBase64('a new password'), t: secret });
  const old = await logIn(app, ida);
  const after = await sessionOf(app, { ...ida, password: 'a new password' });

  expect(link).toBe(`http://localhost:3000/account/reset/${ida.number}/${secret}`);
  expect(reset.body).toEqual({ data: { userPasswordReset: 'Your password has been updated.' } });
  expect(old.body.errors[0].extensions.code).toBe('INVALID_CREDENTIALS');
  expect((await atClient(app, WHO, {}, before)).status).toBe(401);
  expect((await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${elsewhere}` })).status).toBe(401);
  expect((await atClient(app, WHO, {}, after)).body.data.user.email).toBe(ida.email);
  expect(await app.mailsTo(ida.email)).toHaveLength(2);
});

it('ends a session when the password is reset through Adobe (SEC-52)', async () => {
  const ida = await app.aCustomer();
  const session = await sessionOf(app, ida);
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ida.email });
  const { secret } = await app.lastMail(ida.email);
  const lived = await atClient(app, WHO, {}, session);

  await app.adobe(
    'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}',
    { e: ida.email, t: secret, p: 'a new password' },
  );

  const died = await atClient(app, WHO, {}, session);
  expect(lived.body.data.user.email).toBe(ida.email);
  expect(died.status).toBe(401);
  expect(died.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
});

it('spends a secret of its own through Adobe: it belongs to the customer, not to a dialect', async () => {
  const ida = await app.aCustomer();
  await atAdmin(app, START, { e: ida.email });
  const { secret } = await app.lastMail(ida.email);

  const reset = await app.adobe(
    'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}',
    { e: ida.email, t: secret, p: 'a new password' },
  );

  expect(reset.body).toEqual({ data: { resetPassword: true } });
});
