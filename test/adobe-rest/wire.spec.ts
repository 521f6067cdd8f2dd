import { bearer, told } from '../adobe/wire.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { callerOf, INTEGRATION, NO_ENTITY, UNAUTHORIZED, type Call } from './wire.js';

const NO_ROUTE = { message: 'Request does not match any route.' };
const AVAILABLE = 'customers/isEmailAvailable';

let app: TestApp;
let staff: Call;

beforeAll(async () => {
  app = await TestApp.start();
  staff = callerOf(app, INTEGRATION);
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

function send(
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
  method: 'GET' | 'POST' = 'POST',
): Promise<Answer> {
  // prettier-ignore
  return app.request({ method, url, headers, ...(body === undefined ? {} : { body }) });
}

it.each(['/rest/V1/', '/rest/default/V1/', '/rest/DEFAULT/V1/', '/rest/all/V1/'])(
  'answers below %s, with and without a slash at the end',
  async (base) => {
    // prettier-ignore
    for (const end of ['', '/']) {
    expect(told(await send(base + AVAILABLE + end, { customerEmail: 'a@b.co' }))).toEqual([200, true]);
  }
  },
);

it.each([
  ['an unknown path', '/rest/V1/customers/1/nothing'],
  ['the base alone', '/rest/V1'],
  ['the word alone', '/rest'],
  ['another version', `/rest/V2/${AVAILABLE}`],
  ['an unknown store', `/rest/elsewhere/V1/${AVAILABLE}`],
  ['a store that is two', `/rest/default/default/V1/${AVAILABLE}`],
])('says of %s that it matches no route', async (_, url) => {
  const answer = await send(url, { customerEmail: 'a@b.co' });

  expect(told(answer)).toEqual([404, NO_ROUTE]);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
});

it('does not know another method of a path', async () => {
  expect(told(await send(`/rest/V1/${AVAILABLE}`, undefined, {}, 'GET'))).toMatchObject([
    401,
    { message: UNAUTHORIZED },
  ]); // by the route of ids
  expect(told(await staff('DELETE', 'customers'))).toEqual([404, NO_ROUTE]);
});

it('does not answer for a store that does not speak this dialect', async () => {
  const quiet = { code: 'quiet', name: 'Quiet', mailFrom: 'Quiet <hello@quiet.example>', storefrontUrl: 'https://quiet.example' }; // prettier-ignore
  await app.setUp({ stores: [quiet] });

  expect(told(await send(`/rest/quiet/V1/${AVAILABLE}`, { customerEmail: 'a@b.co' }))).toEqual([404, NO_ROUTE]);
});

it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/xml'])(
  'reads no %s (SEC-5)',
  async (type) => {
    const answer = await send(`/rest/V1/${AVAILABLE}`, '{"customerEmail":"a@b.co"}', { 'content-type': type });

    expect(told(answer)).toEqual([415, { message: 'Request content type must be application/json' }]);
  },
);

it.each([
  ['that is no JSON', '{"customerEmail"', 'The request cannot be read.', 400],
  ['that poisons prototypes', '{"__proto__":{"a":1}}', 'The request cannot be read.', 400],
  ['that is too large (SEC-3)', JSON.stringify({ customerEmail: 'a'.repeat(101 * 1024) }), 'The request body is too large.', 413], // prettier-ignore
])('refuses a body %s', async (_, body, message, status) => {
  const answer = await send(`/rest/V1/${AVAILABLE}`, body, { 'content-type': 'application/json' });

  expect(told(answer)).toEqual([status, { message }]);
});

it.each([
  ['a list', []],
  ['a text', '"text"'],
  ['a number', '7'],
])('refuses a body that is %s (SEC-1)', async (_, body) => {
  const answer = await send(`/rest/V1/${AVAILABLE}`, body, { 'content-type': 'application/json' });

  expect(answer.status).toBe(400);
  expect(Object.keys(answer.body)).toEqual(['message', 'parameters']);
});

it('takes no token from the query (SEC-11)', async () => {
  const token = await app.signedIn(await app.aCustomer());

  for (const name of ['access_token', 'token', 'Authorization']) {
    expect((await send(`/rest/V1/customers/me?${name}=${token}`, undefined, {}, 'GET')).status).toBe(401);
  }
});

it('tells of a fault its id and nothing else (SEC-68)', async () => {
  const spy = jest.spyOn(app.database, 'read').mockRejectedValueOnce(new Error('secret inside'));

  const answer = await send('/rest/V1/customers/1', undefined, bearer(INTEGRATION), 'GET');

  spy.mockRestore();
  expect(answer.status).toBe(500);
  expect(answer.body).toEqual({ message: `Internal Error. Report ID: ${String(answer.headers['x-request-id'])}` });
});

describe('addresses', () => {
  async function aCustomerWithAddresses(): Promise<{ id: number; home: number; work: number; me: Call }> {
    const ann = await app.aCustomer({ addresses: [{ city: 'Graz', countryCode: 'AT' }, { city: 'Linz' }] });
    const { addresses, website_id } = (await staff('GET', `customers/${ann.id}`)).body;
    const [home, work] = [addresses[0].id, addresses[1].id];
    const marked = { default_billing: String(home), default_shipping: String(work) };
    const customer = { email: ann.email, firstname: 'Ann', lastname: 'Lee', website_id, ...marked };
    expect((await staff('PUT', `customers/${ann.id}`, { customer })).status).toBe(200);
    return { id: ann.id, home, work, me: callerOf(app, await app.signedIn(ann)) };
  }

  it('shows the default ones to their owner and to staff, and null where there are none', async () => {
    const { id, home, work, me } = await aCustomerWithAddresses();
    const nobody = callerOf(app, await app.signedIn(await app.aCustomer()));

    for (const answer of [
      await me('GET', 'customers/me/billingAddress'),
      await staff('GET', `customers/${id}/billingAddress`),
    ]) {
      // prettier-ignore
      expect(answer.body).toMatchObject({ id: home, customer_id: id, city: 'Graz', default_billing: true });
    }
    for (const answer of [
      await me('GET', 'customers/me/shippingAddress'),
      await staff('GET', `customers/${id}/shippingAddress`),
    ]) {
      // prettier-ignore
      expect(answer.body).toMatchObject({ id: work, default_shipping: true });
    }
    for (const kind of ['billingAddress', 'shippingAddress']) {
      const { status, text } = await nobody('GET', `customers/me/${kind}`);
      expect([status, text]).toEqual([200, 'null']);
    }
  });

  it('shows one and deletes one by its id; a default that is gone is none', async () => {
    const { home, me } = await aCustomerWithAddresses();
    expect((await staff('GET', `customers/addresses/${home}`)).body).toMatchObject({ id: home, city: 'Graz' });

    expect(told(await staff('DELETE', `addresses/${home}`))).toEqual([200, true]);

    const gone = { message: NO_ENTITY, parameters: { fieldName: 'addressId', fieldValue: home } };
    expect(told(await staff('DELETE', `addresses/${home}`))).toEqual([404, gone]);
    expect(told(await staff('GET', `customers/addresses/${home}`))).toEqual([404, gone]);
    expect((await me('GET', 'customers/me')).body).not.toHaveProperty('default_billing');
    expect(told(await staff('GET', 'customers/addresses/abc'))).toEqual([404, { message: NO_ENTITY, parameters: { fieldName: 'addressId', fieldValue: 'abc' } }]); // prettier-ignore
  });
});
