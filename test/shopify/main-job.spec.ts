import { TestApp } from '../support/test-app.js';
import { gid, mailedReset, RESET, RESET_BY_URL, shopify, SIGN_IN, tokenOf, whoHas } from './storefront.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const ADOBE_RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
const ADOBE_ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const ADOBE_WHO = '{customer{email}}';

it('brings a customer who forgot the password back in, and everybody else out (SEC-28, SEC-36)', async () => {
  const ann = await app.aCustomer();
  const before = await tokenOf(app, ann);

  const { secret, link } = await mailedReset(app, ann);
  const reset = await shopify(app, RESET, {
    id: gid(ann.number),
    input: { resetToken: secret, password: 'a new password' },
  });
  const again = await shopify(app, RESET, {
    id: gid(ann.number),
    input: { resetToken: secret, password: 'another password' },
  });
  const old = await shopify(app, SIGN_IN, { input: { email: ann.email, password: ann.password } });
  const after: unknown = reset.body.data.customerReset.customerAccessToken.accessToken;

  expect(link).toBe(`http://localhost:3000/account/reset/${ann.number}/${secret}`);
  expect(reset.body.data.customerReset).toEqual({
    customer: { id: gid(ann.number) },
    customerAccessToken: { accessToken: expect.stringMatching(/^[\w-]{43}$/) },
    customerUserErrors: [],
    userErrors: [],
  });
  expect(again.body.data.customerReset.customerUserErrors).toMatchObject([{ code: 'TOKEN_INVALID' }]);
  expect(old.body.data.customerAccessTokenCreate.customerUserErrors).toMatchObject([{ code: 'UNIDENTIFIED_CUSTOMER' }]);
  expect(await whoHas(app, before)).toBeNull();
  expect(await whoHas(app, String(after))).toBe(ann.email);
  expect(await whoHas(app, await tokenOf(app, { ...ann, password: 'a new password' }))).toBe(ann.email);
});

it('ends a token of this dialect when the password is reset through Adobe (SEC-52)', async () => {
  const ann = await app.aCustomer();
  const token = await tokenOf(app, ann);

  await app.adobe(ADOBE_ASK, { e: ann.email });
  const { secret } = await app.lastMail(ann.email);
  await app.adobe(ADOBE_RESET, { e: ann.email, t: secret, p: 'a new password' });

  expect(await whoHas(app, token)).toBeNull();
});

it("ends Adobe's token when the password is reset through this dialect, by either dialect's link (SEC-52)", async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);

  await app.adobe(ADOBE_ASK, { e: ann.email }, {}, '198.18.200.1');
  const { secret } = await app.lastMail(ann.email);
  const resetUrl = `http://localhost:3000/account/reset/${ann.number}/${secret}`;
  const reset = await shopify(app, RESET_BY_URL, { resetUrl, password: 'a new password' });

  expect(reset.body.data.customerResetByUrl.customer).toEqual({ id: gid(ann.number) });
  expect((await app.adobe(ADOBE_WHO, {}, { authorization: `Bearer ${token}` })).status).toBe(401);
});
