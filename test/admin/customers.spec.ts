import { applySetup } from '../setup/apply-setup.js';
import { TestApp, PASSWORD, type Answer } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const create = (body: object): Promise<Answer> => app.admin('POST', '/customers', body);
const find = (email: string): Promise<Answer> => app.admin('GET', `/customers?email=${encodeURIComponent(email)}`);

let made = 0;
function anEmail(): string {
  made += 1;
  return `person-${made}@example.com`;
}

describe('creating a customer', () => {
  const office = {
    firstName: 'Ann',
    middleName: 'M.',
    lastName: 'Lee',
    namePrefix: 'Dr.',
    nameSuffix: 'Jr.',
    company: 'Luma',
    lines: ['1 Main Street', 'Floor 2'],
    city: 'Austin',
    region: 'Texas',
    regionCode: 'TX',
    countryCode: 'US',
    postcode: '78701',
    phone: '+1 (512) 555-0100',
    fax: '555-0101',
    vatNumber: 'US123',
    defaultBilling: true,
    defaultShipping: false,
  };
  const everything = {
    email: 'Ann.LEE@Example.com',
    password: PASSWORD,
    realm: 'default',
    firstName: 'Ann',
    lastName: 'Lée 李 😀',
    phone: '+49 (30) 123-45',
    state: 'enabled',
    emailConfirmed: false,
    tags: ['vip', 'büro'],
    acceptsMarketing: true,
    multipassIdentifier: 'crm-7',
    attributes: { adobe: { allowRemoteShoppingAssistance: true, custom: { shoe_size: '43' } } },
    addresses: [office, { lines: [], countryCode: 'DE', defaultShipping: true }],
  };
  const nothing = Object.fromEntries(Object.keys(office).map((name) => [name, null]));

  it('answers 201 with everything that was given, and where to find it', async () => {
    const { status, headers, body } = await create(everything);
    const { password: _password, addresses: _addresses, ...given } = everything;

    expect(status).toBe(201);
    expect(headers['location']).toBe(`/admin/v1/customers/${body.number}`);
    expect(body).toEqual({
      ...given,
      number: expect.any(Number),
      id: expect.any(Number),
      hasPassword: true,
      lockedUntil: null,
      disabledBy: null,
      ids: {
        adobe: body.id,
        shopify: `gid://shopify/Customer/${body.number}`,
        commerceLayer: expect.stringMatching(/^[0-9A-Za-z]{10}$/),
        commonGround: expect.stringMatching(/^[0-9a-f]{24}$/),
      },
      createdAt: app.clock.now().toISOString(),
      updatedAt: app.clock.now().toISOString(),
      lastSignInAt: null,
      addresses: [
        { ...office, number: expect.any(Number), id: expect.any(Number) },
        {
          ...nothing,
          number: expect.any(Number),
          id: expect.any(Number),
          lines: [],
          countryCode: 'DE',
          defaultBilling: false,
          defaultShipping: true,
        },
      ],
    });
  });

  it('stores what it answers', async () => {
    const { headers, body } = await create({ ...everything, email: anEmail(), multipassIdentifier: 'crm-8' });

    const found = await app.request({ url: String(headers['location']), headers: { authorization: 'Bearer demo-admin-token' } }); // prettier-ignore

    expect(found.status).toBe(200);
    expect(found.body).toEqual(body);
  });

  it('needs an address and a state alone; the rest is absent, and a guest has no password', async () => {
    const email = anEmail();

    const { status, body } = await create({ email, state: 'enabled' });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      email,
      realm: 'default',
      emailConfirmed: true,
      firstName: null,
      lastName: null,
      phone: null,
      tags: [],
      acceptsMarketing: false,
      multipassIdentifier: null,
      hasPassword: false,
      addresses: [],
    });
  });

  it('takes null for absent', async () => {
    const nulls = { firstName: null, lastName: null, phone: null, multipassIdentifier: null };

    const { status, body } = await create({ email: anEmail(), state: 'enabled', password: null, ...nulls });

    expect(status).toBe(201);
    expect(body).toMatchObject({ ...nulls, hasPassword: false });
  });

  it.each(['enabled', 'disabled', 'invited', 'declined'])('knows the state %s', async (state) => {
    expect((await create({ email: anEmail(), state })).body.state).toBe(state);
  });

  it('gives each customer numbers of its own', async () => {
    const [one, other] = await Promise.all([create({ email: anEmail(), state: 'enabled' }), create({ email: anEmail(), state: 'enabled' })]); // prettier-ignore

    for (const key of ['number', 'id'] as const) expect(one.body[key]).not.toBe(other.body[key]);
    expect(one.body.number).toBeLessThan(2 ** 52);
  });

  it('answers 409 when the number is taken, and keeps a number of another form as text', async () => {
    const create = async (email: string, phone: string): Promise<number> =>
      (await app.admin('POST', '/customers', { email, phone, state: 'enabled' })).status;

    expect(await create('first-number@example.com', '+16135550123')).toBe(201);
    expect(await create('second-number@example.com', '+16135550123')).toBe(409);
    expect(await create('third-number@example.com', '613 555 0123')).toBe(201);
    expect(await create('fourth-number@example.com', '613 555 0123')).toBe(201);
  });

  it('answers 409 when the address is taken, in whatever spelling (SEC-13)', async () => {
    const email = anEmail();
    await create({ email, state: 'enabled' });

    for (const spelling of [email, email.toUpperCase(), ` ${email} `]) {
      expect(await create({ email: spelling, state: 'enabled' })).toMatchObject({
        status: 409,
        body: { title: 'Conflict', detail: 'The address belongs to another customer of the realm.' },
      });
    }
  });

  it('lets one of many win who ask for an address at the same moment (SEC-14)', async () => {
    const email = anEmail();

    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ email, password: PASSWORD, state: 'enabled', addresses: [office] }))); // prettier-ignore

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect((await find(email)).body.items).toHaveLength(1);
  });

  it('may mean another realm, where the address may belong to somebody else', async () => {
    const store = { code: 'brand', name: 'Brand', mailFrom: 'Brand <a@b.example>' };
    await applySetup(app, { realms: [{ code: 'brand', stores: [store] }] });
    const email = anEmail();

    const first = await create({ email, state: 'enabled' });
    const second = await create({ email, state: 'invited', realm: 'brand' });

    expect([first, second]).toMatchObject([
      { status: 201, body: { realm: 'default' } },
      { status: 201, body: { realm: 'brand' } },
    ]);
    expect((await find(email)).body.items).toEqual([first.body, second.body]);
  });
});

