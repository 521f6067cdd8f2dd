import { PasswordHasher } from '#lib/password-hash';
import { TestApp, type TestCustomer } from '../support/test-app.js';
import { together } from '../support/together.js';
import { readyToCount, transactionsOf, wireAt, wiresOf, type Wire, type WireName } from '../wires/wires.js';

/** The password `Latchkey-Demo-1`, hashed by another shop. */
const FOREIGN =
  '1defba37d4586b469b6800fb2506933a046bcf012160f5fbb36ff2c6a8b139d3:aZ09bY18cX27dW36eV45fU54gT63hS72:3_32_2_67108864';

let app: TestApp;
let wires: Record<WireName, Wire>;

beforeAll(async () => {
  app = await TestApp.start();
  wires = wiresOf(app);
});

beforeEach(() => readyToCount(app, wires));

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

const signInTo =
  (wire: WireName, { email, password }: TestCustomer) =>
  (): Promise<string | null> =>
    wires[wire].signIn(email, password);

async function eventsOf({ number }: TestCustomer): Promise<readonly string[]> {
  const { body } = await app.admin('GET', `/customers/${number}/events`);
  const items: readonly { readonly type: string }[] = body.items;
  return items.map(({ type }) => type);
}

/** How many sessions ended because there were too many, by event. */
async function endedOf({ number }: TestCustomer): Promise<readonly number[]> {
  const { body } = await app.admin('GET', `/customers/${number}/events`);
  const items: readonly { readonly type: string; readonly data: { readonly ended: number } }[] = body.items;
  return items.filter(({ type }) => type === 'token_revoked').map(({ data }) => data.ended);
}

async function tokensOf({ number }: TestCustomer): Promise<readonly unknown[]> {
  return (await app.admin('GET', `/customers/${number}/tokens`)).body.items;
}

const customers = (count: number): Promise<TestCustomer[]> =>
  Promise.all(Array.from({ length: count }, () => app.aCustomer()));

