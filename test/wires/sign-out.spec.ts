import { clientOf, operations } from '../adobe/wire.js';
import { callerOf } from '../adobe-rest/wire.js';
import { CHANNEL } from '../commerce-layer/wire.js';
import { atClient } from '../common-ground/operations.js';
import { OTHER_STORE } from '../shopify/activations.js';
import { DELETE, shopify, whoHas } from '../shopify/storefront.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { wiresOf, type WireName } from './wires.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' }, stores: [OTHER_STORE] });
});

afterAll(() => app.stop());

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** How a customer ends a session, and whether the answer is that it has ended. */
const SIGN_OUTS: Record<string, { readonly wire: WireName; readonly end: (token: string) => Promise<Answer> }> = {
  'Adobe’s revokeCustomerToken': {
    wire: 'adobe',
    end: (token) => clientOf(app)(operations.revokeCustomerToken, {}, bearer(token)),
  },
  'Adobe’s REST revocation': {
    wire: 'adobe',
    end: (token) => callerOf(app, token)('POST', 'integration/customer/revoke-customer-token'),
  },
  'Shopify’s customerAccessTokenDelete': { wire: 'shopify', end: (token) => shopify(app, DELETE, { token }) },
  'Commerce Layer’s revocation': {
    wire: 'commerceLayer',
    end: (token) =>
      app.request({ method: 'POST', url: '/oauth/revoke', body: { client_id: CHANNEL.client_id, token } }),
  },
  'Common Ground’s logout': {
    wire: 'commonGround',
    end: (token) => atClient(app, 'mutation{logout{ok}}', {}, bearer(token)),
  },
};

it.each(Object.entries(SIGN_OUTS))('%s ends the session, and done again changes nothing and is no fault (SEC-54)', async (_name, { wire, end }) => {
  const wires = wiresOf(app);
  const ann = await app.aCustomer();
  const token = (await wires[wire].signIn(ann.email, ann.password)) ?? '';
  app.logged.length = 0;

  const statuses = [(await end(token)).status, (await end(token)).status, (await end(token)).status];

  expect(statuses[0]).toBe(200);
  expect(statuses[1]).toBe(statuses[2]);
  expect(statuses[1]).toBeLessThan(500);
  expect(await wires[wire].isAlive(token)).toBe(false);
  expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  expect(app.logged.filter((line) => line.includes('"token_revoked"'))).toHaveLength(1);
}); // prettier-ignore

it('staff may end all sessions of a customer as often as they like (SEC-54)', async () => {
  const { number } = await app.aCustomer();

  const end = (): Promise<Answer> => app.admin('POST', `/customers/${number}/revoke-tokens`);

  expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
});

it('a storefront ends no session that another store of the realm began (SEC-54)', async () => {
  const ann: TestCustomer = await app.aCustomer();
  const token = (await wiresOf(app).shopify.signIn(ann.email, ann.password)) ?? '';
  const headers = { 'x-shopify-storefront-access-token': 'other-storefront-token' };

  const { body } = await shopify(app, DELETE, { token }, { headers });

  expect(body.data.customerAccessTokenDelete?.deletedAccessToken ?? null).toBeNull();
  expect(await whoHas(app, token)).toBe(ann.email);
});
