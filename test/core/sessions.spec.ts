import { CHANNEL, CommerceLayerClient, passwordGrant } from '../commerce-layer/wire.js';
import { atClient, sessionOf, WHO as WHO_BUYER } from '../common-ground/operations.js';
import { RENEW, shopify, tokenOf, WHO } from '../shopify/storefront.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';

let app: TestApp;
let commerceLayer: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  commerceLayer = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const allow = (sessionsAlive?: number): Promise<void> =>
  app.setUp({ policy: { limits: 'off', ...(sessionsAlive === undefined ? {} : { sessionsAlive }) } });

/** Whether a session is alive, asked where it began. */
type Probe = () => Promise<boolean>;

const shopifyProbe =
  (token: string): Probe =>
  async () =>
    Boolean((await shopify(app, WHO, { token })).body.data?.customer);

const begin: Record<'adobe' | 'shopify' | 'commonGround', (customer: TestCustomer) => Promise<Probe>> = {
  adobe: async (customer) => {
    const authorization = `Bearer ${await app.signedIn(customer)}`;
    return async () => Boolean((await app.adobe('{customer{email}}', {}, { authorization })).body.data?.customer);
  },
  shopify: async (customer) => shopifyProbe(await tokenOf(app, customer)),
  commonGround: async (customer) => {
    const session = await sessionOf(app, customer);
    return async () => Boolean((await atClient(app, WHO_BUYER, {}, session)).body.data?.user);
  },
};

/** A Commerce Layer session lives as long as its refresh token does; asking trades it for the next. */
interface Refreshing {
  readonly refresh: () => Promise<number>;
  /** Of the newest access token. */
  readonly isAlive: Probe;
}

async function beginCommerceLayer({ email }: TestCustomer): Promise<Refreshing> {
  const { body: first } = await commerceLayer.oauth(passwordGrant(email));
  let [access, token]: [string, string] = [first.access_token, first.refresh_token];
  return {
    // an owned token that is alive is denied by the permission, not by the token
    isAlive: async () => (await commerceLayer.retrieve(access, 'xYZkjABcde')).body.errors[0].code === 'UNAUTHORIZED',
    refresh: async () => {
      const order = { ...CHANNEL, grant_type: 'refresh_token', refresh_token: token };
      const { status, body } = await commerceLayer.oauth(order);
      [access, token] = [body.access_token ?? access, body.refresh_token ?? token];
      return status;
    },
  };
}

const alive = (probes: readonly Probe[]): Promise<boolean[]> => Promise.all(probes.map((probe) => probe()));

async function tokensOf({ number }: TestCustomer): Promise<number> {
  const { body } = await app.admin('GET', `/customers/${number}/tokens?limit=100`);
  return body.items.length;
}

it('keeps fifty sessions of an account; the next ends the oldest alone (ASVS 7.1.2)', async () => {
  await allow();
  const ann = await app.aCustomer();
  const probes: Probe[] = [];
  for (let count = 0; count < 51; count += 1) probes.push(await begin.shopify(ann));

  const answers = await alive(probes);

  expect(answers).toEqual([false, ...Array<boolean>(50).fill(true)]);
});

it('counts the sessions of all APIs together', async () => {
  await allow(3);
  const ann = await app.aCustomer();
  const probes = [await begin.adobe(ann), await begin.shopify(ann), await begin.commonGround(ann)];

  expect(await alive(probes)).toEqual([true, true, true]);
  probes.push(await begin.adobe(ann), await begin.shopify(ann));
  expect(await alive(probes)).toEqual([false, false, true, true, true]);
});

it('leaves other customers and ended sessions out of the count', async () => {
  await allow(2);
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  const first = await begin.shopify(ann);
  for (let count = 0; count < 4; count += 1) {
    const customerAccessToken = await tokenOf(app, ann);
    const end = 'mutation($t:String!){customerAccessTokenDelete(customerAccessToken:$t){deletedAccessToken}}';
    await shopify(app, end, { t: customerAccessToken });
  }
  for (let count = 0; count < 3; count += 1) await begin.shopify(bob);

  expect(await first()).toBe(true);
});

it('does not count a session whose end has come', async () => {
  await allow(2);
  const ann = await app.aCustomer();
  const [longer] = [await begin.shopify(ann), await begin.adobe(ann)];
  app.clock.advance(3601); // Adobe's lives an hour

  await begin.adobe(ann);

  expect(await longer()).toBe(true);
});

it('takes the tokens that came of one sign-in to Commerce Layer for one session, as old as its newest token', async () => {
  await allow(2);
  const ann = await app.aCustomer();
  const inUse = await beginCommerceLayer(ann);
  const idle = await beginCommerceLayer(ann);
  for (let count = 0; count < 3; count += 1) expect(await inUse.refresh()).toBe(200);
  expect(await alive([inUse.isAlive, idle.isAlive])).toEqual([true, true]);

  await begin.shopify(ann);

  expect(await alive([inUse.isAlive, idle.isAlive])).toEqual([true, false]);
  expect([await inUse.refresh(), await idle.refresh()]).toEqual([200, 400]);
});

it('gives the last session that there is room for its refresh token as well', async () => {
  await allow(1);
  const session = await beginCommerceLayer(await app.aCustomer());

  expect(await session.isAlive()).toBe(true);
  expect(await session.refresh()).toBe(200);
});

it('does not make a session younger by renewing its token', async () => {
  await allow(2);
  const ann = await app.aCustomer();
  const token = await tokenOf(app, ann);
  const [renewed, other] = [shopifyProbe(token), await begin.shopify(ann)];
  await shopify(app, RENEW, { token });

  await begin.shopify(ann);

  expect(await alive([renewed, other])).toEqual([false, true]);
});

it('is exact when many sign in at the same time', async () => {
  await allow(5);
  const ann = await app.aCustomer();

  const probes = await Promise.all(
    Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? begin.shopify(ann) : begin.commonGround(ann))),
  );

  expect((await alive(probes)).filter(Boolean)).toHaveLength(5);
  expect(await tokensOf(ann)).toBe(5);
});

it('ends as many as there are too many after the number was lowered, and says so in the audit trail', async () => {
  await allow(4);
  const ann = await app.aCustomer();
  for (let count = 0; count < 4; count += 1) await begin.shopify(ann);
  await allow(2);

  const last = await begin.shopify(ann);

  expect(await tokensOf(ann)).toBe(2);
  expect(await last()).toBe(true);
  const { body } = await app.admin('GET', `/customers/${ann.number}/events`);
  const ended = { type: 'token_revoked', data: { reason: 'too-many-sessions', ended: 3 } };
  expect(body.items).toContainEqual(expect.objectContaining(ended));
});
