import { TestApp } from '../support/test-app.js';
import { gid, shopify, SIGN_IN } from '../shopify/storefront.js';
import { admin, aRecord, ask, CREATE, GET } from './admin.js';

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

    expect(fieldsOf(userErrors).sort()).toEqual([
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

function fieldsOf(errors: readonly { readonly field: readonly string[] }[]): string[] {
  return errors.map(({ field }) => field.join('.'));
}
