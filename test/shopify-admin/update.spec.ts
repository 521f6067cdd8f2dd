import { TestApp } from '../support/test-app.js';
import { gid, tokenOf, whoHas } from '../shopify/storefront.js';
import { aRecord, ask, GET, UPDATE } from './admin.js';

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
    expect(linesOf(customer.addresses)).toEqual([
      ['one', null, '1'],
      ['three', 'Graz', null],
      ['four', null, null],
    ]);
    expect(idsOf(customer.addresses).slice(0, 2)).toEqual([one.id, three.id]);
    expect(customer.defaultAddress.id).toBe(three.id);
    expect([none.customer.addresses, none.customer.defaultAddress]).toEqual([[], null]);
  });

  it('changes the e-mail at once: sessions and mailed links die, both addresses are told (SEC-35)', async () => {
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

function linesOf(addresses: readonly Readonly<Record<string, unknown>>[]): unknown[][] {
  return addresses.map(({ address1, city, zip }) => [address1, city, zip]);
}

function idsOf(addresses: readonly { readonly id: string }[]): string[] {
  return addresses.map(({ id }) => id);
}
