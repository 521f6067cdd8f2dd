import { createAssertion } from '@commercelayer/js-auth';
import { toShortId } from '../../src/common/public-id.js';
import { Housekeeping } from '../../src/common/housekeeping.js';
import { applySetup } from '../setup/apply-setup.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { CHANNEL, claimsOf, CommerceLayerClient, INTEGRATION, otherStore, passwordGrant, refused } from './wire.js';

const BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const CLAIMS = 'https://commercelayer.io/claims';
const ACTING = { client_id: 'acting-channel', client_secret: 'acting-channel-secret' };
const MACHINE = { client_id: 'acting-integration', client_secret: 'acting-integration-secret' };
const PLAIN = { client_id: 'plain-channel', client_secret: 'plain-channel-secret' };
const INVALID = refused(400, 'invalid_assertion', 'BAD_REQUEST', 'The provided assertion is invalid.');
const SECOND = {
  code: 'second',
  commerceLayer: { organization: 'second', applications: [{ kind: 'sales_channel', clientId: 'second' }] },
};
/** What breaks plain base64, JSON, or whoever reads it. */
const HOSTILE = { 'ключ?>~': '日本 \u{1f600} ?>~\\u007f "</script>\n\t', deep: { list: [1, null, 'ÿþ'] } };

const application = (kind: string, { client_id, client_secret }: typeof ACTING, jwtBearer?: boolean): object => ({
  ...{ kind, clientId: client_id, clientSecret: client_secret },
  ...(jwtBearer === undefined ? {} : { jwtBearer }),
});
const applications = [
  { kind: 'sales_channel', clientId: CHANNEL.client_id },
  { kind: 'integration', clientId: INTEGRATION.client_id, clientSecret: INTEGRATION.client_secret },
  application('sales_channel', PLAIN),
];
const setUp = (jwtBearer: boolean): Promise<void> =>
  app.setUp({
    stores: [otherStore],
    commerceLayer: {
      applications: [
        ...applications,
        application('sales_channel', ACTING, jwtBearer),
        application('integration', MACHINE, jwtBearer),
      ],
    },
  });

let app: TestApp;
let cl: CommerceLayerClient;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
});

beforeEach(() => setUp(true));

afterAll(() => app.stop());

const ownerOf = ({ number }: Pick<TestCustomer, 'number'>): object => ({ type: 'Customer', id: toShortId(number) });
const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const assertionOf = (payload: unknown, header: unknown = { alg: 'HS512', typ: 'JWT' }): string =>
  `${part(header)}.${part(payload)}.AAAA`;
const ask = (claims: unknown, client: object = ACTING, more: object = {}): Promise<Answer> =>
  cl.oauth({ ...client, grant_type: BEARER, assertion: assertionOf({ [CLAIMS]: claims }), ...more });
const refresh = (token: unknown, client: object = ACTING): Promise<Answer> =>
  cl.oauth({ ...client, grant_type: 'refresh_token', refresh_token: token });
const lines = (event: string): Record<string, unknown>[] =>
  app.logged.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['event'] === event);

