import { CHANNEL, CommerceLayerClient } from '../commerce-layer/wire.js';
import { ASK, atClient, sessionOf, WHO as WHO_BUYER } from '../common-ground/operations.js';
import { shopify, SIGN_IN, tokenOf, WHO } from '../shopify/storefront.js';
import { MailService } from '../../src/mail/index.js';
import { TestApp, type Answer } from '../support/test-app.js';

const SIGN_IN_BUYER = 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}';
const RESETS = '/api/customer_password_resets';
const FINISH = 'mutation($e:String!,$t:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:"a new password")}'; // prettier-ignore

let app: TestApp;
let commerceLayer: CommerceLayerClient;
let integration: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  commerceLayer = new CommerceLayerClient(app);
  integration = await commerceLayer.integration();
  await shopify(app, '{__typename}'); // the storefront's token and the application are known for some seconds
  await commerceLayer.channel();
});

afterAll(() => app.stop());

/** Statements of a request, but for what opens and ends transactions and what the workers do after it. */
async function statementsOf(request: () => Promise<unknown>): Promise<string[]> {
  app.statements.length = 0;
  await request();
  const frame = /^(BEGIN|START|COMMIT|ROLLBACK)/;
  const worker = /^(SELECT|UPDATE|DELETE)[^]*(mail_message|webhook_delivery|waiting > 0)/;
  return app.statements.filter((statement) => !frame.test(statement) && !worker.test(statement));
}

it('answers "who am I" by one statement through Adobe, with addresses by two', async () => {
  const ann = await app.aCustomer({ addresses: [{ city: 'Graz', lines: ['Hauptplatz 1'] }] });
  const authorization = `Bearer ${await app.signedIn(ann)}`;

  const alone = await statementsOf(() => app.adobe('{customer{email}}', {}, { authorization }));
  const withAddresses = await statementsOf(() => app.adobe('{customer{email addresses{city}}}', {}, { authorization }));

  expect(alone).toHaveLength(1);
  expect(withAddresses).toHaveLength(2);
});

it('answers "who am I" by one statement through Shopify and Common Ground', async () => {
  const ann = await app.aCustomer();
  const token = await tokenOf(app, ann);
  const session = await sessionOf(app, ann);

  expect(await statementsOf(() => shopify(app, WHO, { token }))).toHaveLength(1);
  expect(await statementsOf(() => atClient(app, WHO_BUYER, {}, session))).toHaveLength(1);
});

/** What the tests below ask through each API. */
interface Asked {
  readonly signIn: (email: string, password: string) => Promise<Answer>;
  readonly reset: (email: string) => Promise<Answer>;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const asked: Record<'adobe' | 'shopify' | 'commerceLayer' | 'commonGround', Asked> = {
  adobe: {
    signIn: (e, p) => app.adobe('mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}', { e, p }), // prettier-ignore
    reset: (e) => app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e }),
  },
  shopify: {
    signIn: (email, password) => shopify(app, SIGN_IN, { input: { email, password } }),
    reset: (email) => shopify(app, 'mutation($e:String!){customerRecover(email:$e){userErrors{message}}}', { e: email }), // prettier-ignore
  },
  commerceLayer: {
    signIn: (username, password) => commerceLayer.oauth({ ...CHANNEL, grant_type: 'password', username, password }),
    reset: (customer_email) => commerceLayer.api('POST', RESETS, integration, { customer_email }),
  },
  commonGround: {
    signIn: (e, p) => atClient(app, SIGN_IN_BUYER, { e: base64(e), p: base64(p) }),
    reset: (e) => atClient(app, ASK, { e: base64(e) }),
  },
};

it.each([
  ['adobe', 4],
  ['shopify', 4],
  ['commerceLayer', 4],
  ['commonGround', 4], // and one more where the answer asks for `sessionsCount`
] as const)(
  'signs in through %s by %d statements, and refuses an unknown address by those of a wrong password (SEC-39)',
  async (wire, count) => {
    // prettier-ignore
    const ann = await app.aCustomer();

    const right = await statementsOf(() => asked[wire].signIn(ann.email, ann.password));
    const wrong = await statementsOf(() => asked[wire].signIn(ann.email, 'wrong password'));
    const unknown = await statementsOf(() => asked[wire].signIn('nobody@example.com', 'wrong password'));

    expect(right).toHaveLength(count);
    expect(unknown.map(shape)).toEqual(wrong.map(shape));
  },
);

it.each([
  ['adobe', 5],
  ['shopify', 5],
  ['commonGround', 5],
] as const)(
  'takes a reset request through %s by %d statements, the same ones for an unknown address (SEC-39)',
  async (wire, count) => {
    // prettier-ignore
    const ann = await app.aCustomer();

    const known = await statementsOf(() => asked[wire].reset(ann.email));
    const unknown = await statementsOf(() => asked[wire].reset('nobody@example.com'));

    expect(known).toHaveLength(count);
    expect(unknown.map(shape)).toEqual(known.map(shape));
  },
);

