import { PasswordHasher } from '#lib/password-hash';
import { loadConfig } from '../../src/config/index.js';
import { ApiClientService, demoSetup, readSetup, SetupService, StoreDirectory } from '../../src/store/index.js';
import { PASSWORD, TestApp, type Answer } from '../support/test-app.js';
import { applySetup } from './apply-setup.js';
import { allRows } from './tables.js';

const RONI = { email: 'roni_cost@example.com', password: 'roni_cost3@example.com' };
let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

beforeEach(() => apply(demoSetup));

afterAll(() => app.stop());

const apply = (setup: object): Promise<void> => applySetup(app, setup);

/** The demo setup with other members in its store. */
function withStore(store: object, rest: object = {}): object {
  const [realm] = demoSetup.realms;
  return { ...demoSetup, realms: [{ ...realm, stores: [{ ...realm?.stores[0], ...store }] }], ...rest };
}

function adminAnswer(token: string): Promise<Answer> {
  return app.request({ url: '/admin/v1/customers?email=a@b.example', headers: { authorization: `Bearer ${token}` } });
}

const signIn = (email: string, password: string): Promise<Answer> =>
  app.adobe('mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}', {
    e: email,
    p: password,
  });

describe('applying a setup again', () => {
  it('changes nothing in any table, however much later', async () => {
    const before = await allRows(app);
    app.clock.advance(3600);
    app.logged.length = 0;

    await apply(demoSetup);
    await apply(JSON.parse(JSON.stringify(demoSetup)) as object);

    expect(await allRows(app)).toEqual(before);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['realm', 'store', 'api_client', 'customer']));
    expect(before['api_client']).toHaveLength(9);
    expect(app.logged).toEqual([]);
  });

  it('changes nothing when the members stand in another order', async () => {
    const before = await allRows(app);
    app.clock.advance(60);

    await apply({
      customers: demoSetup.customers,
      adminTokens: demoSetup.adminTokens,
      realms: demoSetup.realms.map(backwards),
    });

    expect(await allRows(app)).toEqual(before);
  });

  it('never resets the password of a customer who exists', async () => {
    const token = await app.signedIn({ ...RONI, number: 0, id: 0 });
    const changed = await app.adobe(
      'mutation($o:String!,$n:String!){changeCustomerPassword(currentPassword:$o,newPassword:$n){email}}',
      { o: RONI.password, n: 'a password of my own' },
      { authorization: `Bearer ${token}` },
    );

    await apply(demoSetup);

    expect(changed.body.errors).toBeUndefined();
    expect((await signIn(RONI.email, 'a password of my own')).body.data.generateCustomerToken.token).toEqual(
      expect.any(String),
    );
    expect((await signIn(RONI.email, RONI.password)).body.errors).toHaveLength(1);
  });

  it('deletes nothing that the file no longer names, but closes a dialect that has no block any more', async () => {
    const before = await allRows(app);
    const [realm] = demoSetup.realms;
    const { shopify: _s, adobe: _a, commerceLayer: _cl, commonGround: _cg, ...bare } = realm?.stores[0] ?? {};
    const other = { ...bare, code: 'other', name: 'Other' };

    await apply({ realms: [{ code: 'second', stores: [other] }] });
    const afterwards = await allRows(app);
    await apply({ realms: [{ ...realm, stores: [bare] }] });
    const closed = await app.adobe('{customer{email}}');

    expect(afterwards['realm']?.slice(0, 1)).toEqual(before['realm']);
    expect(afterwards['store']?.slice(0, 1)).toEqual(before['store']);
    expect([afterwards['api_client'], afterwards['customer']]).toEqual([before['api_client'], before['customer']]);
    expect((await allRows(app))['api_client']).toEqual(before['api_client']);
    expect(closed.status).toBe(404);
  });
});

