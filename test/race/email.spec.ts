import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { aNewEmail, bearer, clientOf, messageOf, operations } from '../adobe/wire.js';
import { Visitor } from '../pages/visitor.js';
import { shopify, tokenOf } from '../shopify/storefront.js';

const UPDATE =
  'mutation P($email: String!, $token: String!) { customerUpdate(customer: { email: $email }, customerAccessToken: $token) { customer { email } customerUserErrors { code } } }';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, shopify: { allowEmailChange: true } });
});

afterAll(() => app.stop());

const times = <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));

const ask = (token: string, email: string): Promise<Answer> => shopify(app, UPDATE, { email, token });

async function recorded({ number }: TestCustomer): Promise<{ email: string; emailConfirmed: boolean }> {
  return (await app.admin('GET', `/customers/${number}`)).body;
}

/** Somebody with the form of a mailed link open, and nothing sent yet. */
async function atTheForm(link: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.open(link);
  return visitor;
}

it('lets one of 16 parallel tries confirm an account (SEC-28)', async () => {
  const ann = await app.aCustomer({ emailConfirmed: false });
  await clientOf(app)(operations.resendConfirmationEmail, { email: ann.email });
  const { secret: key } = await app.lastMail(ann.email);

  const tries = await times(16, () => clientOf(app)(operations.confirmEmail, { email: ann.email, key }));

  expect(tries.filter(({ body }) => body.data.confirmEmail)).toHaveLength(1);
  expect(tries.filter((answer) => messageOf(answer) !== null)).toHaveLength(15);
  expect(await recorded(ann)).toMatchObject({ emailConfirmed: true });
  expect(await app.mailsTo(ann.email)).toHaveLength(2);
});

it('lets one of 16 parallel tries change the address (SEC-28)', async () => {
  const ann = await app.aCustomer();
  const email = aNewEmail();
  await ask(await tokenOf(app, ann), email);
  const { link } = await app.lastMail(email);
  const visitors = await times(16, () => atTheForm(link));

  const sent = await Promise.all(visitors.map((visitor) => visitor.send({})));

  expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(sent.filter(({ status }) => status === 404)).toHaveLength(15);
  expect((await recorded(ann)).email).toBe(email);
  expect(await app.mailsTo(email)).toHaveLength(2);
});

it('keeps one of 8 changes that are asked for at once, and gives the address that its own mail went to (SEC-78)', async () => {
  const ann = await app.aCustomer();
  const token = await tokenOf(app, ann);
  const addresses = Array.from({ length: 8 }, aNewEmail);

  await times(8, (at) => ask(token, addresses[at] ?? ''));
  const links = await Promise.all(addresses.map(async (email) => (await app.lastMail(email)).link));
  const visitors = await Promise.all(links.map(atTheForm));
  const open = visitors.flatMap(({ page }, at) => (page.status === 200 ? [at] : []));
  await visitors[open[0] ?? -1]?.send({});

  expect(open).toHaveLength(1);
  expect((await recorded(ann)).email).toBe(addresses[open[0] ?? -1]);
});

it('gives a wanted address to one of two who confirm it at once', async () => {
  const rivals = [await app.aCustomer(), await app.aCustomer()];
  const email = aNewEmail();
  const links: string[] = [];
  for (const rival of rivals) {
    await ask(await tokenOf(app, rival), email);
    links.push((await app.lastMail(email)).link);
  }
  const visitors = await Promise.all(links.map(atTheForm));

  const sent = await Promise.all(visitors.map((visitor) => visitor.send({})));

  expect(sent.map(({ status }) => status).sort()).toEqual([200, 404]);
  const emails = await Promise.all(rivals.map(async (rival) => (await recorded(rival)).email));
  expect(emails.filter((one) => one === email)).toHaveLength(1);
});

it('makes whole changes of 6 that take effect at once, and counts none as a wrong password (SEC-78)', async () => {
  const ann = await app.aCustomer();
  const token = await app.signedIn(ann);
  const addresses = Array.from({ length: 6 }, aNewEmail);

  const answers = await times(6, (at) =>
    clientOf(app)(operations.updateCustomerEmail, { email: addresses[at], password: ann.password }, bearer(token)),
  );

  expect(answers.map(messageOf)).toEqual(Array(6).fill(null));
  expect(answers.map(({ body }): unknown => body.data.updateCustomerEmail.customer.email)).toEqual(addresses);
  const { email } = await recorded(ann);
  expect(addresses).toContain(email);
  // each of the others was told twice: that it came, and that it went
  const told = await Promise.all(addresses.map(async (one) => (await app.mailsTo(one)).length));
  expect(told.map((count, at) => (addresses[at] === email ? count + 1 : count))).toEqual(Array(6).fill(2));
  expect(await app.mailsTo(ann.email)).toHaveLength(1);
});

it('tells one of two who want an address at once that it is taken (SEC-14)', async () => {
  const rivals = [await app.aCustomer(), await app.aCustomer()];
  const tokens = await Promise.all(rivals.map((rival) => app.signedIn(rival)));
  const email = aNewEmail();

  const answers = await Promise.all(
    rivals.map(({ password }, at) =>
      clientOf(app)(operations.updateCustomerEmail, { email, password }, bearer(tokens[at] ?? '')),
    ),
  );

  expect(answers.map(messageOf).sort()).toEqual([expect.stringMatching(/already exists/), null]);
});
