import { aNewEmail, texts, told } from '../adobe/wire.js';
import { PASSWORD, TestApp } from '../support/test-app.js';
import { callerOf, INTEGRATION, missing, NO_ENTITY, several, type Call } from './wire.js';

const HASH = '1defba37d4586b469b6800fb2506933a046bcf012160f5fbb36ff2c6a8b139d3:aZ09bY18cX27dW36eV45fU54gT63hS72:3_32_2_67108864'; // prettier-ignore
const HOME = {
  firstname: 'Mira',
  lastname: 'Shah',
  street: ['Main St 1'],
  city: 'Austin',
  country_id: 'US',
  region: { region_code: 'TX' },
  region_id: 57,
  postcode: '73301',
  telephone: '512-555-0100',
};

let app: TestApp;
let guest: Call;
let staff: Call;

beforeAll(async () => {
  app = await TestApp.start();
  [guest, staff] = [callerOf(app), callerOf(app, INTEGRATION)];
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

const person = (more: object = {}): object => ({ email: aNewEmail(), firstname: 'Mira', lastname: 'Shah', ...more });

describe('POST /V1/customers', () => {
  it('makes a customer with addresses and shows it, without what is null', async () => {
    const email = aNewEmail();
    const customer = {
      ...person({ email, dob: '1990-02-28', gender: 2, taxvat: 'U1' }),
      addresses: [{ ...HOME, default_billing: true, default_shipping: true }],
      extension_attributes: { is_subscribed: true, assistance_allowed: 2 },
      custom_attributes: [{ attribute_code: 'shoe_size', value: '39' }],
    };

    const { status, body } = await guest('POST', 'customers', { customer, password: PASSWORD });

    const [home] = body.addresses;
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ id: expect.any(Number), group_id: 1, created_in: 'Demo Store', disable_auto_group_change: 0 },
      ...{
        store_id: expect.any(Number),
        website_id: expect.any(Number),
        custom_attributes: customer.custom_attributes,
      },
      ...{ email, firstname: 'Mira', lastname: 'Shah', dob: '1990-02-28', gender: 2, taxvat: 'U1' },
      ...{ default_billing: String(home.id), default_shipping: String(home.id) },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      updated_at: body.created_at,
      extension_attributes: { is_subscribed: true, assistance_allowed: 2 },
      addresses: [
        {
          ...HOME,
          ...{ id: home.id, customer_id: body.id, default_billing: true, default_shipping: true },
          region: { region_code: 'TX', region: 'Texas', region_id: 57 },
        },
      ],
    });
    expect((await guest('POST', 'integration/customer/token', { username: email, password: PASSWORD })).status).toBe(
      200,
    );
    expect((await app.lastMail(email)).subject).toBe('Welcome to Demo Store');
  });

  it('lets nobody say what is not theirs to say (SEC-2)', async () => {
    const ann = await app.aCustomer();
    const forged = {
      id: ann.id,
      group_id: 3,
      website_id: 99,
      confirmation: 'x',
      created_at: '1999-01-01',
      store_id: 77,
    };

    const { status, body } = await guest('POST', 'customers', { customer: person(forged), password: PASSWORD });

    expect(status).toBe(200);
    expect(body.id).not.toBe(ann.id);
    expect(body).toMatchObject({ group_id: 1 });
    expect(body.created_at).not.toContain('1999');
    expect([body.website_id, body.store_id]).not.toEqual(expect.arrayContaining([99, 77]));
    expect(body).not.toHaveProperty('confirmation');
    expect((await staff('GET', `customers/${ann.id}`)).body.email).toBe(ann.email);
  });

  it('refuses members that it does not know, at every depth (SEC-2)', async () => {
    const unknown = '"%fieldName" is not supported. Correct the field name and try again.';
    const deep = { extension_attributes: { password_hash: 'x' } };

    expect(told(await guest('POST', 'customers', { customer: person({ passwordHash: 'x' }) }))).toEqual([
      400,
      { message: unknown, parameters: { fieldName: 'passwordHash' } },
    ]);
    expect((await guest('POST', 'customers', { customer: person(deep) })).body.parameters).toEqual({ fieldName: 'password_hash' }); // prettier-ignore
  });

  it('tells a taken address, as a stranger and in both modes', async () => {
    const ann = await app.aCustomer();

    const answer = await guest('POST', 'customers', { customer: person({ email: ann.email }), password: PASSWORD });

    expect(told(answer)).toEqual([400, { message: texts.taken }]);
  });

  it('gives the template and its parameters of a password that is too short', async () => {
    const answer = await guest('POST', 'customers', { customer: person(), password: 'short' });

    const message = 'The password needs at least %1 characters. Create a new password and try again.';
    expect(told(answer)).toEqual([400, { message, parameters: ['8'] }]);
  });

  it.each([
    ['no customer', undefined, missing('customer')],
    ['no address', { email: null }, missing('email')],
    [
      'a malformed address',
      { email: 'plain' },
      { message: '"%1" is not a valid email address.', parameters: ['plain'] },
    ],
    ['no first name', { firstname: '' }, { message: '"First Name" is a required value.' }],
    ['no name at all', { firstname: ' ', lastname: null }, several(['"First Name" is a required value.'], ['"Last Name" is a required value.'])], // prettier-ignore
    ['an unknown gender', { gender: 7 }, { message: '"7" is not a valid gender value.' }],
    ['a date that is none', { dob: '2001-02-30' }, { message: 'Invalid date' }],
    ['a number for a text (SEC-1)', { firstname: 7 }, { message: 'The value of "%fieldName" is not valid.', parameters: { fieldName: 'firstname' } }], // prettier-ignore
    ['a list for a text (SEC-1)', { email: ['a@b.co'] }, { message: 'The value of "%fieldName" is not valid.', parameters: { fieldName: 'email' } }], // prettier-ignore
    ['a control character (SEC-4)', { lastname: 'a\u0000' }, { message: 'The value of "%fieldName" is not valid.', parameters: { fieldName: 'lastname' } }], // prettier-ignore
    ['an address without a city', { addresses: [{ ...HOME, city: '' }] }, missing('city')],
    ['an unknown country', { addresses: [{ ...HOME, country_id: 'XX' }] }, { message: 'Invalid value of "%value" provided for the %fieldName field.', parameters: { fieldName: 'country_id', value: 'XX' } }], // prettier-ignore
    ['a region of another country', { addresses: [{ ...HOME, country_id: 'CA' }] }, { message: 'The region_id does not match the selected country or region' }], // prettier-ignore
  ])('refuses %s and stores nothing', async (_, more, refused) => {
    const email = aNewEmail();
    const customer = more === undefined ? undefined : { ...person({ email }), ...more };

    const answer = await guest('POST', 'customers', { customer, password: PASSWORD });

    expect(told(answer)).toEqual([400, refused]);
    expect((await app.admin('GET', `/customers?email=${email}`)).body.items).toEqual([]);
  });

  it('mails a link that names the owner to who has no password yet', async () => {
    const email = aNewEmail();

    const { body } = await guest('POST', 'customers', { customer: person({ email }) });

    const { link, secret } = await app.lastMail(email);
    expect(link).toContain(`/customer/account/createPassword/?id=${body.id}&token=${secret}`);
    const check = await guest('GET', `customers/${body.id}/password/resetLinkToken/${secret}`);
    expect(told(check)).toEqual([200, true]);
  });
});