describe('an application that may', () => {
  it("gets a token in a customer's name, which opens that record and no other", async () => {
    const [ann, bob] = [await app.aCustomer(), await app.aCustomer()];
    const assertion = await createAssertion({
      payload: { [CLAIMS]: { owner: { type: 'Customer', id: toShortId(ann.number) } } },
    });

    const { status, body, headers } = await cl.oauth({
      ...ACTING,
      grant_type: BEARER,
      assertion,
      scope: 'market:id:a',
    });

    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      ...{ access_token: expect.any(String), token_type: 'bearer', expires_in: 14400, scope: 'market:id:a' },
      ...{ created_at: expect.any(Number), refresh_token: expect.any(String) },
      ...{ owner_id: toShortId(ann.number), owner_type: 'customer' },
    });
    const claims = claimsOf(body.access_token);
    expect(claims).toMatchObject({ owner: ownerOf(ann), application: { kind: 'sales_channel', confidential: true } });
    expect(claims).not.toHaveProperty('custom_claim');
    const own = await cl.call('GET', `customers/${toShortId(ann.number)}`, body.access_token);
    expect([own.status, own.body.data.attributes.jwt_custom_claim]).toEqual([200, null]);
    expect((await cl.call('GET', `customers/${toShortId(bob.number)}`, body.access_token)).status).toBe(401);
  });

  it("gets a guest's token that carries a claim, with a refresh token but without an owner", async () => {
    const { status, body } = await ask({ custom_claim: { tier: 'gold' } });

    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      ...['access_token', 'created_at', 'expires_in', 'refresh_token', 'scope', 'token_type'],
    ]);
    expect(claimsOf(body.access_token)).toMatchObject({ custom_claim: { tier: 'gold' } });
    expect(claimsOf(body.access_token)).not.toHaveProperty('owner');
    expect((await cl.call('GET', 'organization', body.access_token)).status).toBe(200);
    expect((await cl.call('GET', 'customers', body.access_token)).body.errors[0].code).toBe('UNAUTHORIZED');
  });

  it('finds its claim in the token, in customers that the token reads, and in all that come of a refresh', async () => {
    const ann = await app.aCustomer();
    const first = await ask({ owner: ownerOf(ann), custom_claim: HOSTILE });

    const second = await refresh(first.body.refresh_token, { client_id: ACTING.client_id });
    const third = await refresh(second.body.refresh_token);

    for (const { body } of [first, second, third]) {
      expect(String(body.access_token).split('.')[1]).toMatch(/^[A-Za-z0-9]+$/);
      expect(claimsOf(body.access_token)).toMatchObject({ custom_claim: HOSTILE, owner: ownerOf(ann) });
      const { body: read } = await cl.call('GET', `customers/${toShortId(ann.number)}`, body.access_token);
      expect(read.data.attributes.jwt_custom_claim).toEqual(HOSTILE);
    }
    expect(claimsOf(second.body.access_token)['application']).toMatchObject({ confidential: false });
  });

  it('refreshes what is nobody’s as well, once; a second time ends it', async () => {
    const first = await ask({ custom_claim: { a: 1 } }, MACHINE);
    const second = await refresh(first.body.refresh_token, MACHINE);

    expect([second.status, second.body.expires_in]).toEqual([200, 7200]);
    expect(claimsOf(second.body.access_token)).toMatchObject({ custom_claim: { a: 1 } });
    expect((await cl.call('GET', 'customers', second.body.access_token)).status).toBe(200);
    app.clock.advance(11);
    expect((await refresh(first.body.refresh_token, MACHINE)).body).toEqual(refused(400, 'invalid_grant'));
    expect((await cl.call('GET', 'customers', second.body.access_token)).body.errors[0].code).toBe('INVALID_TOKEN');
  });

  it('is on record with each token, and with each that was refused (SEC-85)', async () => {
    const ann = await app.aCustomer();
    await ask({ owner: ownerOf(ann) });
    await ask({ custom_claim: { a: 'secret of the claim' } });
    await ask({ owner: { type: 'Customer', id: 'xYZkjABcde' } });

    const { text } = await app.admin('GET', `/customers/${ann.number}/events`);

    expect(text).toContain('"type":"login_delegated"');
    const [owned, guest] = lines('login_delegated').slice(-2);
    expect([owned, guest]).toEqual([
      expect.objectContaining({ by: 'acting-channel', customerId: ann.id, origin: 'commerce-layer' }),
      expect.objectContaining({ by: 'acting-channel', customerId: null }),
    ]);
    expect(lines('login_delegation_refused').at(-1)).toMatchObject({ reason: 'CUSTOMER_NOT_FOUND', customerId: null });
    expect(app.logged.join('')).not.toContain('secret of the claim');
  });
});

