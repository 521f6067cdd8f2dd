import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const ASK = 'mutation($e:String!){requestPasswordResetEmail(email:$e)}';
const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const WHO = '{customer{email firstname}}';

it('brings a customer who forgot the password back in, and everybody else out', async () => {
  const ann = await app.aCustomer();
  const before = await app.signedIn(ann);

  const asked = await app.adobe(ASK, { e: ann.email });
  const { secret, link } = await app.lastMail(ann.email);
  const reset = await app.adobe(RESET, { e: ann.email, t: secret, p: 'a new password' });
  const again = await app.adobe(RESET, { e: ann.email, t: secret, p: 'another password' });
  const old = await app.adobe(SIGN_IN, { e: ann.email, p: ann.password });
  const after = await app.signedIn({ ...ann, password: 'a new password' });

  expect(asked.body).toEqual({ data: { requestPasswordResetEmail: true } });
  expect(link).toBe(`http://localhost:3000/customer/account/createPassword/?token=${secret}`);
  expect(reset.body).toEqual({ data: { resetPassword: true } });
  expect(again.body.errors[0].message).toBe('The password token is mismatched. Reset and try again.');
  expect(old.body.errors[0].extensions.category).toBe('graphql-authentication');
  expect((await app.adobe(WHO, {}, { authorization: `Bearer ${before}` })).status).toBe(401);
  expect((await app.adobe(WHO, {}, { authorization: `Bearer ${after}` })).body).toEqual({
    data: { customer: { email: ann.email, firstname: 'Ann' } },
  });
  expect((await app.mailsTo(ann.email)).map(({ subject }) => subject)).toHaveLength(2);
});