describe('finding customers', () => {
  it('by address answers a list of those who have it, in whatever spelling of the same key (SEC-12, SEC-13)', async () => {
    const { body } = await create({ email: 'Jurgen.Test+tag@MÜNCHEN.example', state: 'enabled' });
    const spellings = ['jurgen.test+tag@münchen.example', ' JURGEN.TEST+TAG@xn--mnchen-3ya.EXAMPLE '];

    for (const spelling of spellings) {
      expect(await find(spelling)).toMatchObject({ status: 200, body: { items: [body], nextCursor: null } });
    }
  });

  it('answers an empty list for an address that nobody has, or that is none', async () => {
    const { body } = await create({ email: anEmail(), state: 'enabled' });
    const similar = [String(body.email).replace('person', 'pers0n'), String(body.email).replace('.', '%'), '', '%', 'nobody', `${String(body.email)}, x@example.com`]; // prettier-ignore

    for (const email of similar) {
      expect(await find(email)).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    }
  });

  it('answers 400 to a query of another form (SEC-1, SEC-2)', async () => {
    for (const query of [
      '?mail=a@b.example',
      '?email=a@b.example&email=c@d.example',
      '?email[x]=1',
      '?email=a@b.example&x=1',
      `?email=${'x'.repeat(255)}`,
    ]) {
      // prettier-ignore
      expect(await app.admin('GET', `/customers${query}`)).toMatchObject({ status: 400, body: { title: 'Bad Request' } });
    }
  });

  it.each([
    '0',
    '-1',
    '1',
    '1000000000',
    '9007199254740992',
    '9007199254740993',
    '99999999999999999999',
    'text',
    '%00',
    '1%00',
    '1.0',
    '1e9',
    '01',
    ' 1',
    '0x1',
    'null',
  ])(
    // prettier-ignore
    'answers 404 to the number %s, and unlocks nobody by it (SEC-65)',
    async (number) => {
      const expected = { status: 404, body: { title: 'Not Found', detail: 'There is no such customer.' } };

      expect(await app.admin('GET', `/customers/${number}`)).toMatchObject(expected);
      expect(await app.admin('POST', `/customers/${number}/unlock`)).toMatchObject(expected);
    },
  );

  it('answers 404 to the internal id and to the ids of the dialects', async () => {
    const { body } = await create({ email: anEmail(), state: 'enabled' });

    for (const id of [
      body.id,
      body.ids.commerceLayer,
      body.ids.commonGround,
      encodeURIComponent(String(body.ids.shopify)),
    ]) {
      // prettier-ignore
      expect((await app.admin('GET', `/customers/${String(id)}`)).status).toBe(404);
    }
  });
});

it('shows when somebody signed in last', async () => {
  const ann = await app.aCustomer();
  app.clock.advance(5);

  await app.signedIn(ann);

  expect((await app.admin('GET', `/customers/${ann.number}`)).body.lastSignInAt).toBe(app.clock.now().toISOString());
});
