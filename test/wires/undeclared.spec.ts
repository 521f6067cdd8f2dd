import { claimsOf, CommerceLayerClient, passwordGrant } from '../commerce-layer/wire.js';
import { atTheResetForm, NEW_PASSWORD, opensWith } from '../pages/links.js';
import { PASSWORD, TestApp, type Answer } from '../support/test-app.js';
import { askAt, endpoints } from './endpoints.js';

let app: TestApp;
let layer: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  layer = new CommerceLayerClient(app);
});

afterAll(() => app.stop());

it.each(endpoints)('a request to $name may have more members than GraphQL knows, which say nothing (SEC-2)', async (one) => {
  const more = { isAdmin: true, user: { id: 1 }, context: { caller: { kind: 'staff' } }, headers: { authorization: 'x' } };

  const plain = await askAt(app, one, { query: '{__typename}' });
  const dressed = await askAt(app, one, { query: '{__typename}', ...more });

  expect(plain.body.data).toEqual({ __typename: one.root });
  expect([dressed.status, dressed.body.data]).toEqual([200, plain.body.data]);
}); // prettier-ignore

it('parameters of a token request that there are not have no effect (SEC-2)', async () => {
  const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
  const more = {
    ...{ id: bob.number, customer_id: bob.id, owner: { type: 'Customer', id: bob.number } },
    ...{ kind: 'integration', application: { kind: 'integration' }, sub: bob.email, email: bob.email },
    ...{ expires_in: 99_999_999, exp: 9_999_999_999, test: false, aud: 'adobe:default' },
  };

  const plain = await layer.oauth(passwordGrant(ann.email));
  const dressed = await layer.oauth(passwordGrant(ann.email, more));

  const [one, other] = [plain, dressed].map(({ body }) => claimsOf(body.access_token));
  const { jti: _jti, rand: _rand, ...claims } = one ?? {};
  expect(other).toMatchObject(claims);
  expect(Object.keys(other ?? {})).toEqual(Object.keys(one ?? {}));
  expect(dressed.body.expires_in).toBe(plain.body.expires_in);
});

describe('a record of Commerce Layer', () => {
  const undeclared: readonly (readonly [string, object])[] = [
    ['a password hash', { attributes: { password_hash: 'x' } }],
    ['a number', { attributes: { number: 1 } }],
    ['a state', { attributes: { status: 'enabled', state: 'enabled' } }],
    ['a member of another record', { attributes: { reset_password_token: 'x' } }],
    ['what it shows and does not take', { attributes: { has_password: true } }],
    ['an owner', { relationships: { owner: { data: { type: 'customers', id: 'xxxxxxxxxx' } } } }],
    ['its resets', { relationships: { customer_password_resets: { data: [] } } }],
  ];

  let made = 0;
  const anEmail = (): string => `undeclared-${(made += 1)}@example.com`;

  it.each(undeclared)('takes no word of %s, when it is made or changed (SEC-2)', async (_what, more) => {
    const integration = await layer.integration();
    const data = { type: 'customers', attributes: {}, relationships: {} };
    const [kept, refused] = [anEmail(), anEmail()];
    const attributesOf = ({ body }: Answer): object => body.data.attributes;
    const before = await layer.call('POST', 'customers', integration, { ...data, attributes: { email: kept } });
    const { id } = before.body.data;

    const wanted = { ...data, ...more };
    const attributes = { email: refused, password: PASSWORD, ...wanted.attributes };
    const created = await layer.call('POST', 'customers', integration, { ...wanted, attributes });
    const changed = await layer.call('PATCH', `customers/${id}`, integration, { ...wanted, id });

    expect([created.status, changed.status]).toEqual([400, 400]);
    expect((await app.admin('GET', `/customers?email=${refused}`)).body.items).toEqual([]);
    const after = await layer.call('GET', `customers/${id}`, integration);
    expect(attributesOf(after)).toEqual(attributesOf(before));
  });
});

it('a form may have more fields than its page has, which say nothing (SEC-2)', async () => {
  const [{ ann, visitor }, bob] = [await atTheResetForm(app), await app.aCustomer()];
  const more = { number: String(bob.number), id: String(bob.id), customerId: String(bob.id), email: bob.email };

  const done = await visitor.send({ ...more, password: NEW_PASSWORD });

  expect(done.status).toBe(200);
  expect(await opensWith(app, ann, NEW_PASSWORD)).toBe(true);
  expect([await opensWith(app, bob, NEW_PASSWORD), await opensWith(app, bob, bob.password)]).toEqual([false, true]);
});
