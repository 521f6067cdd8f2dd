import { toShortId } from '../../src/common/public-id.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { CHANNEL, claimsOf, CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

const infoOf = (token: string): Promise<Answer> =>
  app.request({
    ...{ url: '/oauth/tokeninfo', from: cl.newNetwork() },
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
  });

const applicationIn = (token: string): string =>
  (claimsOf(token)['application'] as { readonly id: string }).id; // prettier-ignore

it('tells an integration what it is and that it may do everything', async () => {
  const token = await cl.integration();

  const { status, body, headers } = await infoOf(token);

  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    200,
    'application/json; charset=utf-8',
    'no-store',
  ]);
  expect(headers['x-ratelimit-limit']).toBe('100');
  const { permissions, ...rest } = body;
  expect(rest).toEqual({
    token: { test: true, market_ids: [], stock_location_ids: [], lifespan: 7200 },
    role: { id: null, kind: 'integration', name: 'integration' },
    application: { id: applicationIn(token), kind: 'integration', name: 'demo-integration', core: false },
    accessible_apps: [],
  });
  expect(permissions.customer_password_resets).toEqual({ actions: ['create', 'destroy', 'read', 'update'] });
  expect(permissions.events).toEqual({ actions: ['read', 'update'] });
  expect(permissions.organizations).toEqual({ actions: ['read'] });
});

it('tells a customer whose token it is, and what the owner of one may do', async () => {
  const ann = await app.aCustomer();
  const scope = 'market:id:abc stock_location:id:xyz';
  const token = await cl.token({
    ...{ ...CHANNEL, grant_type: 'password', username: ann.email, password: ann.password, scope },
  });

  const { body } = await infoOf(token);

  expect(body).toMatchObject({
    token: { test: true, market_ids: ['abc'], stock_location_ids: ['xyz'], lifespan: 14400 },
    role: { kind: 'sales_channel' },
    owner: { type: 'Customer', id: toShortId(ann.number), email: ann.email },
  });
  expect(body.permissions.customers).toEqual({ actions: ['create', 'destroy', 'read', 'update'] });
  expect(body.permissions.customer_password_resets).toEqual({ actions: ['update'] });
  expect(Object.keys(body.permissions)).not.toEqual(expect.arrayContaining(['webhooks']));
});

it('tells a guest what is left for one', async () => {
  const { body } = await infoOf(await cl.channel());

  expect(body).not.toHaveProperty('owner');
  expect(body.permissions.customers).toEqual({ actions: ['create'] });
  expect(body.permissions).not.toHaveProperty('events');
});

it('refuses what is no token, without one and with one that has ended', async () => {
  const token = await cl.integration();
  await app.request({
    ...{ method: 'POST', url: '/oauth/revoke', from: cl.newNetwork() },
    body: { client_id: 'demo-integration', client_secret: 'demo-integration-secret', token },
  });

  for (const presented of ['', 'nonsense', token]) {
    const { status, body } = await infoOf(presented);
    expect([status, body.errors[0].code]).toEqual([401, 'INVALID_TOKEN']);
  }
  const { status } = await app.request({ method: 'POST', url: '/oauth/tokeninfo', body: {} });
  expect(status).toBe(404);
});