describe('an application', () => {
  it('must be switched on for it, and show a secret', async () => {
    const { number } = await app.aCustomer();
    const claims = { owner: ownerOf({ number }) };
    const unauthorized = refused(403, 'unauthorized_client', 'FORBIDDEN');
    const unknown = refused(401, 'invalid_client', 'UNAUTHORIZED');

    expect((await ask(claims, PLAIN)).body).toEqual(unauthorized);
    expect(
      (await ask(claims, { client_id: INTEGRATION.client_id, client_secret: INTEGRATION.client_secret })).body,
    ).toEqual(unauthorized);
    expect((await ask(claims, { client_id: ACTING.client_id })).body).toEqual(unknown);
    expect((await ask(claims, { client_id: CHANNEL.client_id })).body).toEqual(unknown);
    expect((await ask(claims, { ...ACTING, client_secret: PLAIN.client_secret })).body).toEqual(unknown);
  });

  it('loses with the switch what it refreshes by assertion, but not what a password opened', async () => {
    const { number, email } = await app.aCustomer();
    const byAssertion = await ask({ owner: ownerOf({ number }) });
    const byMachine = await ask({ owner: ownerOf({ number }) }, MACHINE);
    const byPassword = await cl.oauth(passwordGrant(email, ACTING));
    await setUp(false);

    expect((await refresh(byAssertion.body.refresh_token)).body).toEqual(refused(400, 'invalid_grant'));
    expect((await refresh(byMachine.body.refresh_token, MACHINE)).status).toBe(403);
    expect((await refresh(byPassword.body.refresh_token)).status).toBe(200);
    await setUp(true);
    expect((await refresh(byAssertion.body.refresh_token)).status).toBe(200);
  });
});

