import { TestApp } from '../support/test-app.js';
import { aNetwork, gid, mailedReset, RECOVER, RESET, RESET_BY_URL, shopify, tokenOf, whoHas } from './storefront.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterEach(() => app.setUp({}));

afterAll(() => app.stop());

const NOTHING = { data: { customerRecover: { customerUserErrors: [], userErrors: [] } } };
const NEW = 'a new password';

describe('customerRecover', () => {
  it('mails a link, and answers alike for every address in private mode (SEC-75)', async () => {
    const ann = await app.aCustomer();
    const disabled = await app.aCustomer({ state: 'disabled' });
    const ask = async (email: string): Promise<string> => (await shopify(app, RECOVER, { email })).text;

    const answers = [
      await ask(` ${ann.email}`),
      await ask(ann.email),
      await ask('nobody@example.com'),
      await ask('no address'),
      await ask(''),
      await ask(disabled.email),
    ];

    expect(new Set(answers)).toEqual(new Set([JSON.stringify(NOTHING)]));
    expect(await app.mailsTo(ann.email)).toHaveLength(1);
    expect(await app.mailsTo(disabled.email)).toHaveLength(0);
  });

  it('tells of addresses without account in vendor mode, and of too many mails', async () => {
    await app.setUp({ policy: { disclosure: 'vendor' } });
    const ann = await app.aCustomer();
    const disabled = await app.aCustomer({ state: 'disabled' });

    for (const email of ['stranger@example.com', 'no address']) {
      expect((await shopify(app, RECOVER, { email })).body.data.customerRecover).toEqual({
        customerUserErrors: [{ code: 'UNIDENTIFIED_CUSTOMER', field: ['email'], message: 'Could not find customer' }],
        userErrors: [{ field: ['email'], message: 'Could not find customer' }],
      });
    }
    expect((await shopify(app, RECOVER, { email: disabled.email })).body).toEqual(NOTHING);
    expect((await shopify(app, RECOVER, { email: ann.email })).body).toEqual(NOTHING);
    expect((await shopify(app, RECOVER, { email: ann.email })).body.errors).toMatchObject([
      { extensions: { code: 'THROTTLED' } },
    ]);
  });

  it('stops a network after ten requests in an hour (example 7, SEC-47)', async () => {
    const from = aNetwork();
    const ask = (count: number): ReturnType<typeof shopify> =>
      shopify(app, RECOVER, { email: `nobody-${count}@example.com` }, { from });
    for (let count = 0; count < 10; count += 1) await ask(count);

    expect((await ask(10)).body).toEqual({
      errors: [
        {
          message: 'Resetting password limit exceeded. Please try again later.',
          path: ['customerRecover'],
          locations: [],
          extensions: { code: 'THROTTLED' },
        },
      ],
      data: { customerRecover: null },
    });
  });

  it("counts the buyer's own address where a private token vouches for it, and only there (SEC-6)", async () => {
    const from = aNetwork();
    const ask = (header: string, token: string): ReturnType<typeof shopify> =>
      shopify(
        app,
        RECOVER,
        { email: 'nobody@example.com' },
        { from, headers: { [header]: token, 'Shopify-Storefront-Buyer-IP': aNetwork() } },
      );
    for (let count = 0; count < 12; count += 1) {
      expect((await ask('shopify-storefront-private-token', 'demo-private-token')).body.errors).toBeUndefined();
    }
    for (let count = 0; count < 10; count += 1) await ask('x-shopify-storefront-access-token', 'demo-storefront-token');

    expect((await ask('x-shopify-storefront-access-token', 'demo-storefront-token')).body.errors).toHaveLength(1);
  });
});

const INVALID = {
  customer: null,
  customerAccessToken: null,
  customerUserErrors: [{ code: 'TOKEN_INVALID', field: ['input'], message: 'Invalid reset token' }],
  userErrors: [{ field: null, message: 'Invalid reset token' }],
};

