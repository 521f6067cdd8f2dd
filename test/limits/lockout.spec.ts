import { PasswordHasher } from '../../libs/password-hash/src/index.js';
import { bearer, clientOf, operations } from '../adobe/wire.js';
import { callerOf } from '../adobe-rest/wire.js';
import { CommerceLayerClient, passwordGrant } from '../commerce-layer/wire.js';
import { asBase64, atClient } from '../common-ground/operations.js';
import { shopify, SIGN_IN } from '../shopify/storefront.js';
import { PASSWORD, TestApp, type Answer, type TestCustomer } from '../support/test-app.js';

const LOGIN = 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}';
const MOVE = 'mutation($e:String!,$p:String!){updateCustomer(input:{email:$e,password:$p}){customer{email}}}';
const NEW = 'another fine password';
const MINUTE = 60;

let app: TestApp;
let commerceLayer: CommerceLayerClient;

/** The limits would refuse a name long before its account is locked; the lock stays on without them. */
beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  commerceLayer = new CommerceLayerClient(app);
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => app.stop());

/** Somebody who is signed in to Adobe's API since before the account was locked. */
type Owner = TestCustomer & { readonly token: string };

/** Whether a password got what it was given for. */
type Path = (owner: Owner, password: string) => Promise<boolean>;

const adobe = (owner: Owner, query: string, variables: object): Promise<Answer> =>
  clientOf(app)(query, variables, bearer(owner.token));

/** Every path that takes a password (SEC-42). The vendors' `deleteCustomer` and `userUpdate` take none. */
const PATHS: Readonly<Record<string, Path>> = {
  'Shopify customerAccessTokenCreate': async ({ email }, password) => {
    const { body } = await shopify(app, SIGN_IN, { input: { email, password } });
    return Boolean(body.data.customerAccessTokenCreate?.customerAccessToken);
  },
  'Adobe generateCustomerToken': async ({ email }, password) =>
    Boolean(
      (await clientOf(app)(operations.generateCustomerToken, { email, password })).body.data.generateCustomerToken,
    ),
  'Adobe changeCustomerPassword': async (owner, currentPassword) => {
    const { body } = await adobe(owner, operations.changeCustomerPassword, { currentPassword, newPassword: NEW });
    return Boolean(body.data.changeCustomerPassword);
  },
  'Adobe updateCustomerEmail': async (owner, password) => {
    const { body } = await adobe(owner, operations.updateCustomerEmail, { email: `new-${owner.email}`, password });
    return Boolean(body.data.updateCustomerEmail);
  },
  'Adobe updateCustomer with an address': async (owner, password) =>
    Boolean((await adobe(owner, MOVE, { e: `new-${owner.email}`, p: password })).body.data.updateCustomer),
  'Adobe REST token': async ({ email: username }, password) =>
    (await callerOf(app)('POST', 'integration/customer/token', { username, password })).status === 200,
  'Adobe REST me/password': async ({ token }, currentPassword) =>
    (await callerOf(app, token)('PUT', 'customers/me/password', { currentPassword, newPassword: NEW })).status === 200,
  'Commerce Layer password grant': async ({ email }, password) =>
    (await commerceLayer.oauth(passwordGrant(email, { password }))).status === 200,
  'Common Ground login': async ({ email }, password) =>
    Boolean((await atClient(app, LOGIN, { e: asBase64(email), p: asBase64(password) })).body.data?.login?.session),
};
const names = Object.keys(PATHS);

async function anOwner(): Promise<Owner> {
  const customer = await app.aCustomer();
  return { ...customer, token: await app.signedIn(customer) };
}

const through = (name: string, owner: Owner, password: string): Promise<boolean> =>
  PATHS[name]?.(owner, password) ?? Promise.reject(new Error(name));