it('seals as much for an unknown address as for a known one, whatever it is that nobody gets (SEC-39)', async () => {
  const queued = jest.spyOn(app.get(MailService), 'enqueueAll');
  const { email } = await app.aCustomer({ firstName: 'Zoe' });

  for (const one of [email, 'nobody@example.com']) await asked.adobe.reset(one);
  const orders = queued.mock.calls.flatMap(([given]) => given);
  queued.mockRestore();

  const lengths = orders.map(({ data: { link = '', minutes = '', firstName = '' } }) => [link.length, minutes.length, firstName.length]); // prettier-ignore
  expect(orders.map(({ kind }) => kind)).toEqual(['password-reset', 'decoy']);
  expect(lengths[1]).toEqual(lengths[0]);
  expect(Math.min(...lengths.flat())).toBeGreaterThan(1);
});

it('takes resets that are asked for at the same time by the statements of one, and mails each its own link', async () => {
  const people = [await app.aCustomer(), await app.aCustomer(), await app.aCustomer()];
  const emails = [...people.map(({ email }) => email), 'nobody@example.com'];

  const together = await statementsOf(() => Promise.all(emails.map((email) => asked.adobe.reset(email))));
  const links = await Promise.all(people.map(({ email }) => app.lastMail(email)));

  expect(together).toHaveLength(5);
  for (const [at, { secret }] of links.entries()) {
    const others = people[(at + 1) % people.length]?.email;
    const strange = await app.adobe(FINISH, { e: others, t: secret });
    const own = await app.adobe(FINISH, { e: people[at]?.email, t: secret });
    expect([strange.body.errors.length, own.body.data.resetPassword]).toEqual([1, true]);
  }
});

it('voids by the same statement what would be too many, of several customers at once, and nothing of others (SEC-29)', async () => {
  const [many, few] = [await app.aCustomer(), await app.aCustomer()];
  for (const { email } of [many, many, few]) await asked.adobe.reset(email);

  const together = await statementsOf(() => Promise.all([many, few].map(({ email }) => asked.adobe.reset(email))));

  const openOf = async ({ id }: { readonly id: number }): Promise<boolean[]> => {
    const sql = 'SELECT revoked_at FROM password_reset WHERE customer_id = ? ORDER BY id';
    return (await app.database.select(sql, [id])).map((row) => row['revoked_at'] === null);
  };
  expect(together).toHaveLength(5);
  expect([await openOf(many), await openOf(few)]).toEqual([
    [false, true, true],
    [true, true],
  ]);
});

it('finishes a reset by eleven statements; what the mail proves is written only where it was not known', async () => {
  const usual = await app.aCustomer();
  const unproven = await app.aCustomer({ emailConfirmed: false });
  await asked.adobe.signIn(unproven.email, 'wrong password');
  const finish = async ({ email }: { readonly email: string }): Promise<string[]> => {
    await asked.adobe.reset(email);
    const { secret } = await app.lastMail(email);
    return statementsOf(() => app.adobe(FINISH, { e: email, t: secret }));
  };

  const [alone, withProof] = [await finish(usual), await finish(unproven)];

  expect(alone).toHaveLength(11);
  expect(withProof).toHaveLength(13);
  const [row] = await app.database.select('SELECT email_confirmed, failed_sign_ins FROM customer WHERE id = ?', [
    unproven.id,
  ]);
  expect(Object.values(row ?? {}).map(Number)).toEqual([1, 0]);
});

it('refuses a secret by the same statements whether the address is known (SEC-39)', async () => {
  const ann = await app.aCustomer();
  const t = 'x'.repeat(32);

  const known = await statementsOf(() => app.adobe(FINISH, { e: ann.email, t }));
  const unknown = await statementsOf(() => app.adobe(FINISH, { e: 'nobody@example.com', t }));

  expect(known.length).toBeGreaterThanOrEqual(2);
  expect(unknown.map(shape)).toEqual(known.map(shape));
});

it('takes a wish for another confirmation by the same statements whether an account waits for one (SEC-39)', async () => {
  const [waiting, confirmed] = [await app.aCustomer({ emailConfirmed: false }), await app.aCustomer()];
  const resend = (e: string): Promise<string[]> =>
    statementsOf(() => app.adobe('mutation($e:String!){resendConfirmationEmail(email:$e)}', { e }));

  const known = await resend(waiting.email);

  expect(known).toHaveLength(5);
  expect((await resend(confirmed.email)).map(shape)).toEqual(known.map(shape));
  expect((await resend('nobody@example.com')).map(shape)).toEqual(known.map(shape));
});

it('asks for a change of address by the same statements whether the new one is taken (SEC-76)', async () => {
  await app.setUp({ policy: { limits: 'off' }, shopify: { allowEmailChange: true } });
  const [ann, taken] = [await app.aCustomer(), await app.aCustomer()];
  const token = await tokenOf(app, ann);
  const change = 'mutation($e:String!,$t:String!){customerUpdate(customer:{email:$e},customerAccessToken:$t){customer{id}}}'; // prettier-ignore
  const request = (e: string): Promise<string[]> => statementsOf(() => shopify(app, change, { e, t: token }));
  await request('first@example.com');

  const free = await request('free@example.com');

  expect((await request(taken.email)).map(shape)).toEqual(free.map(shape));
});

/** A statement without its values. */
function shape(statement: string): string {
  return statement.replace(/-?\b\d+\b|\bNULL\b|\bDEFAULT\b|\?/g, '…');
}
