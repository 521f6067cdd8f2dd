import { TestApp } from '../support/test-app.js';
import { aNetwork, DELETE, RENEW, shopify, SIGN_IN, tokenOf, WHO, whoHas } from './storefront.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const UNIDENTIFIED = {
  customerAccessToken: null,
  customerUserErrors: [{ code: 'UNIDENTIFIED_CUSTOMER', field: null, message: 'Unidentified customer' }],
  userErrors: [{ field: null, message: 'Unidentified customer' }],
};
const SIX_WEEKS = 42 * 24 * 3600;

function denied(field: string): object {
  const requiredAccess = '`unauthenticated_write_customers` access scope. Also: Requires valid customer access token.';
  const message = `Access denied for ${field} field. Required access: ${requiredAccess}`;
  const documentation = 'https://shopify.dev/api/usage/access-scopes';
  return {
    errors: [
      { message, path: [field], locations: [], extensions: { code: 'ACCESS_DENIED', documentation, requiredAccess } },
    ],
    data: { [field]: null },
  };
}

function seconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

describe('customerAccessTokenCreate', () => {
  it('refuses a wrong password, then takes the right one for six weeks (example 2)', async () => {
    const { email, password } = await app.aCustomer();

    const wrong = await shopify(app, SIGN_IN, { input: { email, password: 'not the one' } });
    const right = await shopify(app, SIGN_IN, { input: { email: ` ${email.toUpperCase()}`, password } });

    expect(wrong.body).toEqual({ data: { customerAccessTokenCreate: UNIDENTIFIED } });
    expect(right.body.data.customerAccessTokenCreate).toEqual({
      customerAccessToken: {
        accessToken: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: seconds(new Date(app.clock.now().getTime() + SIX_WEEKS * 1000)),
      },
      customerUserErrors: [],
      userErrors: [],
    });
  });

  it.each(['private', 'vendor'])(
    'answers strangers alike whoever is meant, in %s mode (SEC-75)',
    async (disclosure) => {
      await app.setUp({ policy: { disclosure } });
      const disabled = await app.aCustomer({ state: 'disabled' });
      const invited = await app.aCustomer({ state: 'invited' });
      const known = await app.aCustomer();
      const answer = async (email: string, password: string): Promise<string> =>
        (await shopify(app, SIGN_IN, { input: { email, password } })).text;

      const answers = [
        await answer('nobody@example.com', 'whatever it is'),
        await answer('no address', 'whatever it is'),
        await answer('', ''),
        await answer(known.email, 'not the one'),
        await answer(disabled.email, disabled.password),
        await answer(invited.email, invited.password),
      ];
      await app.setUp({});

      expect(new Set(answers)).toEqual(
        new Set([JSON.stringify({ data: { customerAccessTokenCreate: UNIDENTIFIED } })]),
      );
    },
  );

  it('answers a locked account as a wrong password, and as the vendor does in vendor mode (SEC-41)', async () => {
    const { email, password } = await app.aCustomer();
    for (let count = 0; count < 10; count += 1) {
      await shopify(app, SIGN_IN, { input: { email, password: 'not the one' } });
    }

    const secretive = await shopify(app, SIGN_IN, { input: { email, password } });
    await app.setUp({ policy: { disclosure: 'vendor' } });
    const open = await shopify(app, SIGN_IN, { input: { email, password } });
    await app.setUp({});

    expect(secretive.body.data.customerAccessTokenCreate).toEqual(UNIDENTIFIED);
    expect(open.body.errors).toMatchObject([{ extensions: { code: 'THROTTLED' } }]);
  });

  it('stops a network after twenty failures (SEC-44, SEC-47)', async () => {
    const from = aNetwork();
    const fail = (count: number): ReturnType<typeof shopify> =>
      shopify(app, SIGN_IN, { input: { email: `nobody-${count}@example.com`, password: 'whatever it is' } }, { from });
    for (let count = 0; count < 20; count += 1) await fail(count);

    expect((await fail(20)).body).toEqual({
      errors: [
        {
          message: 'Login attempt limit exceeded. Please try again later.',
          path: ['customerAccessTokenCreate'],
          locations: [],
          extensions: { code: 'THROTTLED' },
        },
      ],
      data: { customerAccessTokenCreate: null },
    });
  });
});

