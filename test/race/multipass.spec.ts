import { Customer } from '../../src/customer/index.js';
import { multipassOf, REFUSED, signIn, tokenIn } from '../shopify/multipass.js';
import { whoHas } from '../shopify/storefront.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
});

afterAll(() => app.stop());

const times = <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));
const countOf = (email: string): Promise<number> =>
  app.database.read((manager) => manager.countBy(Customer, { emailKey: Buffer.from(email) }));

it('lets one of 16 parallel tries spend a Multipass token (SEC-58)', async () => {
  const email = 'one-token@example.com';
  const token = multipassOf(app, { email });

  const tries = await times(16, () => signIn(app, token));

  expect(tries.filter((answer) => tokenIn(answer) !== null)).toHaveLength(1);
  expect(tries.filter(({ text }) => text === JSON.stringify(REFUSED))).toHaveLength(15);
  expect(await countOf(email)).toBe(1);
});

it('makes one customer of 16 tokens for one new address, and signs all of them in (SEC-14)', async () => {
  const email = 'one-address@example.com';

  const tries = await times(16, () => signIn(app, multipassOf(app, { email, identifier: 'one-address' })));
  const holders = await Promise.all(tries.map((answer) => whoHas(app, tokenIn(answer) ?? '')));

  expect(holders).toEqual(Array(16).fill(email));
  expect(await countOf(email)).toBe(1);
});

it('binds an identifier to one of 16 addresses (SEC-59)', async () => {
  const tries = await times(16, (at) =>
    signIn(app, multipassOf(app, { email: `bound-${at}@example.com`, identifier: 'one-identifier' })),
  );

  expect(tries.filter((answer) => tokenIn(answer) !== null)).toHaveLength(1);
  expect(tries.filter(({ text }) => text === JSON.stringify(REFUSED))).toHaveLength(15);
});

it('adds an address of 8 tokens once', async () => {
  const email = 'one-house@example.com';
  const addresses = [{ address1: '1 Kiln Lane', city: 'Ottawa', country_code: 'CA' }];

  const tries = await times(8, () => signIn(app, multipassOf(app, { email, addresses })));
  const [row] = await app.database.select(
    'SELECT COUNT(*) AS amount FROM customer_address a JOIN customer c ON c.id = a.customer_id WHERE c.email = ?',
    [email],
  );

  expect(tries.every((answer) => tokenIn(answer) !== null)).toBe(true);
  expect(Number(row?.['amount'])).toBe(1);
});
