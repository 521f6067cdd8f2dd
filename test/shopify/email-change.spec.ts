import { Visitor } from '../pages/visitor.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { mailedReset, RESET_BY_URL, shopify, tokenOf, whoHas } from './storefront.js';

const UPDATE =
  'mutation P($customer: CustomerUpdateInput!, $token: String!) { customerUpdate(customer: $customer, customerAccessToken: $token) { customer { email firstName } customerAccessToken { accessToken } customerUserErrors { code field message } userErrors { field message } } }';
const LINK = /^http:\/\/localhost:3000\/account\/confirm\/(\d+)\/[A-Za-z0-9]{32}$/;
const REQUESTED = 'A new e-mail address for your account at Demo Store';

let app: TestApp;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

beforeEach(() => app.setUp({ shopify: { allowEmailChange: true } }));

afterAll(() => app.stop());

const aNewEmail = (): string => `moved-${(made += 1)}@example.com`;

async function signedIn(): Promise<{ ann: TestCustomer; token: string }> {
  const ann = await app.aCustomer();
  return { ann, token: await tokenOf(app, ann) };
}

const update = (token: string, customer: object): Promise<Answer> => shopify(app, UPDATE, { customer, token });

const subjectsOf = async (email: string): Promise<string[]> => (await app.mailsTo(email)).map(({ subject }) => subject);

/** Opens a mailed link and presses its button. */
async function confirm(link: string): Promise<Answer> {
  const visitor = new Visitor(app);
  await visitor.open(link);
  return visitor.page.status === 200 ? visitor.send({}) : visitor.page;
}

it('waits until the new address is confirmed from there, ends all sessions then and tells both (C4, SEC-35, SEC-78)', async () => {
  const { ann, token } = await signedIn();
  const email = aNewEmail();

  const { body } = await update(token, { email, firstName: 'Ada' });
  const before = await whoHas(app, token);
  const { subject, link, text } = await app.lastMail(email);
  const noticed = await subjectsOf(ann.email);
  const done = await confirm(link);

  expect(body.data.customerUpdate).toEqual({
    customer: { email: ann.email, firstName: 'Ada' },
    customerAccessToken: null,
    customerUserErrors: [],
    userErrors: [],
  });
  expect(before).toBe(ann.email);
  expect([subject, LINK.exec(link)?.[1]]).toEqual([
    'Confirm your new e-mail address for Demo Store',
    String(ann.number),
  ]);
  expect(text).not.toMatch(/Ada|Ann/); // the mailbox may be a stranger's
  expect(noticed).toEqual([REQUESTED]);
  expect(done.status).toBe(200);
  expect(await whoHas(app, token)).toBeNull();
  expect(await whoHas(app, await tokenOf(app, { ...ann, email }))).toBe(email);
  const changed = 'Your e-mail address for Demo Store was changed';
  expect(await subjectsOf(ann.email)).toEqual([REQUESTED, changed]);
  expect(await subjectsOf(email)).toEqual([subject, changed]);
});

it('looks the same for a taken address, whose owner is told instead (SEC-76)', async () => {
  const { ann, token } = await signedIn();
  const taken = await app.aCustomer();

  const { body } = await update(token, { email: taken.email });

  expect(body.data.customerUpdate).toEqual({
    customer: { email: ann.email, firstName: 'Ann' },
    customerAccessToken: null,
    customerUserErrors: [],
    userErrors: [],
  });
  expect(await subjectsOf(taken.email)).toEqual(['You have an account at Demo Store already']);
  expect((await app.lastMail(taken.email)).link).toBe('');
  expect(await subjectsOf(ann.email)).toEqual([REQUESTED]);
});

it('refuses an address that got another owner meanwhile, and spends nothing', async () => {
  const { ann, token } = await signedIn();
  const email = aNewEmail();
  await update(token, { email });
  const { link } = await app.lastMail(email);
  const rival = await app.aCustomer({ email });

  const late = await confirm(link);

  expect(late.status).toBe(404);
  expect(await whoHas(app, token)).toBe(ann.email);
  expect(await whoHas(app, await tokenOf(app, rival))).toBe(email);
});

it('asks after the password that came along, which would void it (SEC-29)', async () => {
  const { ann, token } = await signedIn();
  const email = aNewEmail();

  const { body } = await update(token, { email, password: 'another-kiln-7' });
  const { link } = await app.lastMail(email);
  const done = await confirm(link);

  expect(body.data.customerUpdate.customerAccessToken.accessToken).toEqual(expect.any(String));
  expect(done.status).toBe(200);
  expect(await tokenOf(app, { email, password: 'another-kiln-7' })).toEqual(expect.any(String));
  expect(await whoHas(app, token)).toBeNull();
  expect(ann.email).not.toBe(email);
});

it.each(['a password of the owner', 'a finished reset', 'another address', 'a second request'] as const)(
  'is void after %s (SEC-29)',
  async (event) => {
    const { ann, token } = await signedIn();
    const email = aNewEmail();
    await update(token, { email });
    const { link } = await app.lastMail(email);

    if (event === 'a password of the owner') await update(token, { password: 'another-kiln-7' });
    if (event === 'a second request') await update(token, { email: aNewEmail() });
    if (event === 'a finished reset') {
      const reset = await mailedReset(app, ann);
      await shopify(app, RESET_BY_URL, { resetUrl: reset.link, password: 'another-kiln-7' });
    }
    if (event === 'another address') {
      const jwt = await app.signedIn(ann);
      const change = 'mutation($e:String!,$p:String!){updateCustomerEmail(email:$e,password:$p){customer{id}}}';
      const bearer = { authorization: `Bearer ${jwt}` };
      await app.adobe(change, { e: aNewEmail(), p: ann.password }, bearer);
      await app.adobe(change, { e: ann.email, p: ann.password }, bearer);
    }

    expect((await confirm(link)).status).toBe(404);
    expect(await tokenOf(app, { email: ann.email, password: event === 'a second request' || event === 'another address' ? ann.password : 'another-kiln-7' })).toEqual(expect.any(String)); // prettier-ignore
  },
);

it('refuses what is no address with all the rest, and takes the present one for no change', async () => {
  const { ann, token } = await signedIn();

  const bad = await update(token, { email: 'foo@bar', firstName: 'Eve' });
  const same = await update(token, { email: ` ${ann.email.toUpperCase()}`, firstName: 'Ada' });

  expect(bad.body.data.customerUpdate).toMatchObject({
    customer: null,
    customerUserErrors: [{ code: 'INVALID', field: ['customer', 'email'], message: 'Email is invalid' }],
  });
  expect(same.body.data.customerUpdate).toMatchObject({ customer: { email: ann.email, firstName: 'Ada' } });
  expect(await subjectsOf(ann.email)).toEqual([]);
});

it('mails a session at most 5 times an hour, whatever addresses it names, and tells nothing (SEC-73)', async () => {
  const { ann, token } = await signedIn();
  const addresses = Array.from({ length: 7 }, aNewEmail);

  for (const email of addresses) {
    expect((await update(token, { email })).body.data.customerUpdate.customerUserErrors).toEqual([]);
  }

  const got = await Promise.all(addresses.map(async (email) => (await subjectsOf(email)).length));
  expect(got).toEqual([1, 1, 1, 1, 1, 0, 0]);
  expect(await subjectsOf(ann.email)).toHaveLength(5);
});

it('mails one address at most 5 times an hour, whoever asks (SEC-73)', async () => {
  const email = aNewEmail();

  for (let at = 0; at < 7; at += 1) await update((await signedIn()).token, { email });

  expect(await subjectsOf(email)).toHaveLength(5);
});
