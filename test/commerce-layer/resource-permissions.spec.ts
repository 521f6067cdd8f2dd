import { PASSWORD, TestApp } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
let guest: string;
let owned: string;
let own: { id: string; email: string };
let foreign: string;

const idOf = async (email: string): Promise<string> =>
  (await cl.call('GET', `customers?filter[q][email_eq]=${email}`, integration)).body.data[0].id;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  guest = await cl.channel();
  const { email } = await app.aCustomer();
  own = { id: await idOf(email), email };
  owned = await cl.customer({ email, password: PASSWORD });
  foreign = await idOf((await app.aCustomer()).email);
});

afterAll(() => app.stop());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** What an answer says of who asked: refused as not allowed, as a method, or let in as far as the record and the body. */
async function verdict(method: Method, path: string, token: string, data?: object): Promise<string> {
  const { status, body } = await cl.call(method, path, token, data);
  if (status === 401) return body.errors[0].code === 'UNAUTHORIZED' ? 'no' : body.errors[0].code;
  return status === 405 ? 'method' : 'yes';
}

const UNKNOWN = 'ZZZZZZZZZZ';
const RESOURCES = ['addresses', 'customer_addresses', 'customer_groups', 'customer_password_resets', 'customer_subscriptions', 'customers', 'tags']; // prettier-ignore

/** list, retrieve, create, update, delete of a record that does not exist, by kind of token. */
const RIGHTS: Readonly<Record<string, readonly [string, string]>> = {
  addresses: ['no no yes no no', 'no no yes no no'],
  customer_addresses: ['no no no no no', 'yes no yes no no'],
  customer_groups: ['no no no no no', 'no no no no no'],
  customer_password_resets: ['no no no no no', 'no no no no no'],
  customer_subscriptions: ['no no yes no no', 'yes no yes no no'],
  customers: ['no no yes no no', 'no no yes no no'],
  tags: ['no no no no no', 'no no no no no'],
};

it.each(RESOURCES)(
  'lets nobody do to %s what the contract does not open, and tells strangers of no record (SEC-65, SEC-77)',
  async (type) => {
    const rights = async (token: string): Promise<string> => {
      const data = { type, attributes: {}, relationships: {} };
      const all: [Method, string, object?][] = [
        ...[['GET', type], ['GET', `${type}/${UNKNOWN}`], ['POST', type, data]] as [Method, string, object?][], // prettier-ignore
        ...[['PATCH', `${type}/${UNKNOWN}`, { ...data, id: UNKNOWN }], ['DELETE', `${type}/${UNKNOWN}`]] as [Method, string, object?][], // prettier-ignore
      ];
      const verdicts: string[] = [];
      for (const [method, path, body] of all) verdicts.push(await verdict(method, path, token, body));
      return verdicts.join(' ');
    };

    expect(await rights(integration)).toBe('yes yes yes yes yes');
    expect([await rights(guest), await rights(owned)]).toEqual(RIGHTS[type]);
  },
);

it('lets a shopper read and change the own record alone, whatever way there is to it', async () => {
  expect((await cl.call('GET', `customers/${own.id}`, owned)).body.data.attributes.email).toBe(own.email);
  for (const id of [foreign, UNKNOWN, 'x']) {
    for (const path of ['', '/customer_addresses', '/orders', '/relationships/customer_addresses']) {
      expect([id, path, await verdict('GET', `customers/${id}${path}`, owned)]).toEqual([id, path, 'no']);
    }
    expect(
      await verdict('PATCH', `customers/${id}`, owned, { type: 'customers', id, attributes: { reference: 'x' } }),
    ).toBe('no');
    expect(await verdict('DELETE', `customers/${id}`, owned)).toBe('no');
  }
  expect(await verdict('GET', `customers/${own.id}`, guest)).toBe('no');
});

