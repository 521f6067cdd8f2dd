import { randomBytes } from 'node:crypto';
import { Housekeeping } from '../../src/common/housekeeping.js';
import { Customer, MultipassUse } from '../../src/customer/index.js';
import { demoSetup } from '../../src/store/index.js';
import { applySetup } from '../setup/apply-setup.js';
import { allRows } from '../setup/tables.js';
import { TestApp, type Answer } from '../support/test-app.js';
import {
  accepted,
  anAddress,
  DEMO_SECRET,
  multipassOf,
  REFUSED,
  sealed,
  signIn,
  tokenIn,
  withShopify,
} from './multipass.js';
import { aNetwork, shopify, whoHas } from './storefront.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

const change = (email: string, values: Partial<Customer>): Promise<unknown> =>
  app.database.transaction((tx) => tx.update(Customer, { emailKey: Buffer.from(email) }, values));

describe('single use (SEC-58)', () => {
  it('takes a token once, however it is spelled and wherever it comes from', async () => {
    const token = multipassOf(app, { email: anAddress() });
    const respelled = Buffer.from(token, 'base64url').toString('base64');

    const answers = [await signIn(app, token), await signIn(app, token), await signIn(app, respelled)];

    expect(answers.map((answer) => tokenIn(answer) !== null)).toEqual([true, false, false]);
    expect(answers.slice(1).map(({ body }) => body)).toEqual([REFUSED, REFUSED]);
  });

  it('does not spend one that was refused', async () => {
    const ann = await app.aCustomer();
    await change(ann.email, { disabledBy: 'staff' });
    const token = multipassOf(app, { email: ann.email });

    const refused = await signIn(app, token);
    await change(ann.email, { disabledBy: null });

    expect([refused.body, tokenIn(await signIn(app, token))]).toEqual([REFUSED, expect.any(String)]);
  });

  it('remembers it for as long as it would be fresh, and not much longer', async () => {
    const uses = (): Promise<number> => app.database.read((manager) => manager.count(MultipassUse));
    const token = multipassOf(app, { email: anAddress() });
    await signIn(app, token);
    await app.get(Housekeeping).run();
    const before = await uses();

    app.clock.advance(15 * 60);
    await app.get(Housekeeping).run();
    const atTheEnd = [(await signIn(app, token)).body, await uses()];
    app.clock.advance(3600 + 60);
    await app.get(Housekeeping).run();

    expect(atTheEnd).toEqual([REFUSED, before]);
    expect(await uses()).toBe(0);
  });
});

describe('the network (SEC-59)', () => {
  const PRIVATE = { 'shopify-storefront-private-token': 'demo-private-token' };

  it.each([
    ['the same address', '203.0.113.7', '203.0.113.7', true],
    ['another address', '203.0.113.7', '203.0.113.8', false],
    ['an address written as IPv6', '::ffff:203.0.113.7', '203.0.113.7', true],
    ['another address of the same IPv6 network', '2001:db8:1:2::7', '2001:db8:1:2:ffff::8', true],
    ['another IPv6 network', '2001:db8:1:2::7', '2001:db8:1:3::7', false],
    ['no address', 'home', '203.0.113.7', false],
    ['a list of addresses', '203.0.113.7, 203.0.113.8', '203.0.113.7', false],
    ['nothing', ' ', '203.0.113.7', true],
  ])('of remote_ip being %s', async (_what, remoteIp, from, isTaken) => {
    const token = multipassOf(app, { email: anAddress(), remote_ip: remoteIp });

    expect(tokenIn(await signIn(app, token, { from })) !== null).toBe(isTaken);
  });

  it('is the buyer’s, where a private token says whose', async () => {
    const buyer = { 'shopify-storefront-buyer-ip': '203.0.113.99' };
    const made = (): string => multipassOf(app, { email: anAddress(), remote_ip: '203.0.113.99' });

    const believed = await signIn(app, made(), { headers: { ...PRIVATE, ...buyer } });
    const open = await signIn(app, made(), {
      headers: { 'x-shopify-storefront-access-token': 'demo-storefront-token', ...buyer },
    });

    expect([tokenIn(believed), open.body]).toEqual([expect.any(String), REFUSED]);
  });
});