describe('customerReset', () => {
  it('refuses a wrong token, a stranger, another one and an unknown number alike (example 3, SEC-31)', async () => {
    const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
    const { secret } = await mailedReset(app, ann);
    const reset = async (id: string, resetToken: string): Promise<unknown> =>
      (await shopify(app, RESET, { id, input: { resetToken, password: 'another-kiln-7' } })).body;

    const answers = [
      await reset(gid(ann.number), 'nope'),
      await reset(gid(ann.number), ''),
      await reset(gid(bob.number), secret),
      await reset(gid(1), secret),
      await reset(`gid://shopify/Order/${ann.number}`, secret),
      await reset('gid://shopify/Customer/abc', secret),
    ];

    for (const answer of answers) expect(answer).toEqual({ data: { customerReset: INVALID } });
    expect(await tokenOf(app, ann)).toHaveLength(43);
  });

  it('takes an id in its former Base64 form', async () => {
    const ann = await app.aCustomer();
    const { secret } = await mailedReset(app, ann);
    const id = Buffer.from(gid(ann.number)).toString('base64');

    const { body } = await shopify(app, RESET, { id, input: { resetToken: secret, password: NEW } });

    expect(body.data.customerReset.customer).toEqual({ id: gid(ann.number) });
  });

  it('refuses a bad password and leaves the token usable (SEC-30)', async () => {
    const ann = await app.aCustomer();
    const { secret } = await mailedReset(app, ann);
    const reset = async (password: string): Promise<unknown> =>
      (await shopify(app, RESET, { id: gid(ann.number), input: { resetToken: secret, password } })).body.data
        .customerReset;

    for (const [password, code] of [
      ['', 'BLANK'],
      ['          ', 'BLANK'],
      ['short', 'TOO_SHORT'],
      ['edge space ', 'PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE'],
    ] as const) {
      expect(await reset(password)).toMatchObject({
        customer: null,
        customerUserErrors: [{ code, field: ['input', 'password'] }],
      });
    }
    expect(await reset(NEW)).toMatchObject({ customer: { id: gid(ann.number) }, customerUserErrors: [] });
  });

  it('refuses a token whose time is over, and one of a former request too many (SEC-26, SEC-29)', async () => {
    const ann = await app.aCustomer();
    const secrets: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      secrets.push((await mailedReset(app, ann)).secret);
      app.clock.advance(61);
    }
    const reset = async (resetToken = ''): Promise<unknown> =>
      (await shopify(app, RESET, { id: gid(ann.number), input: { resetToken, password: NEW } })).body.data
        .customerReset;

    const superseded = await reset(secrets[0]);
    app.clock.advance(3600);

    expect(superseded).toEqual(INVALID);
    expect(await reset(secrets[2])).toEqual(INVALID);
  });

  it('makes no account of one that has none (SEC-81)', async () => {
    const ann = await app.aCustomer({ state: 'disabled' });
    await shopify(app, RECOVER, { email: ann.email });

    expect(await app.mailsTo(ann.email)).toEqual([]);
  });

  it('stops a network that guesses (SEC-44)', async () => {
    const from = aNetwork();
    const guess = (): ReturnType<typeof shopify> =>
      shopify(app, RESET, { id: gid(1), input: { resetToken: 'nope', password: NEW } }, { from });
    for (let count = 0; count < 10; count += 1) await guess();

    expect((await guess()).body.errors).toMatchObject([{ path: ['customerReset'], extensions: { code: 'THROTTLED' } }]);
  });
});

describe('customerResetByUrl', () => {
  it('takes the mailed link, with a language before it and a slash behind it', async () => {
    const ann = await app.aCustomer();
    const { link } = await mailedReset(app, ann);
    const resetUrl = `${link.replace('/account/', '/en-ca/account/')}/?utm_source=mail#top`;

    const { body } = await shopify(app, RESET_BY_URL, { resetUrl, password: NEW });

    expect(body.data.customerResetByUrl).toMatchObject({
      customer: { id: gid(ann.number) },
      customerUserErrors: [],
      userErrors: [],
    });
    const token: string = body.data.customerResetByUrl.customerAccessToken.accessToken;
    expect(await whoHas(app, token)).toBe(ann.email);
  });

  it('finds nobody behind a link of another form or place (example 4, SEC-37)', async () => {
    const ann = await app.aCustomer();
    const { link, secret } = await mailedReset(app, ann);
    const links = [
      'http://localhost:3000/account/reset/bad-token',
      `http://localhost:3000/account/reset/1/${secret}`,
      `http://localhost:3000/account/activate/${ann.number}/${secret}`,
      link.replace('localhost', 'evil.example'),
      link.replace('http:', 'https:'),
      link.replace('localhost', 'user@localhost'),
      link.replace('localhost', ':secret@localhost'),
      link.replace(':3000', ':3001'),
      link.replace(':3000', ''),
      link.replace('localhost:3000', 'localhost:3000@evil.example'),
      link.replace('localhost', 'localhost.evil.example'),
      link.replace('localhost', 'LOCALHOST.'),
      link.replace('/account/', '/konto/'),
      link.replace('/account/', '/evil/account/'),
      link.replace('/account/', '//account/'),
      `${link}/more`,
      link.replace(secret, `?token=${secret}`),
    ];

    for (const resetUrl of links) {
      expect((await shopify(app, RESET_BY_URL, { resetUrl, password: NEW })).body).toEqual({
        errors: [
          {
            message: 'Unidentified customer',
            path: ['customerResetByUrl'],
            locations: [],
            extensions: { code: 'NOT_FOUND' },
          },
        ],
        data: { customerResetByUrl: null },
      });
    }
  });

  it('refuses a wrong token of a known customer, and a bad password', async () => {
    const ann = await app.aCustomer();
    const { link, secret } = await mailedReset(app, ann);

    const wrong = await shopify(app, RESET_BY_URL, { resetUrl: link.replace(secret, 'nope'), password: NEW });
    const short = await shopify(app, RESET_BY_URL, { resetUrl: link, password: 'short' });

    expect(wrong.body.data.customerResetByUrl).toMatchObject({
      customerUserErrors: [{ code: 'TOKEN_INVALID', field: ['resetUrl'], message: 'Invalid reset token' }],
      userErrors: [{ field: null, message: 'Invalid reset token' }],
    });
    expect(short.body.data.customerResetByUrl.customerUserErrors).toMatchObject([
      { code: 'TOO_SHORT', field: ['password'] },
    ]);
  });
});
