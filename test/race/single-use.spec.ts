import { databaseKind } from '../../src/config/index.js';
import { gid, shopify } from '../shopify/storefront.js';
import { TestApp } from '../support/test-app.js';

const RESET =
  'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
const SIGN_IN = 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}';
const CREATE =
  'mutation($e:String!){createCustomerV2(input:{email:$e,firstname:"A",lastname:"B",password:"correct horse battery"}){customer{id}}}';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const times = <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));

it('lets one of 16 parallel tries spend a reset token (SEC-28)', async () => {
  const ann = await app.aCustomer();
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
  const { secret } = await app.lastMail(ann.email);

  const tries = await times(16, (at) => app.adobe(RESET, { e: ann.email, t: secret, p: `a new password ${at}` }));

  const winners = tries.flatMap(({ body }, at) => (body.data.resetPassword === true ? [at] : []));
  expect(winners).toHaveLength(1);
  const refused = tries.filter(
    ({ body }) => body.errors?.[0].message === 'The password token is mismatched. Reset and try again.',
  );
  expect(refused).toHaveLength(15);
  expect(await app.signedIn({ ...ann, password: `a new password ${winners[0]}` })).toContain('.');
  expect((await app.mailsTo(ann.email)).filter(({ subject }) => /changed/i.test(subject))).toHaveLength(1);
});

it('counts 50 parallel wrong passwords exactly, and locks at the tenth (SEC-40)', async () => {
  const ann = await app.aCustomer();

  const tries = await times(50, (at) => app.adobe(SIGN_IN, { e: ann.email, p: `wrong ${at}` }, {}, `198.51.100.${at}`));

  expect(tries.every(({ body }) => body.data.generateCustomerToken === null)).toBe(true);
  expect(await failuresOf(ann.number)).toBe(10);
  const { body } = await app.admin('GET', `/customers/${ann.number}`);
  expect(new Date(body.lockedUntil).getTime() - app.clock.now().getTime()).toBe(10 * 60_000);
});

it('reveals nothing to a right password among guesses that locked the account (SEC-41)', async () => {
  const ann = await app.aCustomer();

  await times(12, (at) => app.adobe(SIGN_IN, { e: ann.email, p: `wrong ${at}` }));
  const right = await app.adobe(SIGN_IN, { e: ann.email, p: ann.password });

  expect(right.body.data.generateCustomerToken).toBeNull();
});

it('makes one account of 16 parallel registrations of one address (SEC-14)', async () => {
  const tries = await times(16, () => app.adobe(CREATE, { e: 'race@example.com' }, {}, '198.51.100.77'));

  expect(tries.filter(({ body }) => body.data?.createCustomerV2)).toHaveLength(1);
  const refused = tries.filter(({ body }) => /already exists/.test(body.errors?.[0].message ?? ''));
  expect(refused).toHaveLength(15);
});

it('keeps at most two reset links alive when many are asked for at once (SEC-29)', async () => {
  const alive: boolean[][] = [];
  // several times: requests that happen not to meet prove nothing
  for (const ann of [await app.aCustomer(), await app.aCustomer(), await app.aCustomer(), await app.aCustomer()]) {
    await times(8, () => app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email }));
    const secrets = (await app.mailsTo(ann.email)).map(({ text }) => /[A-Za-z0-9]{32}/.exec(text)?.[0] ?? '');
    alive.push(await Promise.all(secrets.map((secret) => opens(secret))));
  }

  expect(alive.map((pages) => [pages.length, pages.filter(Boolean).length])).toEqual(alive.map(() => [8, 2]));
});

const ACTIVATE =
  'mutation($id:ID!,$t:String!,$p:String!){customerActivate(id:$id,input:{activationToken:$t,password:$p}){customerAccessToken{accessToken}customerUserErrors{code}}}';

it('lets one of 16 parallel tries activate an account (SEC-28)', async () => {
  const ann = await app.aCustomer({ password: null, state: 'disabled' });
  const { body } = await app.admin('POST', `/customers/${ann.number}/activation-url`);
  const t = String(body.url).split('/').at(-1);

  const tries = await times(16, (at) =>
    shopify(app, ACTIVATE, { id: gid(ann.number), t, p: `a first password ${at}` }),
  );

  const outcomes = tries.map((answer) => answer.body.data.customerActivate);
  const winners = outcomes.flatMap(({ customerAccessToken }, at) => (customerAccessToken ? [at] : []));
  expect(winners).toHaveLength(1);
  const told = outcomes.flatMap(({ customerUserErrors: [refusal] }) => (refusal ? [refusal.code] : []));
  expect(told).toHaveLength(15);
  expect(told.every((code) => ['TOKEN_INVALID', 'ALREADY_ENABLED'].includes(code))).toBe(true);
  expect(await app.signedIn({ ...ann, password: `a first password ${winners[0]}` })).toContain('.');
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
});

it('keeps one of 8 activation links that staff make at once', async () => {
  const ann = await app.aCustomer({ password: null, state: 'disabled' });

  const made = await times(8, () => app.admin('POST', `/customers/${ann.number}/activation-url`));
  const tries = [];
  for (const { body } of made) {
    const t = String(body.url).split('/').at(-1);
    tries.push(await shopify(app, ACTIVATE, { id: gid(ann.number), t, p: '' }));
  }

  const told = tries.map(({ body }) => body.data.customerActivate.customerUserErrors[0].code);
  expect(told.sort()).toEqual(['BLANK', ...Array(7).fill('TOKEN_INVALID')]);
});

/** Whether the page behind a link shows the form; looking spends nothing. */
async function opens(secret: string): Promise<boolean> {
  const link = await app.request({ url: `/customer/account/createPassword/?token=${secret}` });
  const cookie = String(link.headers['set-cookie']).split(';')[0] ?? '';
  const form = await app.request({ url: '/account/reset', headers: { cookie } });
  return form.status === 200;
}

async function failuresOf(number: number): Promise<number> {
  const [row] = await app.database.select('SELECT failed_sign_ins AS failures FROM customer WHERE number = ?', [
    number,
  ]);
  return Number(row?.['failures']);
}

it('mixes and loses nothing when 50 verbs run at once', async () => {
  const customers = await times(50, () => app.aCustomer());
  const tokens = await times(50, (at) => app.signedIn(customers[at] ?? { number: 0, id: 0, email: '', password: '' }));

  const answers = await times(50, (at) =>
    app.adobe('{customer{email}}', {}, { authorization: `Bearer ${tokens[at]}` }),
  );
  const failed = await times(50, (at) => app.adobe(SIGN_IN, { e: customers[at]?.email, p: 'wrong password' }));

  expect(answers.map(({ body }) => body.data.customer.email)).toEqual(customers.map(({ email }) => email));
  expect(failed.every(({ status }) => status === 200)).toBe(true);
  expect(await times(50, (at) => failuresOf(customers[at]?.number ?? 0))).toEqual(Array(50).fill(1));
  expect(databaseKind).toBe(process.env['DB'] === 'mariadb' ? 'mysql' : 'sqlite');
});