it('lets in who sign in at the same time by one transaction, through all APIs, each as who she is', async () => {
  const list = await customers(16);

  const tokens = await together(
    app,
    list.map((customer, at) => signInTo(wireAt(at), customer)),
  );

  expect(transactionsOf(app)).toBe(1);
  expect(new Set(tokens).size).toBe(16);
  for (const [at, customer] of list.entries()) {
    expect(await wires[wireAt(at)].isAlive(String(tokens[at]))).toBe(true);
    expect((await eventsOf(customer)).filter((type) => type === 'login_ok')).toHaveLength(1);
    expect(await tokensOf(customer)).toHaveLength(wireAt(at) === 'commerceLayer' ? 2 : 1);
    const { body } = await app.admin('GET', `/customers/${customer.number}`);
    expect(body.lastSignInAt).not.toBeNull();
  }
  const [ann] = list;
  const { body } = await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${String(tokens[0])}` });
  expect(body.data.customer.email).toBe(ann?.email);
});

it('keeps a wrong password waiting as long as a right one while others wait to be compared (SEC-39, SEC-41)', async () => {
  const [ann, bob] = await customers(2);
  if (!ann || !bob) throw new Error('nobody');
  jest.spyOn(app.get(PasswordHasher), 'load', 'get').mockReturnValue({ running: 1, waiting: 9 });
  const timeOf = async (email: string, password: string): Promise<number> => {
    const began = performance.now();
    await wires.shopify.signIn(email, password);
    return performance.now() - began;
  };

  const times = [
    await timeOf(ann.email, ann.password),
    await timeOf(ann.email, 'not the password'),
    await timeOf('nobody@example.com', 'x'),
  ];

  expect(Math.min(...times)).toBeGreaterThan(59);
});

const CHANGES: Readonly<Record<string, (customer: TestCustomer) => Promise<unknown>>> = {
  'guesses lock': async ({ email }) => {
    for (let tries = 0; tries < 10; tries += 1) await wires.adobe.signIn(email, 'not the password');
  },
  'staff disable': ({ number }) => app.admin('POST', `/customers/${number}/disable`),
  'a reset gives another password to': async (customer) => {
    await wires.adobe.finish({ ...customer, secret: await wires.adobe.ask(customer.email) }, 'a whole new password');
    await app.mailsTo(customer.email);
  },
};

it.each(Object.keys(CHANGES))(
  'refuses her alone whom %s while passwords are compared (SEC-41, SEC-51, SEC-52)',
  async (name) => {
    const [ann, eve, bob] = await customers(3);
    if (!ann || !eve || !bob) throw new Error('nobody');

    const tokens = await together(
      app,
      [signInTo('adobe', ann), signInTo('shopify', eve), signInTo('commonGround', bob)],
      async () => CHANGES[name]?.(eve),
    );
    const begun = transactionsOf(app);

    expect([tokens, begun]).toEqual([[expect.any(String), null, expect.any(String)], 2]); // hers counts the failure
    expect([await tokensOf(eve), await eventsOf(eve)]).toEqual([[], expect.not.arrayContaining(['login_ok'])]);
    expect(await wires.adobe.isAlive(String(tokens[0]))).toBe(true);
    expect(await wires.commonGround.isAlive(String(tokens[2]))).toBe(true);
  },
);

it('lets nobody in when all of them were disabled meanwhile (SEC-51)', async () => {
  const list = await customers(2);

  const tokens = await together(
    app,
    list.map((one) => signInTo('adobe', one)),
    () => Promise.all(list.map(({ number }) => app.admin('POST', `/customers/${number}/disable`))),
  );

  expect(tokens).toEqual([null, null]);
  for (const one of list) expect(await tokensOf(one)).toEqual([]);
});

it('ends the oldest sessions of those who have too many, and of nobody else, by the transaction that lets all in', async () => {
  await app.setUp({ policy: { limits: 'off', sessionsAlive: 3 } });
  const [ann, bob, carol] = await customers(3);
  if (!ann || !bob || !carol) throw new Error('nobody');
  const before: (string | null)[] = [];
  for (const one of [ann, ann, bob, carol, carol, carol]) {
    before.push(await wires.shopify.signIn(one.email, one.password));
  }
  await app.setUp({ policy: { limits: 'off', sessionsAlive: 2 } });

  const tokens = await together(
    app,
    [ann, bob, carol].map((one) => signInTo('commerceLayer', one)),
  );
  const begun = transactionsOf(app);

  expect(begun).toBe(1);
  expect(tokens).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
  const alive = await Promise.all(before.map((token) => wires.shopify.isAlive(String(token))));
  expect(alive).toEqual([false, true, true, false, false, true]);
  for (const one of [ann, bob, carol]) expect(await tokensOf(one)).toHaveLength(3);
  expect([await endedOf(ann), await endedOf(bob), await endedOf(carol)]).toEqual([[1], [], [2]]);
});

it('gives a customer who signs in several times at once as many sessions as she may have', async () => {
  await app.setUp({ policy: { limits: 'off', sessionsAlive: 2 } });
  const [ann, bob] = await customers(2);
  if (!ann || !bob) throw new Error('nobody');

  const tokens = await together(
    app,
    [ann, ann, bob, ann].map((one) => signInTo('shopify', one)),
  );

  expect(new Set(tokens).size).toBe(4);
  expect(await wires.shopify.isAlive(String(tokens[2]))).toBe(true);
  expect([(await tokensOf(ann)).length, (await tokensOf(bob)).length]).toEqual([2, 1]);
});

it('replaces the hash of another shop, of her alone who came with one (SEC-19)', async () => {
  const ann = await app.aCustomer();
  const password = 'Latchkey-Demo-1';
  const imported = { ...(await app.aCustomer({ password: null, passwordHash: FOREIGN })), password };
  const hashOf = async ({ number }: TestCustomer): Promise<string> => {
    const sql = 'SELECT password_hash AS hash FROM customer WHERE number = ?';
    return String((await app.database.select(sql, [number]))[0]?.['hash']);
  };
  const before = await hashOf(ann);

  const tokens = await together(app, [signInTo('adobe', ann), signInTo('adobe', imported)]);

  expect(tokens).toEqual([expect.any(String), expect.any(String)]);
  expect([await hashOf(ann), await hashOf(imported)]).toEqual([before, expect.stringMatching(/^\$argon2id\$/)]);
  expect(await wires.adobe.signIn(imported.email, password)).toEqual(expect.any(String));
});