describe('a change in the file', () => {
  it('of a store reaches the store, and says when', async () => {
    const changes = {
      name: 'Luma',
      storefrontUrl: 'https://luma.example/',
      locale: 'de',
      mailFrom: 'Luma <a@luma.example>',
    };
    app.clock.advance(60);

    await apply(withStore(changes));
    const store = app.get(StoreDirectory).defaultStore;

    expect(store).toMatchObject({ ...changes, storefrontUrl: 'https://luma.example', updatedAt: app.clock.now() });
    expect(store.createdAt < store.updatedAt).toBe(true);
  });

  it('of a policy binds the next request (SEC-17)', async () => {
    const [realm] = demoSetup.realms;

    await apply({ ...demoSetup, realms: [{ ...realm, policy: { passwordMinimum: 30 } }] });
    const refused = await app.admin('POST', '/customers', {
      email: 'short@example.com',
      password: PASSWORD,
      state: 'enabled',
    });

    expect(refused.body.detail).toBe('password: it has fewer than 30 characters.');
  });

  it('of a credential with a name replaces its secret; the former one is dead (SEC-84)', async () => {
    const admin = { username: 'demo-admin', password: 'another-admin-password' };
    const application = {
      kind: 'integration',
      clientId: 'demo-integration',
      clientSecret: 'another-integration-secret',
    };
    const clients = app.get(ApiClientService);

    await apply(
      withStore(
        {
          adobe: { admins: [admin] },
          commerceLayer: { organization: 'demo', applications: [application] },
          commonGround: { keys: [{ accessKey: 'demo-cg-access', secretKey: 'another-cg-secret' }] },
        },
        { adminTokens: [{ name: 'operations', token: 'first-token' }] },
      ),
    );
    await apply({
      ...demoSetup,
      realms: [{ code: 'default', stores: [withoutDialects()] }],
      adminTokens: [{ name: 'operations', token: 'second-token' }],
    });

    expect(await clients.findByToken('commerce-layer-integration', 'demo-integration-secret')).toBeNull();
    expect(await clients.findByToken('commerce-layer-integration', 'another-integration-secret')).not.toBeNull();
    expect(await clients.findByToken('common-ground-key', 'demo-cg-secret')).toBeNull();
    expect(await clients.findByToken('common-ground-key', 'another-cg-secret')).not.toBeNull();
    expect(await adminPasswordFits('another-admin-password')).toBe(true);
    expect(await adminPasswordFits('demo-admin-password-1')).toBe(false);
    expect([(await adminAnswer('first-token')).status, (await adminAnswer('second-token')).status]).toEqual([401, 200]);
  });

  it('of a token without a name adds one; the former one stays', async () => {
    await apply({ ...demoSetup, adminTokens: ['an-added-token'] });

    expect([(await adminAnswer('an-added-token')).status, (await adminAnswer('demo-admin-token')).status]).toEqual([
      200, 200,
    ]);
  });

  it('may give a token a name or narrow it, without making a second one', async () => {
    const count = (await allRows(app))['api_client']?.length;
    const integrationTokens = [{ token: 'demo-adobe-integration-token', resources: ['Magento_Customer::customer'] }];

    await apply(
      withStore({ adobe: { integrationTokens } }, { adminTokens: [{ name: 'named', token: 'demo-admin-token' }] }),
    );
    const [admin, integration] = await Promise.all([
      app.get(ApiClientService).findByToken('keyturn-admin', 'demo-admin-token'),
      app.get(ApiClientService).findByToken('adobe-integration', 'demo-adobe-integration-token'),
    ]);

    expect([admin?.name, integration?.scopes]).toEqual(['named', ['Magento_Customer::customer']]);
    expect((await allRows(app))['api_client']).toHaveLength(count ?? 0);
  });

  it('may give the secret of one name to another, also in turns', async () => {
    const named = (...pairs: [name: string, token: string][]): object => ({
      ...demoSetup,
      adminTokens: pairs.map(([name, token]) => ({ name, token })),
    });
    const statuses = async (...tokens: string[]): Promise<number[]> => Promise.all(tokens.map(async (token) => (await adminAnswer(token)).status)); // prettier-ignore
    await apply(named(['one', 'turning-token-1'], ['two', 'turning-token-2']));

    await apply(named(['one', 'turning-token-2'], ['two', 'turning-token-1']));
    const [one, two] = await Promise.all(['turning-token-2', 'turning-token-1'].map((token) => app.get(ApiClientService).findByToken('keyturn-admin', token))); // prettier-ignore
    await apply(named(['one', 'turning-token-1']));

    expect([one?.name, two?.name]).toEqual(['one', 'two']);
    expect(await statuses('turning-token-1', 'turning-token-2')).toEqual([200, 401]);
  });

  it('cannot move a store, and its customers with it, to another realm', async () => {
    const before = await allRows(app);

    const applied = apply({ realms: [{ code: 'elsewhere', stores: [withoutDialects()] }] });

    await expect(applied).rejects.toThrow('The setup has a fault:\n- store default cannot move to realm elsewhere');
    expect(await allRows(app)).toEqual(before);
  });

  it('may move a token to another store (SEC-50)', async () => {
    const moved = {
      ...withoutDialects(),
      code: 'moved',
      adobe: { integrationTokens: ['demo-adobe-integration-token'] },
    };

    await apply({ ...demoSetup, realms: [{ code: 'default', stores: [withoutDialects(), moved] }] });
    const client = await app.get(ApiClientService).findByToken('adobe-integration', 'demo-adobe-integration-token');

    expect(client?.storeId).toBe(app.get(StoreDirectory).findByCode('moved')?.id);
  });
});