describe('a store', () => {
  it('without a secret takes no token, and another store’s secret opens nothing', async () => {
    const email = anAddress();
    const other = {
      multipassSecret: 'the-other-stores-secret-0123456789',
      storefrontTokens: [{ token: 'other-token' }],
    };
    const stores = [aStore('other', other), aStore('bare', { storefrontTokens: [{ token: 'bare-token' }] })];
    await app.setUp({ stores });
    const through = (token: string): { headers: Record<string, string> } => ({
      headers: { 'x-shopify-storefront-access-token': token },
    });

    const bare = await signIn(app, multipassOf(app, { email }), through('bare-token'));
    const foreign = await signIn(app, multipassOf(app, { email }), through('other-token'));
    const own = await signIn(app, multipassOf(app, { email }, other.multipassSecret), through('other-token'));

    expect([bare.body, foreign.body]).toEqual([REFUSED, REFUSED]);
    expect(tokenIn(own)).not.toBeNull();
    expect(await whoHas(app, tokenIn(own) ?? '')).toBeNull();
  });

  it('that changes its secret voids what was made before', async () => {
    const before = multipassOf(app, { email: anAddress() });
    await applySetup(app, withShopify({ multipassSecret: 'a-rotated-multipass-secret-0123456789' }));

    const voided = await signIn(app, before);
    const made = await signIn(app, multipassOf(app, { email: anAddress() }, 'a-rotated-multipass-secret-0123456789'));
    await applySetup(app, demoSetup);

    expect([voided.body, tokenIn(made)]).toEqual([REFUSED, expect.any(String)]);
  });
});

describe('whatever else is wrong with a token', () => {
  const fresh = (data: object): string => multipassOf(app, { email: 'nobody-yet@example.com', ...data });
  const ago = (seconds: number): object => ({ created_at: app.clock.after(-seconds).toISOString() });

  it.each<[string, () => unknown]>([
    ['an empty text', () => ''],
    ['a word', () => 'nope'],
    ['more than 4 KiB', () => fresh({ return_to: 'x'.repeat(4000) })],
    ['90 kB', () => 'A'.repeat(90_000)],
    ['a token that is cut', () => fresh({}).slice(0, -4)],
    ['a token with a letter turned', () => fresh({}).replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))],
    ['a token without its signature', () => Buffer.from(fresh({}), 'base64url').subarray(0, -32).toString('base64url')],
    ['a token of another secret', () => multipassOf(app, { email: 'nobody-yet@example.com' }, 'another-secret')],
    ['random bytes', () => randomBytes(160).toString('base64url')],
    ['a text that is no JSON', () => sealed('email=nobody-yet@example.com')],
    ['a JSON list', () => sealed(JSON.stringify([{ email: 'nobody-yet@example.com' }]))],
    ['no time', () => sealed(JSON.stringify({ email: 'nobody-yet@example.com' }))],
    ['a time that is too old', () => fresh(ago(15 * 60 + 0.001))],
    ['a time to come', () => fresh(ago(-60.001))],
    ['a local time', () => fresh({ created_at: app.clock.now().toISOString().slice(0, -1) })],
    ['no address', () => fresh({ email: undefined })],
    ['an address that is none', () => fresh({ email: 'foo@bar' })],
    ['two addresses', () => fresh({ email: 'a@example.com,b@example.com' })],
    ['a list of addresses', () => fresh({ email: ['a@example.com'] })],
    ['a number as a name', () => fresh({ first_name: 5 })],
    ['an object as a name', () => fresh({ last_name: { $ne: null } })],
    ['a long name', () => fresh({ first_name: 'x'.repeat(256) })],
    ['a name with a control character', () => fresh({ first_name: 'a\u0000b' })],
    ['a name with half a character', () => fresh({ last_name: '\ud800' })],
    ['a name of HTML', () => fresh({ first_name: '<b>Ann</b>' })],
    ['a number as an identifier', () => fresh({ identifier: 5 })],
    ['a long identifier', () => fresh({ identifier: 'x'.repeat(256) })],
    ['tags in a list', () => fresh({ tag_string: ['a', 'b'] })],
    ['a long tag', () => fresh({ tag_string: `a,${'x'.repeat(256)}` })],
    ['many tags', () => fresh({ tag_string: Array.from({ length: 251 }, (_, at) => at).join(',') })],
    ['addresses in an object', () => fresh({ addresses: { city: 'Kiel' } })],
    ['a list of texts as addresses', () => fresh({ addresses: ['Kiel'] })],
    ['an address of an unknown country', () => fresh({ addresses: [{ country: 'Atlantis' }] })],
    ['an address of an unknown province', () => fresh({ addresses: [{ country_code: 'US', province: 'Bavaria' }] })],
    ['a number in an address', () => fresh({ addresses: [{ city: 5 }] })],
    ['HTML in an address', () => fresh({ addresses: [{ city: '<b>Kiel</b>' }] })],
    ['a default that is no yes or no', () => fresh({ addresses: [{ city: 'Kiel', default: 'yes' }] })],
    ['a number as remote_ip', () => fresh({ remote_ip: 5 })],
  ])('%s is refused in the same words, and nothing changes (SEC-57, SEC-59)', async (_what, make) => {
    const before = await allRows(app);

    const answer = await signIn(app, make());
    const after = await allRows(app);

    expect([answer.status, answer.body]).toEqual([200, REFUSED]);
    expect({ ...after, event: [], rate_counter: [] }).toEqual({ ...before, event: [], rate_counter: [] });
  });

  it.each([null, 5, true, ['x'], { token: 'x' }])('an argument of %j is no text (SEC-1)', async (value) => {
    const { status, body } = await signIn(app, value);

    expect([status, body.errors[0].extensions.code, body.data]).toEqual([200, 'INVALID_VARIABLE', undefined]);
  });
});

