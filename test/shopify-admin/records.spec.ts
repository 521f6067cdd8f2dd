import { TestApp } from '../support/test-app.js';
import { gid, shopify, SIGN_IN, tokenOf, whoHas } from '../shopify/storefront.js';
import { admin, aRecord, ask, CREATE, DELETE, GET, IDENTIFY, UPDATE } from './admin.js';

let app: TestApp;
let made = 0;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const anEmail = (): string => {
  made += 1;
  return `record-${made}@example.com`;
};

describe('customerCreate', () => {
  it('makes a record without an account, with all that the vendor says of one', async () => {
    const email = anEmail();

    const customer = await aRecord(app, {
      email: ` ${email.toUpperCase()}`,
      firstName: ' Ada ',
      lastName: 'Kiln',
      phone: '+1 (613) 450-5293',
      tags: ['vip, Early', ' vip'],
      note: '',
      taxExempt: true,
      locale: 'fr',
      multipassIdentifier: 'ext-1',
      addresses: [
        { address1: '1 Main St', city: 'Ottawa', countryCode: 'CA', provinceCode: 'ON', zip: 'K1A 0B1' },
        { address1: '1 Main St', city: 'Ottawa', countryCode: 'CA', provinceCode: 'ON', zip: 'K1A 0B1' },
        { address1: '2 Side St', country: 'Germany', firstName: 'Bob' },
      ],
    });

    const number = Number(customer.legacyResourceId);
    expect(customer).toMatchObject({
      id: gid(number),
      email,
      firstName: 'Ada',
      lastName: 'Kiln',
      displayName: 'Ada Kiln',
      phone: '+16134505293',
      defaultPhoneNumber: { phoneNumber: '+16134505293' },
      state: 'DISABLED',
      tags: ['Early', 'vip'],
      note: '',
      taxExempt: true,
      locale: 'fr',
      verifiedEmail: true,
      multipassIdentifier: 'ext-1',
      canDelete: true,
      numberOfOrders: '0',
      defaultEmailAddress: {
        emailAddress: email,
        marketingState: 'NOT_SUBSCRIBED',
        marketingOptInLevel: 'SINGLE_OPT_IN',
        marketingUpdatedAt: null,
        validFormat: true,
      },
      emailMarketingConsent: {
        marketingState: 'NOT_SUBSCRIBED',
        marketingOptInLevel: 'SINGLE_OPT_IN',
        consentUpdatedAt: null,
      },
    });
    expect(customer.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(customer.addresses).toEqual([
      expect.objectContaining({ address1: '1 Main St', country: 'Canada', provinceCode: 'ON', firstName: 'Ada' }),
      expect.objectContaining({ address1: '2 Side St', countryCodeV2: 'DE', firstName: 'Bob', lastName: 'Kiln' }),
    ]);
    expect(customer.addresses[0]).toMatchObject({
      coordinatesValidated: false,
      timeZone: null,
      validationResultSummary: null,
    });
    expect(customer.defaultAddress.id).toBe(customer.addresses[0].id);
    expect(await ask(app, GET, { id: customer.id })).toEqual(customer);
    const { body } = await shopify(app, SIGN_IN, { input: { email, password: 'whatever it is' } });
    expect(body.data.customerAccessTokenCreate.customerUserErrors[0].code).toBe('UNIDENTIFIED_CUSTOMER');
    expect(await app.mailsTo(email)).toEqual([]);
  });

  it('keeps the consent as it was told', async () => {
    const consent = {
      marketingState: 'SUBSCRIBED',
      marketingOptInLevel: 'CONFIRMED_OPT_IN',
      consentUpdatedAt: '2026-01-02T03:04:05Z',
    };

    const customer = await aRecord(app, { email: anEmail(), emailMarketingConsent: consent });
    const pending = await aRecord(app, { email: anEmail(), emailMarketingConsent: { marketingState: 'PENDING' } });

    expect(customer.emailMarketingConsent).toEqual(consent);
    expect(customer.defaultEmailAddress).toMatchObject({
      marketingState: 'SUBSCRIBED',
      marketingOptInLevel: 'CONFIRMED_OPT_IN',
      marketingUpdatedAt: '2026-01-02T03:04:05Z',
    });
    expect(pending.emailMarketingConsent).toMatchObject({
      marketingState: 'PENDING',
      marketingOptInLevel: 'SINGLE_OPT_IN',
    });
    const { body } = await app.admin('GET', `/customers/${customer.legacyResourceId}`);
    expect(body.acceptsMarketing).toBe(true);
  });

  it.each([
    [{ id: gid(4711), email: 'x1@example.com' }, ['id'], 'Cannot specify ID on creation'],
    [{}, null, 'A name, phone number, or email address must be present'],
    [{ firstName: ' ', email: '' }, null, 'A name, phone number, or email address must be present'],
    [{ firstName: 'Ada' }, ['email'], "Email can't be blank"],
    [{ email: 'foo@bar' }, ['email'], 'Email is invalid'],
    [{ email: 'x2@example.com', phone: '12' }, ['phone'], 'Phone is invalid'],
    [{ email: 'x3@example.com', firstName: '<b>Ada</b>' }, ['firstName'], 'First name cannot contain HTML tags'],
    [
      { email: 'x4@example.com', lastName: 'x'.repeat(256) },
      ['lastName'],
      'Last name is too long (maximum is 255 characters)',
    ],
    [{ email: 'x5@example.com', locale: 'xx-klingon' }, ['locale'], 'Locale is invalid'],
    [{ email: 'x5@example.com', locale: 'qq' }, ['locale'], 'Locale is invalid'],
    [{ email: 'x6@example.com', note: 'x'.repeat(5001) }, ['note'], 'Note is too long (maximum is 5000 characters)'],
    [{ email: 'x6@example.com', note: 'a\u0000b' }, ['note'], 'Note is invalid'],
    [{ email: 'x7@example.com', tags: ['x'.repeat(256)] }, ['tags'], 'Tags is too long (maximum is 255 characters)'],
    [{ email: 'x7@example.com', tags: ['a\u0000b'] }, ['tags'], 'Tags is invalid'],
    [
      { email: 'x8@example.com', tags: [Array.from({ length: 251 }, (_, at) => `t${at}`).join()] },
      ['tags'],
      'Tags cannot be more than 250',
    ],
    [
      { email: 'x9@example.com', multipassIdentifier: 'x'.repeat(256) },
      ['multipassIdentifier'],
      'Multipass identifier is too long (maximum is 255 characters)',
    ],
    [
      { email: 'x10@example.com', addresses: [{ city: 'A' }, { id: 'gid://shopify/MailingAddress/1' }] },
      ['addresses', '1', 'id'],
      'Cannot specify address ID on creation',
    ],
    [
      { email: 'x11@example.com', addresses: [{ country: 'Nowhere' }] },
      ['addresses', '0', 'country'],
      'Country is invalid',
    ],
    [
      { firstName: 'Ada', emailMarketingConsent: { marketingState: 'SUBSCRIBED' } },
      ['emailMarketingConsent'],
      'An email address is required to set the email marketing consent state.',
    ],
  ])('refuses %j', async (input, field, message) => {
    const { customer, userErrors } = await ask(app, CREATE, { input });

    expect(customer).toBeNull();
    expect(userErrors).toContainEqual({ field, message });
    if ('email' in input) expect((await app.admin('GET', `/customers?email=${input.email}`)).body.items).toEqual([]);
  });

  it('tells all that is wrong together', async () => {
    const { userErrors } = await ask(app, CREATE, {
      input: { email: 'nope', firstName: '<b>', locale: '?', addresses: [{ country: 'Nowhere', city: '<i>' }] },
    });

    expect(userErrors.map(({ field }: { field: string[] }) => field.join('.')).sort()).toEqual([
      'addresses.0.city',
      'addresses.0.country',
      'email',
      'firstName',
      'locale',
    ]);
  });

  it('refuses what is another customer’s', async () => {
    const taken = { email: anEmail(), phone: '+16134505299', multipassIdentifier: 'ext-taken' };
    await aRecord(app, taken);
    const refusals = [
      [{ email: taken.email.toUpperCase() }, ['email'], 'Email has already been taken'],
      [{ email: anEmail(), phone: '+1 613 450 5299' }, ['phone'], 'Phone has already been taken'],
      [
        { email: anEmail(), multipassIdentifier: 'ext-taken' },
        ['multipassIdentifier'],
        'Multipass identifier has already been taken',
      ],
    ] as const;

    for (const [input, field, message] of refusals) {
      expect(await ask(app, CREATE, { input })).toEqual({ customer: null, userErrors: [{ field, message }] });
    }
  });

  it.each(['REDACTED', 'NOT_SUBSCRIBED', 'INVALID'])('takes no consent that is %s', async (marketingState) => {
    const email = anEmail();

    const { body } = await admin(app, CREATE, { input: { email, emailMarketingConsent: { marketingState } } });

    expect(body.errors).toMatchObject([
      { message: `Cannot specify ${marketingState} as a marketing state input`, extensions: { code: 'INVALID' } },
    ]);
    expect(body.data).toEqual({ customerCreate: null });
    expect((await app.admin('GET', `/customers?email=${email}`)).body.items).toEqual([]);
  });
});

describe('customerUpdate', () => {
  it('changes what is given and leaves the rest', async () => {
    const { id } = await aRecord(app, {
      email: anEmail(),
      firstName: 'Ada',
      lastName: 'Kiln',
      note: 'old',
      tags: ['a'],
      phone: '+16134505200',
    });

    const { customer, userErrors } = await ask(app, UPDATE, {
      input: { id, firstName: null, tags: ['b,c'], locale: 'de', phone: '' },
    });

    expect(userErrors).toEqual([]);
    expect(customer).toMatchObject({
      firstName: null,
      lastName: 'Kiln',
      tags: ['b', 'c'],
      note: 'old',
      locale: 'de',
      phone: null,
      defaultPhoneNumber: null,
    });
    expect(await ask(app, GET, { id })).toEqual(customer);
  });

  it('replaces the addresses by the list that is given', async () => {
    const { id, addresses } = await aRecord(app, {
      email: anEmail(),
      firstName: 'Ada',
      addresses: [{ address1: 'one', zip: '1' }, { address1: 'two' }, { address1: 'three' }],
    });
    const [one, , three] = addresses;

    const { customer, userErrors } = await ask(app, UPDATE, {
      input: {
        id,
        addresses: [{ id: three.id, city: 'Graz' }, { address1: 'four' }, { id: one.id }, { address1: 'four' }],
      },
    });
    const none = await ask(app, UPDATE, { input: { id, addresses: [] } });

    expect(userErrors).toEqual([]);
    expect(customer.addresses.map(({ address1, city, zip }: Record<string, unknown>) => [address1, city, zip])).toEqual(
      [
        ['one', null, '1'],
        ['three', 'Graz', null],
        ['four', null, null],
      ],
    );
    expect(customer.addresses.slice(0, 2).map((address: { id: string }) => address.id)).toEqual([one.id, three.id]);
    expect(customer.defaultAddress.id).toBe(three.id);
    expect([none.customer.addresses, none.customer.defaultAddress]).toEqual([[], null]);
  });

  it('changes the e-mail at once: sessions and mailed links die, both addresses are told', async () => {
    const ann = await app.aCustomer();
    const token = await tokenOf(app, ann);
    const email = anEmail();

    const { customer } = await ask(app, UPDATE, { input: { id: gid(ann.number), email: email.toUpperCase() } });
    const same = await ask(app, UPDATE, { input: { id: gid(ann.number), email: ` ${email} ` } });

    expect([customer.email, same.userErrors]).toEqual([email, []]);
    expect(await whoHas(app, token)).toBeNull();
    expect(await whoHas(app, await tokenOf(app, { ...ann, email }))).toBe(email);
    const subjects = [...(await app.mailsTo(ann.email)), ...(await app.mailsTo(email))].map(({ subject }) => subject);
    expect(subjects).toEqual(Array(2).fill('Your e-mail address for Demo Store was changed'));
  });

  it('refuses, and changes nothing at all', async () => {
    const other = await aRecord(app, {
      email: anEmail(),
      phone: '+16134505211',
      multipassIdentifier: 'ext-other',
      addresses: [{ city: 'Wien' }],
    });
    const before = await aRecord(app, { email: anEmail(), firstName: 'Ada', addresses: [{ city: 'Graz' }] });
    const { id } = before;
    const refusals = [
      [{ email: other.email }, ['email'], 'Email has already been taken'],
      [{ email: null }, ['email'], "Email can't be blank"],
      [{ email: 'nope' }, ['email'], 'Email is invalid'],
      [{ phone: other.phone }, ['phone'], 'Phone has already been taken'],
      [{ multipassIdentifier: 'ext-other' }, ['multipassIdentifier'], 'Multipass identifier has already been taken'],
      [{ addresses: [{ id: other.addresses[0].id }] }, ['addresses', '0', 'id'], 'Customer address does not exist'],
      [
        { addresses: [{ id: 'gid://shopify/MailingAddress/1' }] },
        ['addresses', '0', 'id'],
        'Customer address does not exist',
      ],
      [{ addresses: [{ id: gid(1) }] }, ['addresses', '0', 'id'], 'Customer address does not exist'],
      [
        { addresses: [{ city: 'x'.repeat(256) }] },
        ['addresses', '0', 'city'],
        'City is too long (maximum is 255 characters)',
      ],
      [
        { emailMarketingConsent: { marketingState: 'SUBSCRIBED' } },
        ['emailMarketingConsent'],
        'To update emailMarketingConsent, please use the customerEmailMarketingConsentUpdate Mutation instead',
      ],
    ] as const;

    for (const [change, field, message] of refusals) {
      const answer = await ask(app, UPDATE, { input: { id, lastName: 'changed', ...change } });
      expect([change, answer]).toEqual([change, { customer: null, userErrors: [{ field, message }] }]);
    }
    expect(await ask(app, GET, { id })).toEqual(before);
    expect(await ask(app, GET, { id: other.id })).toEqual(other);
  });

  it.each([[{ id: gid(4711) }], [{}], [{ id: 'gid://shopify/Order/1' }]])('knows no customer %j', async (input) => {
    expect(await ask(app, UPDATE, { input: { ...input, firstName: 'Ada' } })).toEqual({
      customer: null,
      userErrors: [{ field: ['id'], message: 'Customer does not exist' }],
    });
  });
});

describe('customerDelete', () => {
  it('leaves nothing of a customer, and frees the address (SEC-80)', async () => {
    const ann = await app.aCustomer({ addresses: [{ city: 'Graz' }] });
    const token = await tokenOf(app, ann);
    await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: ann.email });
    await app.lastMail(ann.email);

    const gone = await ask(app, DELETE, { id: gid(ann.number) });
    const again = await ask(app, DELETE, { id: gid(ann.number) });

    expect(gone).toEqual({
      deletedCustomerId: gid(ann.number),
      shop: { id: expect.stringMatching(/^gid:\/\/shopify\/Shop\/\d+$/), name: 'Demo Store' },
      userErrors: [],
    });
    expect(again).toMatchObject({
      deletedCustomerId: null,
      shop: { name: 'Demo Store' },
      userErrors: [{ field: ['id'], message: "Customer can't be found" }],
    });
    expect(await whoHas(app, token)).toBeNull();
    expect(await ask(app, GET, { id: gid(ann.number) })).toBeNull();
    for (const table of ['customer_address', 'password_reset', 'one_time_secret', 'mail_message']) {
      const rows = await app.database.select(`SELECT id FROM ${table} WHERE customer_id = ?`, [ann.id]);
      expect([table, rows]).toEqual([table, []]);
    }
    const heir = await app.aCustomer({ email: ann.email });
    expect(heir.id).toBeGreaterThan(ann.id);
    expect(await whoHas(app, token)).toBeNull();
  });

  it('kills the links that were mailed', async () => {
    const { id, legacyResourceId } = await aRecord(app, { email: anEmail() });
    const { body } = await app.admin('POST', `/customers/${legacyResourceId}/activation-url`);

    await ask(app, DELETE, { id });

    expect((await app.request({ url: new URL(body.url).pathname })).status).toBe(303);
    const { body: answer } = await shopify(
      app,
      'mutation($u: URL!) { customerActivateByUrl(activationUrl: $u, password: "four words of my own") { customerUserErrors { code } } }',
      { u: body.url },
    );
    expect(answer.data.customerActivateByUrl.customerUserErrors).toEqual([{ code: 'TOKEN_INVALID' }]);
  });
});