describe('customers of the file', () => {
  it('are made in the realm that is named, where one address may belong to somebody else', async () => {
    const realm = { code: 'brand', stores: [{ ...withoutDialects(), code: 'brand' }] };
    const entry = { realm: 'brand', email: RONI.email, state: 'invited' };

    await apply({ realms: [...demoSetup.realms, realm], customers: [entry] });
    const found = await app.admin('GET', `/customers?email=${RONI.email}`);

    expect(found.body.items).toMatchObject([
      { realm: 'default', state: 'enabled', hasPassword: true },
      { realm: 'brand', state: 'invited', hasPassword: false },
    ]);
  });

  it('do not hold each other up when one cannot be made', async () => {
    const customers = [{ email: 'nobody' }, { email: 'a@b.example', realm: 'nowhere' }, { email: 'after@example.com' }];

    await apply({ ...demoSetup, customers });
    const found = await app.admin('GET', '/customers?email=after@example.com');

    expect(found.body.items).toHaveLength(1);
    expect(app.logged.join('')).toContain("the setup's customer nobody was not made: EMAIL_INVALID");
  });
});

it('is applied by instances that start at the same moment, once', async () => {
  const store = {
    ...withoutDialects(),
    code: 'crowd',
    adobe: { admins: [{ username: 'boss', password: 'boss-password' }] },
  };
  const setup = readSetup(
    JSON.stringify({ realms: [{ code: 'crowd', stores: [store] }], adminTokens: ['crowd-token'] }),
    loadConfig(),
  );

  await Promise.all(Array.from({ length: 4 }, () => app.get(SetupService).apply(setup)));
  const { realm, store: stores, api_client: clients } = await allRows(app);

  expect([realm, stores, clients].map((rows) => rows?.filter((row) => /=(crowd|boss) /.test(row)).length)).toEqual([
    1, 1, 1,
  ]);
});

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, member]) => [name, backwards(member)])); // prettier-ignore
}

function withoutDialects(): object {
  return { code: 'default', name: 'Bare', mailFrom: 'Bare <bare@example.com>' };
}

async function adminPasswordFits(password: string): Promise<boolean> {
  const [row] = await app.database.select(`SELECT password_hash FROM api_client WHERE name = 'demo-admin'`, []);
  return app.get(PasswordHasher).verify(String(row?.['password_hash']), password);
}
