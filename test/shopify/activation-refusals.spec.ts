import { TestApp } from '../support/test-app.js';
import { ACTIVATE, Activations, INVALID_TOKEN, NEW_PASSWORD, OTHER_STORE } from './activations.js';
import { shopify, gid } from './storefront.js';

let app: TestApp;
let at: Activations;

beforeAll(async () => {
  app = await TestApp.start();
  at = new Activations(app);
  await app.setUp({ stores: [OTHER_STORE] });
});

afterAll(() => app.stop());

describe('refuses, and changes nothing', () => {
  it.each([
    ['a cut secret', (secret: string) => secret.slice(1)],
    ['a secret with one character changed', (secret: string) => (secret.startsWith('A') ? 'B' : 'A') + secret.slice(1)],
    [
      'a secret in other case',
      (secret: string) => secret.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())),
    ],
    ['a secret with a space behind it', (secret: string) => `${secret} `],
    ['an empty secret', () => ''],
    ['a very long secret', (secret: string) => secret.repeat(1000)],
    ['a text', () => "' OR 1=1 --"],
  ])('%s', async (_name, changed) => {
    const { ann, secret } = await at.invited();

    expect(await at.activate(ann.number, changed(secret))).toEqual(INVALID_TOKEN);
    expect(await at.stateOf(ann)).toBe('disabled');
    expect((await at.activate(ann.number, secret)).customerUserErrors).toEqual([]);
  });

  it("another customer's secret, an unknown customer, and ids of something else (SEC-31)", async () => {
    const [ann, bob] = [await at.invited(), await at.invited()];

    expect(await at.activate(ann.ann.number, bob.secret)).toEqual(INVALID_TOKEN);
    expect(await at.activate(4711, bob.secret)).toEqual(INVALID_TOKEN);
    expect(await at.activate(`gid://shopify/Order/${bob.ann.number}`, bob.secret)).toEqual(INVALID_TOKEN);
    const byUrl = await at.activateByUrl(bob.url.replace(String(bob.ann.number), String(ann.ann.number)));
    expect(byUrl.customerUserErrors).toEqual([
      { code: 'TOKEN_INVALID', field: ['activationUrl'], message: 'Invalid activation token' },
    ]);
    expect(await Promise.all([at.stateOf(ann.ann), at.stateOf(bob.ann)])).toEqual(['disabled', 'disabled']);
    expect((await at.activate(bob.ann.number, bob.secret)).customerUserErrors).toEqual([]);
  });

  it.each([['12345'], ['gid://shopify/Customer/'], ['']])('the malformed id %p', async (id) => {
    const { secret } = await at.invited();

    const { errors, data } = await at.activate(id, secret);

    expect(errors[0].extensions.code).toBe('INVALID_VARIABLE');
    expect(data).toBeUndefined();
  });

  it('a link that has expired, and one that a newer one has replaced', async () => {
    const [old, replaced] = [await at.invited(), await at.invited()];
    const { secret } = await at.linkFor(replaced.ann);

    const superseded = await at.activate(replaced.ann.number, replaced.secret);
    app.clock.advance(30 * 24 * 3600 - 1);
    const late = await at.activate(replaced.ann.number, secret);
    app.clock.advance(1);
    const tooLate = await at.activate(old.ann.number, old.secret);

    expect(superseded).toEqual(INVALID_TOKEN);
    expect(late.customerUserErrors).toEqual([]);
    expect(tooLate).toEqual(INVALID_TOKEN);
  });

  it('links whose address belongs to somebody else, whatever they carry (SEC-37)', async () => {
    const { ann, url } = await at.invited();
    const { pathname } = new URL(url);
    const bad = [
      `https://evil.example${pathname}`,
      `http://localhost:3001${pathname}`,
      `https://localhost:3000${pathname}`,
      `http://user@localhost:3000${pathname}`,
      url.replace('/activate/', '/reset/'),
      url.replace('/account/', '/konto/'),
      `${url}/more`,
      'http://localhost:3000/account/activate/bad-token',
      'mailto:ann@example.com'.replace('mailto:', 'http://localhost:3000/'),
    ];

    for (const one of bad) {
      const { customer, customerAccessToken, customerUserErrors } = await at.activateByUrl(one);
      expect([one, customer, customerAccessToken, customerUserErrors]).toEqual([
        one,
        null,
        null,
        [{ code: 'INVALID', field: ['activationUrl'], message: 'Invalid activation url' }],
      ]);
    }
    expect((await at.activateByUrl('no url')).errors[0].extensions.code).toBe('INVALID_VARIABLE');
    expect(await at.stateOf(ann)).toBe('disabled');
  });

  it("another store's token (SEC-26)", async () => {
    const { ann, secret } = await at.invited();

    const { body } = await shopify(
      app,
      ACTIVATE,
      { id: gid(ann.number), input: { activationToken: secret, password: NEW_PASSWORD } },
      { headers: { 'x-shopify-storefront-access-token': 'other-storefront-token' } },
    );

    expect(body.data.customerActivate).toEqual(INVALID_TOKEN);
    expect(await at.stateOf(ann)).toBe('disabled');
  });

  it.each([
    ['', { code: 'BLANK', message: "Password can't be blank" }],
    ['         ', { code: 'BLANK', message: "Password can't be blank" }],
    ['short', { code: 'TOO_SHORT', message: 'Password is too short (minimum is 8 characters)' }],
    ['x'.repeat(257), { code: 'TOO_LONG', message: 'Password is too long (maximum is 256 characters)' }],
    [
      ' four words ',
      { code: 'PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE', message: 'Password starts or ends with whitespace' },
    ],
    ['four\u0000words', { code: 'INVALID', message: 'Password is invalid' }],
  ])('the password %p, and the secret stays good (SEC-30)', async (password, expected) => {
    const { ann, url, secret } = await at.invited();

    const byId = await at.activate(ann.number, secret, password);
    const byUrl = await at.activateByUrl(url, password);

    expect(byId.customerUserErrors).toEqual([{ ...expected, field: ['input', 'password'] }]);
    expect(byUrl.customerUserErrors).toEqual([{ ...expected, field: ['password'] }]);
    expect([byId.customerAccessToken, byUrl.customerAccessToken]).toEqual([null, null]);
    expect((await at.activate(ann.number, secret)).customerUserErrors).toEqual([]);
  });
});