describe('a network', () => {
  it('is stopped after twenty refusals, and successes do not count (SEC-44)', async () => {
    const from = aNetwork();
    for (let count = 0; count < 5; count += 1) await accepted(app, { email: anAddress() }, { from });
    for (let count = 0; count < 20; count += 1) await signIn(app, 'nope', { from });

    const stopped = await signIn(app, multipassOf(app, { email: anAddress() }), { from });

    expect(stopped.body).toMatchObject({
      errors: [
        {
          message: 'Login attempt limit exceeded. Please try again later.',
          path: ['customerAccessTokenCreateWithMultipass'],
          extensions: { code: 'THROTTLED' },
        },
      ],
      data: { customerAccessTokenCreateWithMultipass: null },
    });
  });

  it('cannot try two in one request (SEC-62)', async () => {
    const field = (alias: string): string =>
      `${alias}: customerAccessTokenCreateWithMultipass(multipassToken: "x") { customerUserErrors { code } }`;

    const { body } = await shopify(app, `mutation { ${field('a')} ${field('b')} }`);

    expect(body.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  it('needs the token of a storefront', async () => {
    const { body } = await signIn(app, multipassOf(app, { email: anAddress() }), { headers: {} });

    expect(body).toMatchObject({ errors: [{ extensions: { code: 'ACCESS_DENIED' } }] });
  });
});

it('leaves a trail of who came and of why somebody did not, without token or address (SEC-21, SEC-85)', async () => {
  const email = anAddress();
  const tokens = [multipassOf(app, { email }), multipassOf(app, { email, created_at: '2020-01-01T00:00:00Z' })];
  app.logged.length = 0;

  const answers: Answer[] = [];
  for (const token of [...tokens, tokens[0]]) answers.push(await signIn(app, token));
  const events = await app.database.select(
    `SELECT type, data FROM event WHERE type LIKE 'multipass%' OR type = 'customer_created' ORDER BY id DESC LIMIT 4`,
    [],
  );

  expect(answers.map((answer) => tokenIn(answer) !== null)).toEqual([true, false, false]);
  expect(events.reverse().map(({ type, data }) => [type, data && JSON.parse(String(data))])).toEqual([
    ['customer_created', null],
    ['multipass_ok', null],
    ['multipass_failed', { reason: 'expired' }],
    ['multipass_failed', { reason: 'used', email: expect.stringMatching(/^[0-9a-f]{16}$/) }],
  ]);
  const log = app.logged.join('');
  expect(log).toContain('multipass_failed');
  expect([email, tokens[0], tokens[1], DEMO_SECRET].filter((secret) => log.includes(String(secret)))).toEqual([]);
});

function aStore(code: string, shopifyBlock: object): object {
  return { code, name: code, mailFrom: `${code}@demo.example`, shopify: shopifyBlock };
}