describe('customerByIdentifier', () => {
  it('finds by one of three, and nobody is null', async () => {
    const { id, email } = await aRecord(app, { email: anEmail(), phone: '+16134505222' });
    const find = (identifier: object) => ask(app, IDENTIFY, { identifier });

    expect(await find({ id })).toEqual({ id, email });
    expect(await find({ emailAddress: ` ${email.toUpperCase()} ` })).toEqual({ id, email });
    expect(await find({ phoneNumber: '+1 (613) 450-5222' })).toEqual({ id, email });
    expect(await find({ id: gid(4711) })).toBeNull();
    expect(await find({ emailAddress: 'nobody' })).toBeNull();
    expect(await find({ phoneNumber: '+16134505223' })).toBeNull();
    expect(await find({ phoneNumber: '?' })).toBeNull();
  });

  it.each([
    [{}, 0],
    [{ emailAddress: 'a@example.com', id: gid(1) }, 2],
    [{ emailAddress: null }, 0],
  ])('takes exactly one: %j', async (identifier, count) => {
    const { status, body } = await admin(app, IDENTIFY, { identifier });

    expect(status).toBe(200);
    expect(body.errors[0].extensions).toMatchObject({
      code: 'INVALID_VARIABLE',
      problems: [
        {
          path: [],
          explanation: `'CustomerIdentifierInput' requires exactly one argument, but ${count} were provided.`,
        },
      ],
    });
    expect(body.data).toBeUndefined();
  });

  it('refuses several in the document, too', async () => {
    const { body } = await admin(
      app,
      '{ customerByIdentifier(identifier: { id: "gid://shopify/Customer/1", emailAddress: "a@b.co" }) { id } }',
    );

    expect(body.errors[0].extensions.code).toBe('invalidOneOfInputObject');
  });
});
