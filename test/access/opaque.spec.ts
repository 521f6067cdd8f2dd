import { Authenticator } from '../../src/access/index.js';
import { CustomerService } from '../../src/customer/index.js';
import { ownTrail } from '../../src/event/index.js';
import { StoreDirectory } from '../../src/store/index.js';
import { TokenService, type IssuedToken } from '../../src/token/index.js';
import { TestApp, type TestCustomer } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

/** An opaque access token, as the storefront's dialect hands it out. */
async function opaqueToken({ id }: TestCustomer): Promise<IssuedToken> {
  const store = app.get(StoreDirectory).defaultStore;
  const order = {
    surface: 'shopify',
    form: 'opaque',
    store,
    realm: store.realm,
    scope: store.code,
    customerId: id,
    lifetime: 3600,
    trail: ownTrail,
  } as const;
  return app.database.transaction((tx) => app.get(TokenService).issue(order, tx));
}

it('finds the customer behind an opaque token, on its own surface alone (SEC-48, SEC-50)', async () => {
  const ann = await app.aCustomer();
  const { token } = await opaqueToken(ann);
  const authenticator = app.get(Authenticator);

  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect((await authenticator.opaqueSession('shopify', token))?.customer.email).toBe(ann.email);
  expect(await authenticator.opaqueSession('common-ground', token)).toBeNull();
  expect(await authenticator.opaqueSession('shopify', token.toLowerCase())).toBeNull();
  expect(await authenticator.opaqueSession('shopify', `${token} `)).toBeNull();
  expect(await authenticator.opaqueSession('shopify', '')).toBeNull();
});

it('finds a configured credential by its kind alone (SEC-50)', async () => {
  const authenticator = app.get(Authenticator);

  expect((await authenticator.client('shopify-storefront', 'demo-storefront-token'))?.kind).toBe('shopify-storefront');
  expect(await authenticator.client('shopify-admin', 'demo-storefront-token')).toBeNull();
  expect(await authenticator.client('keyturn-admin', 'demo-storefront-token')).toBeNull();
  expect(await authenticator.client('shopify-storefront', 'x'.repeat(600))).toBeNull();
});

it('renews a living token and no dead one (SEC-53)', async () => {
  const ann = await app.aCustomer();
  const { token, expiresAt } = await opaqueToken(ann);
  const session = await app.get(Authenticator).opaqueSession('shopify', token);
  const renew = (): Promise<Date | null> =>
    app.database.transaction((tx) => app.get(TokenService).renew(session?.token.id ?? 0, 7200, tx));

  const renewed = await renew();
  app.clock.advance(7200);

  expect(renewed?.getTime()).toBe(expiresAt.getTime() + 3_600_000);
  expect(await renew()).toBeNull();
  expect(await app.get(Authenticator).opaqueSession('shopify', token)).toBeNull();
});

it('ends one token, and says whether there was one to end (SEC-54)', async () => {
  const ann = await app.aCustomer();
  const [one, other] = [await opaqueToken(ann), await opaqueToken(ann)];
  const session = await app.get(Authenticator).opaqueSession('shopify', one.token);
  const revoke = (): Promise<boolean> =>
    app.database.transaction((tx) => app.get(TokenService).revoke(session?.token.id ?? 0, 'revoked', tx));

  expect([await revoke(), await revoke()]).toEqual([true, false]);
  expect(await app.get(Authenticator).opaqueSession('shopify', one.token)).toBeNull();
  expect(await app.get(Authenticator).opaqueSession('shopify', other.token)).not.toBeNull();
  expect(await app.get(CustomerService).findById(ann.id)).not.toBeNull();
});