describe('customer', () => {
  it('tells who holds a token, and nothing of a dead or foreign one, without an error (SEC-50)', async () => {
    const ann = await app.aCustomer({ tags: ['vip', 'Art', 'vip'] });
    const token = await tokenOf(app, ann);
    const query =
      'query($t: String!) { customer(customerAccessToken: $t) { email displayName tags createdAt defaultAddress { id } avatarUrl } }';

    const { body } = await shopify(app, query, { t: token });

    expect(body).toEqual({
      data: {
        customer: {
          email: ann.email,
          displayName: 'Ann Lee',
          tags: ['Art', 'vip'],
          createdAt: seconds(app.clock.now()),
          defaultAddress: null,
          avatarUrl: null,
        },
      },
    });
    for (const other of ['', 'nonsense', `${token} `, 'x'.repeat(600), await app.signedIn(ann), 'a\u0000b']) {
      expect((await shopify(app, WHO, { token: other })).body).toEqual({ data: { customer: null } });
    }
  });

  it('knows no token whose time is over (SEC-51)', async () => {
    const token = await tokenOf(app, await app.aCustomer());
    app.clock.advance(SIX_WEEKS);

    expect(await whoHas(app, token)).toBeNull();
  });

  it('shows the address that is the default, else the oldest', async () => {
    const address = {
      firstName: 'Ann',
      lastName: 'Lee',
      lines: ['1 Main St', 'Flat 2'],
      city: 'Ottawa',
      regionCode: 'ON',
      countryCode: 'CA',
      postcode: 'K1A 0B1',
    };
    const ann = await app.aCustomer({ addresses: [address] });
    const query =
      'query($t: String!) { customer(customerAccessToken: $t) { defaultAddress { id name address2 country countryCodeV2 formattedArea formatted(withName: true) } } }';

    const { body } = await shopify(app, query, { t: await tokenOf(app, ann) });

    expect(body.data.customer.defaultAddress).toEqual({
      id: expect.stringMatching(/^gid:\/\/shopify\/MailingAddress\/\d+\?model_name=CustomerAddress$/),
      name: 'Ann Lee',
      address2: 'Flat 2',
      country: 'Canada',
      countryCodeV2: 'CA',
      formattedArea: 'Ottawa ON, Canada',
      formatted: ['Ann Lee', '1 Main St', 'Flat 2', 'Ottawa ON K1A 0B1', 'Canada'],
    });
  });
});

describe('customerAccessTokenRenew', () => {
  it('keeps the string and moves its end (SEC-53)', async () => {
    const token = await tokenOf(app, await app.aCustomer());
    app.clock.advance(SIX_WEEKS - 60);

    const { body } = await shopify(app, RENEW, { token });
    app.clock.advance(SIX_WEEKS - 60);

    const expiresAt = seconds(new Date(app.clock.now().getTime() + 60_000));
    expect(body.data.customerAccessTokenRenew).toEqual({
      customerAccessToken: { accessToken: token, expiresAt },
      userErrors: [],
    });
    expect(await whoHas(app, token)).not.toBeNull();
  });

  it('renews no dead token (SEC-53)', async () => {
    const token = await tokenOf(app, await app.aCustomer());
    app.clock.advance(SIX_WEEKS);

    expect((await shopify(app, RENEW, { token })).body).toEqual(denied('customerAccessTokenRenew'));
  });
});

describe('customerAccessTokenDelete', () => {
  it('ends a token at once, and finds none the second time (example 5, SEC-54)', async () => {
    const ann = await app.aCustomer();
    const [token, other] = [await tokenOf(app, ann), await tokenOf(app, ann)];

    const first = await shopify(app, DELETE, { token });
    const second = await shopify(app, DELETE, { token });

    expect(first.body.data.customerAccessTokenDelete).toEqual({
      deletedAccessToken: token,
      deletedCustomerAccessTokenId: expect.stringMatching(/^gid:\/\/shopify\/CustomerAccessToken\/\d+$/),
      userErrors: [],
    });
    expect(second.body).toEqual(denied('customerAccessTokenDelete'));
    expect(await whoHas(app, token)).toBeNull();
    expect(await whoHas(app, other)).toBe(ann.email);
  });
});