async function stateOf({ number }: Owner): Promise<{ failures: number; lockedMinutes: number }> {
  const [row] = await app.database.select('SELECT failed_sign_ins AS failures FROM customer WHERE number = ?', [
    number,
  ]);
  const { body } = await app.admin('GET', `/customers/${number}`);
  const until = body.lockedUntil === null ? app.clock.now().getTime() : Date.parse(body.lockedUntil);
  return { failures: Number(row?.['failures']), lockedMinutes: (until - app.clock.now().getTime()) / 60_000 };
}

/** How often a password was wrong while the account was open, and how often it was locked then. */
async function judgedOf({ id }: Owner): Promise<object> {
  const rows = await app.database.select(
    `SELECT type, COUNT(*) AS times FROM event WHERE customer_id = ? AND type IN ('login_failed', 'login_locked') GROUP BY type`,
    [id],
  );
  return Object.fromEntries(rows.map(({ type, times }) => [type, Number(times)]));
}

it.each(names)('takes the right password through %s', async (name) => {
  expect(await through(name, await anOwner(), PASSWORD)).toBe(true);
});

it.each(names)('is struck by the tenth wrong password through %s, and then shuts every path (SEC-42)', async (name) => {
  const ann = await anOwner();
  for (let time = 0; time < 9; time += 1) await through(name, ann, 'wrong password');
  const before = await stateOf(ann);
  await through(name, ann, 'wrong password');
  const after = await stateOf(ann);

  const opened: string[] = [];
  for (const other of names) if (await through(other, ann, ann.password)) opened.push(other);

  expect([before, after]).toEqual([
    { failures: 9, lockedMinutes: 0 },
    { failures: 10, lockedMinutes: 10 },
  ]);
  expect(opened).toEqual([]);
  expect(await stateOf(ann)).toEqual(after); // nor do tries prolong it (SEC-41)
});

it('adds up over all paths, and ends and strikes again for all of them (SEC-41, SEC-42)', async () => {
  const ann = await anOwner();
  for (let time = 0; time < 10; time += 1) await through(names[time % names.length] ?? '', ann, 'wrong password');
  const first = await stateOf(ann);
  app.clock.advance(10 * MINUTE);
  for (let time = 0; time < 10; time += 1) await through(names[time % names.length] ?? '', ann, 'wrong password');

  expect([first.lockedMinutes, (await stateOf(ann)).lockedMinutes]).toEqual([10, 20]);
});

it.each(names)('counts a hundred parallel wrong passwords through %s exactly (SEC-40)', async (name) => {
  const ann = await anOwner();

  const answers = await Promise.all(Array.from({ length: 100 }, () => through(name, ann, 'wrong password')));

  expect(answers).not.toContain(true);
  expect(await stateOf(ann)).toEqual({ failures: 10, lockedMinutes: 10 });
  expect(await judgedOf(ann)).toEqual({ login_failed: 9, login_locked: 91 }); // nine were judged while it was open
});

it.each(names)(
  'shuts %s even to a right password that was compared before the lock struck (SEC-40, SEC-41)',
  async (name) => {
    const ann = await anOwner();
    const right = hold(ann.password);
    const answer = through(name, ann, ann.password);
    await right.reached;
    for (let time = 0; time < 10; time += 1) await through('Common Ground login', ann, 'wrong password');

    right.letGo();

    expect(await answer).toBe(false);
    expect(await stateOf(ann)).toEqual({ failures: 10, lockedMinutes: 10 });
  },
);

/** Holds the next comparison of this password after it was made. */
function hold(password: string): { readonly reached: Promise<void>; readonly letGo: () => void } {
  const hasher = app.get(PasswordHasher);
  const verify = hasher.verify.bind(hasher);
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const reached = new Promise<void>((arrive) => {
    jest.spyOn(hasher, 'verify').mockImplementation(async (stored, given) => {
      const fits = await verify(stored, given);
      if (given !== password) return fits;
      arrive();
      await gate;
      return fits;
    });
  });
  return { reached, letGo };
}