describe('GET and PUT /V1/customers/me', () => {
  it('changes what is said, replaces the address book, and leaves the rest', async () => {
    const ann = await app.aCustomer();
    const me = callerOf(app, await app.signedIn(ann));
    const first = (await me('PUT', 'customers/me', { customer: { ...person({ email: ann.email }), addresses: [HOME, { ...HOME, city: 'Waco' }] } })).body; // prettier-ignore
    const [home, work] = first.addresses;

    const customer = { ...first, lastname: 'Rao', default_shipping: String(work.id), addresses: [{ ...work, company: 'Works' }] }; // prettier-ignore
    const { status, body } = await me('PUT', 'customers/me', { customer });

    expect(status).toBe(200);
    expect(body).toMatchObject({ firstname: 'Mira', lastname: 'Rao', default_shipping: String(work.id) });
    expect(body).not.toHaveProperty('default_billing');
    expect(body.addresses).toEqual([{ ...work, company: 'Works', default_shipping: true }]);
    expect((await me('GET', 'customers/me')).body).toEqual(body);
    expect((await staff('GET', `customers/addresses/${home.id}`)).status).toBe(404);
  });

  it('is about the caller, whatever id the body has, and takes no hash', async () => {
    const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
    const me = callerOf(app, await app.signedIn(ann));
    const customer = { ...person({ email: ann.email }), id: bob.id, group_id: 3, website_id: 9 };

    const { body } = await me('PUT', 'customers/me', { customer, passwordHash: HASH });

    expect(body).toMatchObject({ id: ann.id, firstname: 'Mira', group_id: 1 });
    expect((await staff('GET', `customers/${bob.id}`)).body.firstname).toBe('Ann');
    expect(await app.signedIn(ann)).toEqual(expect.any(String));
  });

  it('gives nobody another address without the current password (SEC-78)', async () => {
    const ann = await app.aCustomer();
    const me = callerOf(app, await app.signedIn(ann));

    const answer = await me('PUT', 'customers/me', { customer: person() });

    expect(told(answer)).toEqual([400, { message: 'Provide the current "password" to change "email".' }]);
    expect((await me('GET', 'customers/me')).body.firstname).toBe('Ann');
  });

  it('finds no address of another customer (SEC-65)', async () => {
    const [ann, bob] = [await app.aCustomer({ addresses: [{ city: 'Graz' }] }), await app.aCustomer()];
    const [foreign] = (await staff('GET', `customers/${ann.id}`)).body.addresses;
    const me = callerOf(app, await app.signedIn(bob));
    const customer = { ...person({ email: bob.email }), addresses: [{ ...HOME, id: foreign.id }] };

    const answer = await me('PUT', 'customers/me', { customer });

    expect(told(answer)).toEqual([404, { message: NO_ENTITY, parameters: { fieldName: 'addressId', fieldValue: foreign.id } }]); // prettier-ignore
    expect((await staff('GET', `customers/addresses/${foreign.id}`)).body.city).toBe('Graz');
  });

  it('asks the database once for who it is, with the addresses', async () => {
    const addresses = ['Graz', 'Linz'].map((city) => ({ city, lines: ['Hauptplatz 1'] }));
    const me = callerOf(app, await app.signedIn(await app.aCustomer({ addresses })));
    app.statements.length = 0;

    const { body } = await me('GET', 'customers/me');
    expect(app.statements).toHaveLength(1);
    expect(body.addresses).toMatchObject([{ city: 'Graz' }, { city: 'Linz' }]);

    app.statements.length = 0;
    await me('POST', 'customers/isEmailAvailable', { customerEmail: 'a@b.co' });
    expect(app.statements).toHaveLength(1);
  });
});