describe('an assertion', () => {
  it.each<[string, unknown]>([
    ['nothing at all', {}],
    ['an empty claim', { [CLAIMS]: {} }],
    ['a list', { [CLAIMS]: [] }],
    ['a claim elsewhere', { claims: { custom_claim: { a: 1 } } }],
    ['a text for a claim', { [CLAIMS]: { custom_claim: 'x' } }],
    ['a list for a claim', { [CLAIMS]: { custom_claim: ['x'] } }],
    ['no owner beside a claim', { [CLAIMS]: { owner: null, custom_claim: { a: 1 } } }],
    ['a user', { [CLAIMS]: { owner: { type: 'User', id: 'xYZkjABcde' } } }],
    ['an owner by number', { [CLAIMS]: { owner: { type: 'Customer', id: 1 } } }],
    ['owners', { [CLAIMS]: { owner: { type: 'Customer', id: ['xYZkjABcde'] } } }],
    ['an owner who does not exist', { [CLAIMS]: { owner: { type: 'Customer', id: 'xYZkjABcde' } } }],
    ['an owner whose id is none', { [CLAIMS]: { owner: { type: 'Customer', id: '../x' } } }],
    ['control characters', { [CLAIMS]: { custom_claim: { a: 'b\u0000c' } } }],
    ['control characters in a name', { [CLAIMS]: { custom_claim: { 'a\u001b[31m': 1 } } }],
    ['half a character', '{"https://commercelayer.io/claims":{"custom_claim":{"a":"\\ud800"}}}'],
    ['a prototype', '{"https://commercelayer.io/claims":{"custom_claim":{"__proto__":{"isAdmin":true}}}}'],
    ['eleven levels', `{"${CLAIMS}":{"custom_claim":${'{"a":'.repeat(10)}{}${'}'.repeat(10)}}}`],
    ['a thousand levels', `{"${CLAIMS}":{"custom_claim":{"a":${'['.repeat(1000)}${']'.repeat(1000)}}}}`],
    ['a claim that grows beyond what a token holds', { [CLAIMS]: { custom_claim: { a: 'é'.repeat(700) } } }],
    ['no JSON', '{"https://commercelayer.io/claims":'],
    ['an end that has passed', { exp: 1_700_000_000, [CLAIMS]: { custom_claim: { a: 1 } } }],
    ['a beginning that has not come', { nbf: 9_700_000_000, [CLAIMS]: { custom_claim: { a: 1 } } }],
    ['an end that is a text', { exp: '9700000000', [CLAIMS]: { custom_claim: { a: 1 } } }],
  ])('is refused with %s', async (_what, payload) => {
    const { status, body } = await cl.oauth({ ...ACTING, grant_type: BEARER, assertion: assertionOf(payload) });

    expect([status, body]).toEqual([400, INVALID]);
  });

  it('is refused in any other form than that of a JWT, and above 4 KiB', async () => {
    const good = assertionOf({ [CLAIMS]: { custom_claim: { a: 1 } } });
    const [header = '', payload = '', signature = ''] = good.split('.');
    const sized = (length: number): string => {
      const rest = `${header}.${payload}.`.length;
      return `${header}.${payload}.${'A'.repeat(length - rest)}`;
    };
    const utf16 = Buffer.from('{"a":"ÿ"}', 'latin1').toString('base64url');

    const assertions = [
      ...['x', `${header}.${payload}`, `${header}.${payload}.`, `${good}.${signature}`, ` ${good}`, `${good}\n`],
      ...[`${part('[]')}.${payload}.AAAA`, `${part('no')}.${payload}.AAAA`, `${part({ jwk: {} })}.${payload}.AAAA`],
      ...[`${header}.${utf16}.AAAA`, `${header}.${payload.replace(/.$/, '=')}.AAAA`, sized(4097), sized(60_000)],
    ];

    for (const assertion of assertions) {
      const { status, body } = await cl.oauth({ ...ACTING, grant_type: BEARER, assertion });
      expect([status, body]).toEqual([400, INVALID]);
    }
    const { status } = await cl.oauth({ ...ACTING, grant_type: BEARER, assertion: sized(4096) });
    expect(status).toBe(200);
  });

  it('must be there, once, and be a text', async () => {
    for (const assertion of [undefined, '', ['x'], { a: 1 }, 7, null]) {
      const { status, body } = await cl.oauth({ ...ACTING, grant_type: BEARER, assertion });
      expect([status, body]).toEqual([400, refused(400, 'invalid_request')]);
    }
  });

  it('is refused for customers who could not sign in themselves, and for those of another realm', async () => {
    const closed = await app.aCustomer();
    const waiting = await app.aCustomer({ emailConfirmed: false });
    const invited = await app.aCustomer({ state: 'invited', password: undefined });
    const [gone, forgotten] = [await app.aCustomer(), await app.aCustomer()];
    await applySetup(app, { realms: [{ code: 'second', stores: [{ ...otherStore, ...SECOND }] }] });
    const foreign = await app.aCustomer({ realm: 'second' });
    const integration = await cl.integration();
    await app.admin('POST', `/customers/${closed.number}/disable`);
    await cl.call('DELETE', `customers/${toShortId(gone.number)}`, integration);
    await cl.call('PATCH', `customers/${toShortId(forgotten.number)}`, integration, {
      ...{ type: 'customers', id: toShortId(forgotten.number), attributes: { _request_anonymization: true } },
    });
    app.clock.advance(25 * 3600);
    await app.get(Housekeeping).run();

    for (const customer of [closed, waiting, invited, gone, forgotten, foreign]) {
      expect((await ask({ owner: ownerOf(customer) })).body).toEqual(INVALID);
    }
    expect(
      lines('login_delegation_refused')
        .slice(-6)
        .map(({ reason }) => reason),
    ).toEqual([
      ...['ACCOUNT_DISABLED', 'EMAIL_UNCONFIRMED', 'ACCOUNT_DISABLED', 'CUSTOMER_NOT_FOUND'],
      ...['ACCOUNT_DISABLED', 'CUSTOMER_NOT_FOUND'],
    ]);
  });

  it('gives a token that dies with the account (SEC-51)', async () => {
    const ann = await app.aCustomer();
    const { body } = await ask({ owner: ownerOf(ann) });
    await app.admin('POST', `/customers/${ann.number}/disable`);

    const read = await cl.call('GET', `customers/${toShortId(ann.number)}`, body.access_token);

    expect([read.status, read.body.errors[0].code]).toEqual([401, 'INVALID_TOKEN']);
    expect((await refresh(body.refresh_token)).body).toEqual(refused(400, 'invalid_grant'));
  });

  it('may hold the largest claim and the longest scope together, and the token still works (SEC-3)', async () => {
    const scope = Array.from({ length: 4 }, (_, at) => `market:code:${at}${'x'.repeat(238)}`).join(' ');

    const { status, body } = await ask({ custom_claim: { a: 'x'.repeat(2750) } }, ACTING, { scope });

    expect([status, String(body.access_token).length < 8192, String(body.refresh_token).length < 8192]).toEqual([
      200,
      true,
      true,
    ]);
    expect((await cl.call('GET', 'organization', body.access_token)).status).toBe(200);
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });
});
