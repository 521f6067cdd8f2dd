import { TestApp, type Answer } from '../support/test-app.js';
import { aNetwork, CREATE, gid, RECOVER, RESET, RESET_BY_URL, shopify, SIGN_IN, TOKEN } from './storefront.js';

const PRIVATE = { 'shopify-storefront-private-token': 'demo-private-token' };
const PASSWORD = 'correct-kiln-9';
const RESETTING = 'Resetting password limit exceeded. Please try again later.';
const LOGIN = 'Login attempt limit exceeded. Please try again later.';
const CREATING = 'Creating Customer Limit exceeded. Please try again later.';

let app: TestApp;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
  const twice = { max: 2, seconds: 600 };
  await app.setUp({
    policy: { limits: { signInNetwork: twice, resetNetwork: twice, registerNetwork: twice, secretNetwork: twice } },
  });
});

afterAll(() => app.stop());

interface Operation {
  readonly name: string;
  readonly query: string;
  /** Uses up one of what the limit counts. */
  readonly counted: () => object;
  /** Input that would be refused by itself. */
  readonly wrong: object;
  readonly text: string;
}

const anInput = (): object => ({ email: `throttled-${(made += 1)}@example.com`, password: PASSWORD });

const OPERATIONS: readonly Operation[] = [
  {
    name: 'customerCreate',
    query: CREATE,
    counted: () => ({ input: anInput() }),
    wrong: { input: { email: 'foo@bar', password: '' } },
    text: CREATING,
  },
  {
    name: 'customerAccessTokenCreate',
    query: SIGN_IN,
    counted: () => ({ input: anInput() }),
    wrong: { input: { email: 'foo@bar', password: '' } },
    text: LOGIN,
  },
  { name: 'customerRecover', query: RECOVER, counted: anInput, wrong: { email: 'no address' }, text: RESETTING },
  {
    name: 'customerReset',
    query: RESET,
    counted: () => ({ id: gid(7), input: { resetToken: 'nope', password: PASSWORD } }),
    wrong: { id: 'gid://shopify/Order/1', input: { resetToken: 'nope', password: '' } },
    text: RESETTING,
  },
  {
    name: 'customerResetByUrl',
    query: RESET_BY_URL,
    counted: () => ({ resetUrl: 'http://localhost:3000/account/reset/7/nope', password: PASSWORD }),
    wrong: { resetUrl: 'https://evil.example/', password: '' },
    text: RESETTING,
  },
];

function throttled(name: string, message: string): object {
  return {
    errors: [{ message, path: [name], locations: [], extensions: { code: 'THROTTLED' } }],
    data: { [name]: null },
  };
}

it.each(OPERATIONS)(
  'is told by $name before the input is looked at, with status 200 (SEC-44, SEC-47)',
  async (operation) => {
    const { name, query, counted, wrong, text } = operation;
    const from = aNetwork();
    for (let count = 0; count < 2; count += 1) {
      expect(JSON.stringify((await shopify(app, query, counted(), { from })).body)).not.toContain('THROTTLED');
    }

    for (const variables of [counted(), wrong]) {
      const { status, body } = await shopify(app, query, variables, { from });
      expect([status, body]).toEqual([200, throttled(name, text)]);
    }
  },
);

it.each(OPERATIONS.filter(({ name }) => name !== 'customerCreate'))(
  'counts $name with input that nobody can have, too',
  async ({ name, query, wrong, text }) => {
    const from = aNetwork();
    for (let count = 0; count < 2; count += 1) await shopify(app, query, wrong, { from });

    expect((await shopify(app, query, wrong, { from })).body).toEqual(throttled(name, text));
  },
);

it("counts the buyer's network where a private token vouches for it, whatever the header's case (SEC-6, SEC-7)", async () => {
  const server = aNetwork();
  const ask = (headers: Record<string, string>): Promise<Answer> =>
    shopify(app, SIGN_IN, { input: anInput() }, { headers, from: server });
  const isThrottled = async (headers: Record<string, string>): Promise<boolean> =>
    (await ask(headers)).text.includes('THROTTLED');
  const buyer = (address: string, name = 'Shopify-Storefront-Buyer-IP'): Record<string, string> => ({
    ...PRIVATE,
    [name]: address,
  });

  for (let count = 0; count < 2; count += 1) await ask(buyer('203.0.113.1'));
  expect(await isThrottled(buyer('203.0.113.1'))).toBe(true);
  expect(await isThrottled(buyer('::ffff:203.0.113.1', 'SHOPIFY-STOREFRONT-BUYER-IP'))).toBe(true);
  expect(await isThrottled(buyer('203.0.113.2'))).toBe(false);
  expect(await isThrottled(PRIVATE)).toBe(false);

  for (let count = 0; count < 2; count += 1) {
    await ask({ ...TOKEN, 'shopify-storefront-buyer-ip': `203.0.113.${count + 10}` });
  }
  expect(await isThrottled({ ...TOKEN, 'shopify-storefront-buyer-ip': '203.0.113.99' })).toBe(true);
  expect(await isThrottled(buyer('not an address'))).toBe(true);
});