describe('/V1/customers/:id', () => {
  it.each([
    ['GET', ''],
    ['PUT', ''],
    ['DELETE', ''],
    ['GET', '/confirm'],
    ['GET', '/permissions/readonly'],
    ['GET', '/billingAddress'],
    ['GET', '/shippingAddress'],
  ] as const)('%s …%s finds nobody by a number that nobody has, nor by what is none', async (method, path) => {
    // prettier-ignore
    for (const [given, shown] of [['999999', 999999], ['99999999999', '99999999999'], ['abc', 'abc'], ['1e3', '1e3'], ['-1', '-1']] as const) { // prettier-ignore
      const answer = await staff(method, `customers/${given}${path}`, method === 'PUT' ? { customer: person() } : undefined);
      expect(told(answer)).toEqual([404, { message: NO_ENTITY, parameters: { fieldName: 'customerId', fieldValue: shown } }]); // prettier-ignore
    }
  });

  it('is the import door: a hash of the vendor signs in, and the other changes come with it (SEC-34)', async () => {
    const ann = await app.aCustomer();
    const { website_id } = (await staff('GET', `customers/${ann.id}`)).body;
    const email = aNewEmail();

    const { status, body } = await staff('PUT', `customers/${ann.id}`, { customer: { ...person({ email }), website_id }, passwordHash: HASH }); // prettier-ignore

    expect([status, body.email, body.firstname]).toEqual([200, email, 'Mira']);
    expect(await app.signedIn({ ...ann, email, password: 'Latchkey-Demo-1' })).toEqual(expect.any(String));
    for (const address of [ann.email, email]) {
      expect((await app.lastMail(address)).subject).toBe(
        'Your e-mail address and password for Demo Store were changed',
      );
    }
  });

  it('refuses a hash that it cannot read, a taken address and another website, and changes nothing', async () => {
    const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
    const { website_id } = (await staff('GET', `customers/${ann.id}`)).body;
    const put = async (customer: object, more: object = {}): Promise<readonly [number, unknown]> =>
      told(await staff('PUT', `customers/${ann.id}`, { customer: { ...person({ email: ann.email, website_id }), ...customer }, ...more })); // prettier-ignore
    const invalid = 'Invalid value of "%value" provided for the %fieldName field.';

    expect(await put({}, { passwordHash: 'md5' })).toEqual([400, { message: 'The password hash cannot be verified. Leave it out and reset the password.' }]); // prettier-ignore
    expect(await put({ email: bob.email })).toEqual([400, { message: texts.taken }]);
    expect(await put({ website_id: null })).toEqual([400, { message: '"Associate to Website" is a required value.' }]);
    expect(await put({ website_id: 99 })).toEqual([400, { message: invalid, parameters: { fieldName: 'website_id', value: 99 } }]); // prettier-ignore
    expect(await put({ group_id: 3 })).toEqual([400, { message: invalid, parameters: { fieldName: 'group_id', value: 3 } }]); // prettier-ignore
    expect((await staff('GET', `customers/${ann.id}`)).body).toMatchObject({ email: ann.email, firstname: 'Ann' });
  });

  it('ends a customer for good', async () => {
    const ann = await app.aCustomer();
    const token = await app.signedIn(ann);

    expect(told(await staff('DELETE', `customers/${ann.id}`))).toEqual([200, true]);

    expect((await staff('GET', `customers/${ann.id}`)).status).toBe(404);
    expect((await callerOf(app, token)('GET', 'customers/me')).status).toBe(401);
  });
});