it('shows shoppers nothing of kinds that are not theirs to see, and takes no labels from them', async () => {
  for (const name of ['tags', 'customer_group']) {
    expect(await verdict('GET', `customers/${own.id}?include=${name}`, owned)).toBe('no');
    expect(await verdict('GET', `customers/${own.id}/${name}`, owned)).toBe('no');
    expect(await verdict('GET', `customers/${own.id}/relationships/${name}`, owned)).toBe('no');
  }
  const customer = { type: 'customers', id: own.id };
  for (const changes of [
    { attributes: { _add_tags: 'vip' } },
    { attributes: { _remove_tags: 'vip' } },
    { attributes: { _request_anonymization: true } },
    { attributes: { _cancel_anonymization: true } },
    { relationships: { tags: { data: [] } } },
    { relationships: { customer_group: { data: null } } },
  ]) {
    expect([changes, await verdict('PATCH', `customers/${own.id}`, owned, { ...customer, ...changes })]).toEqual([
      changes,
      'no',
    ]);
  }
  const tagged = { type: 'addresses', attributes: {}, relationships: { tags: { data: [] } } };
  expect(await verdict('POST', 'addresses', guest, tagged)).toBe('no');
});

it('takes no password from a shopper, and of a new address asks there first (SEC-78)', async () => {
  const { email } = await app.aCustomer();
  const id = await idOf(email);
  const shop = await cl.customer({ email, password: PASSWORD });
  const update = (attributes: object): Promise<Awaited<ReturnType<typeof cl.call>>> =>
    cl.call('PATCH', `customers/${id}`, shop, { type: 'customers', id, attributes });

  expect((await update({ password: 'another long one' })).status).toBe(401);
  const next = `next-${email}`;
  const { status, body } = await update({ email: next, metadata: { first_name: 'New' } });
  expect([status, body.data.attributes.email, body.data.attributes.metadata]).toEqual([
    200,
    email,
    { first_name: 'New' },
  ]);

  expect((await app.lastMail(next)).secret).toHaveLength(32);
  expect((await cl.call('GET', `customers/${id}`, integration)).body.data.attributes.email).toBe(email);
  expect(await cl.customer({ email, password: PASSWORD })).toContain('.');
  const taken = await cl.call('PATCH', `customers/${id}`, shop, {
    type: 'customers',
    id,
    attributes: { email: own.email },
  });
  expect([taken.status, taken.body.data.attributes.email]).toEqual([200, email]);
});

it('lets a guest sign up, within the limits of registrations, and tells that an address is taken', async () => {
  const sign = (email: string, password: unknown = 'a long password'): ReturnType<typeof cl.call> =>
    cl.call('POST', 'customers', guest, { type: 'customers', attributes: { email, password }, relationships: {} });

  expect((await sign('guest-1@example.com')).status).toBe(201);
  const { status, body } = await sign('GUEST-1@example.com');
  expect([status, body.errors]).toEqual([
    422,
    [
      {
        ...{ title: 'has already been taken', detail: 'email - has already been taken', code: 'VALIDATION_ERROR' },
        ...{ source: { pointer: '/data/attributes/email' }, status: '422' },
        meta: { error: 'taken', value: 'GUEST-1@example.com' },
      },
    ],
  ]);
  const short = await sign('guest-2@example.com', 'short');
  expect(short.body.errors).toMatchObject([
    { meta: { error: 'too_short', count: 8 }, source: { pointer: '/data/attributes/password' } },
  ]);
  expect(short.text).not.toContain('"short"');
  const both = await Promise.all([sign('guest-3@example.com'), sign('guest-3@example.com')]);
  expect(both.map((answer) => answer.status).sort()).toEqual([201, 422]);
});

it('deletes the own record at the wish of its owner', async () => {
  const { email } = await app.aCustomer();
  const id = await idOf(email);
  const shop = await cl.customer({ email, password: PASSWORD });

  expect((await cl.call('DELETE', `customers/${id}`, shop)).status).toBe(204);
  expect((await cl.call('GET', `customers/${id}`, shop)).body.errors[0].code).toBe('INVALID_TOKEN');
  expect((await cl.call('GET', `customers/${id}`, integration)).status).toBe(404);
});
