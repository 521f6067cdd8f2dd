import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { breachHashOf } from '#lib/weak-passwords';
import { PasswordHasher } from '#lib/password-hash';
import { toGlobalId, toShortId } from '../../src/common/public-id.js';
import { asBase64, atClient, refusalOf, register, RESET } from '../common-ground/operations.js';
import { linkFor } from '../pages/links.js';
import { said, Visitor } from '../pages/visitor.js';
import { TestApp, type Answer, type TestCustomer } from '../support/test-app.js';
import { WIRES, wiresOf } from '../wires/wires.js';

const LEAKED = 'a leaked password';
const OWN = 'hunter of blue crates';
const WEAK: readonly (readonly [string, string])[] = [
  ['a common password', 'PassWord1'],
  ['the name of the shop', 'demo store 1'],
  ["a line of the shop's own list", OWN.toUpperCase()],
  ['a leaked password', LEAKED],
];

let app: TestApp;
let server: Server;
let asked: string[] = [];
const knowing: RequestListener = ({ url = '' }, response) => {
  asked.push(url);
  response.end(`${breachHashOf(LEAKED).slice(5)}:12\r\n`);
};
let handle: RequestListener = knowing;

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  const list = join(process.env['TEST_FOLDER'] ?? '', 'own-list.txt');
  writeFileSync(list, `${OWN}\n`);
  app = await TestApp.startOwn({
    PASSWORD_BLOCKLIST_PATH: list,
    PASSWORD_BREACH_RANGES: `http://127.0.0.1:${String(address.port)}/range/`,
  });
});

afterEach(() => {
  app.clock.advance(3600); // all of it comes from one network, whose limits are another test's business
  handle = knowing;
  asked = [];
});

afterAll(async () => {
  await app.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const shopify = (query: string, variables: object): Promise<Answer> =>
  app.request({
    method: 'POST',
    url: '/api/2026-04/graphql.json',
    headers: { 'x-shopify-storefront-access-token': 'demo-storefront-token' },
    body: { query, variables },
  });

async function atCommerceLayer(
  method: 'POST' | 'PATCH',
  path: string,
  attributes: object,
  id?: string,
): Promise<Answer> {
  const grant = {
    grant_type: 'client_credentials',
    client_id: 'demo-integration',
    client_secret: 'demo-integration-secret',
  };
  const { body } = await app.request({ method: 'POST', url: '/oauth/token', body: grant });
  const type = path.split('/')[0];
  return app.request({
    method,
    url: `/api/${path}`,
    headers: { authorization: `Bearer ${String(body.access_token)}`, 'content-type': 'application/vnd.api+json' },
    body: JSON.stringify({ data: { type, ...(id === undefined ? {} : { id }), attributes } }),
  });
}

const fresh = (): string => `new-${String(Math.trunc(performance.now() * 1000))}@example.com`;
const adobeSession = async (ann: TestCustomer): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await app.signedIn(ann)}`,
});

describe.each(WEAK)('%s is refused (SEC-17)', (_what, password) => {
  const refusal = expect.stringMatching(/too common|data leak|name of the customer/);

  it('by Adobe’s registration, reset and change', async () => {
    const ann = await app.aCustomer();
    const { secret } = await linkFor(app, ann);
    const created = await app.adobe('mutation($i:CustomerCreateInput!){createCustomerV2(input:$i){customer{id}}}', {
      i: { email: fresh(), password, firstname: 'Ann', lastname: 'Lee' },
    });
    const reset = await app.adobe(
      'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}',
      { e: ann.email, t: secret, p: password },
    );
    const changed = await app.adobe(
      'mutation($c:String!,$n:String!){changeCustomerPassword(currentPassword:$c,newPassword:$n){id}}',
      { c: ann.password, n: password },
      await adobeSession(ann),
    );

    for (const { body } of [created, changed]) expect(body.errors).toMatchObject([{ message: refusal }]);
    expect(reset.body.errors).toHaveLength(1);
    expect(await app.signedIn(ann)).toContain('.');
  });

  it('by Shopify’s registration, reset and update, in the words of any bad password', async () => {
    const ann = await app.aCustomer();
    const { secret } = await linkFor(app, ann);
    const created = await shopify(
      'mutation($i:CustomerCreateInput!){customerCreate(input:$i){customer{id} customerUserErrors{code message}}}',
      { i: { email: fresh(), password, firstName: 'Ann' } },
    );
    const reset = await shopify(
      'mutation($id:ID!,$i:CustomerResetInput!){customerReset(id:$id,input:$i){customer{id} customerUserErrors{code message}}}',
      { id: toGlobalId('Customer', ann.number), i: { resetToken: secret, password } },
    );

    for (const payload of [created.body.data.customerCreate, reset.body.data.customerReset]) {
      expect(payload).toEqual({
        customer: null,
        customerUserErrors: [{ code: 'INVALID', message: 'Password is invalid' }],
      });
    }
  });

  it('by Commerce Layer’s customers and resets', async () => {
    const ann = await app.aCustomer();
    const created = await atCommerceLayer('POST', 'customers', { email: fresh(), password });
    const id = toShortId(ann.number);
    const changed = await atCommerceLayer('PATCH', `customers/${id}`, { password }, id);
    const reset = await atCommerceLayer('POST', 'customer_password_resets', { customer_email: ann.email });
    const { id: resetId, attributes } = reset.body.data;
    const finished = await atCommerceLayer(
      'PATCH',
      `customer_password_resets/${String(resetId)}`,
      { customer_password: password, _reset_password_token: attributes.reset_password_token },
      String(resetId),
    );

    for (const { status, body } of [created, changed, finished]) {
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ code: 'VALIDATION_ERROR', detail: expect.stringMatching(/password/) }]);
    }
  });

  it('by Common Ground’s registration and reset, with the reason', async () => {
    const { secret } = await linkFor(app, await app.aCustomer());
    const registered = await register(app, fresh(), { p: password });
    const reset = await atClient(app, RESET, { p: asBase64(password), t: secret });

    for (const answer of [registered, reset]) {
      expect(refusalOf(answer)).toMatchObject({
        code: 'BAD_USER_INPUT',
        reason: expect.stringMatching(/^CO(MMON|NTAINS_CONTEXT)$/),
      });
    }
  });

  it('by the admin API', async () => {
    const { status, body } = await app.admin('POST', '/customers', { email: fresh(), password, state: 'enabled' });

    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain('password: it ');
  });

  it('by the hosted page, and the link works afterwards (SEC-30)', async () => {
    const { link } = await linkFor(app, await app.aCustomer());
    const visitor = new Visitor(app);
    await visitor.open(link);

    const refused = await visitor.send({ password });
    const done = await visitor.send({ password: 'four words of my own' });

    expect([refused.status, done.status]).toEqual([422, 200]);
    expect(said(refused)).toMatch(/tried first|data leak|cannot be your password/);
  });
});

it.each(WIRES)('spends no secret on a refused password: %s (SEC-30)', async (name) => {
  const wire = wiresOf(app)[name];
  const ann = await app.aCustomer();
  const secret = await wire.ask(ann.email);
  const order = { email: ann.email, number: ann.number, secret };

  expect(await wire.finish(order, 'password1').catch(() => false)).toBe(false);
  expect(await wire.finish(order, LEAKED).catch(() => false)).toBe(false);
  expect(await wire.finish(order, 'four words of my own')).toBe(true);
});

it.each(WIRES)(
  'takes a password in any form of its accents, when it is set and when it is given: %s (SEC-18)',
  async (name) => {
    const wire = wiresOf(app)[name];
    const email = fresh();
    const [apart, whole] = ['pa\u0308sse und wo\u0308rter', 'p\u00e4sse und w\u00f6rter'];
    const ann = await app.aCustomer({ email });
    const secret = await wire.ask(email);

    expect(await wire.finish({ email, number: ann.number, secret }, apart)).toBe(true);
    expect(await wire.signIn(email, whole)).not.toBeNull();
    expect(await wire.signIn(email, apart)).not.toBeNull();
    expect(await wire.signIn(email, 'passe und worter')).toBeNull();
  },
);

it('lets the password of the seed pass, which has the local part inside', async () => {
  const roni: TestCustomer = { email: 'roni_cost@example.com', password: 'roni_cost3@example.com', number: 0, id: 0 };
  const changed = await app.adobe(
    'mutation($c:String!,$n:String!){changeCustomerPassword(currentPassword:$c,newPassword:$n){email}}',
    { c: roni.password, n: 'roni_cost4@example.com' },
    await adobeSession(roni),
  );

  expect(changed.body.data.changeCustomerPassword).toEqual({ email: roni.email });
});

describe('the look into lists of leaks', () => {
  const made = (password: string): Promise<Answer> =>
    app.admin('POST', '/customers', { email: fresh(), password, state: 'enabled' });

  it('tells the first five digits of a hash', async () => {
    await made('four words of my own');

    expect(asked).toEqual([`/range/${breachHashOf('four words of my own').slice(0, 5)}`]);
  });

  it('comes before the hash and outside of transactions, and not for what is refused anyhow', async () => {
    const hash = jest.spyOn(app.get(PasswordHasher), 'hash');
    app.statements.length = 0;
    let open = -1;
    handle = (request, response) => {
      open = app.statements.filter((one) => /^BEGIN|^START/i.test(one)).length;
      open -= app.statements.filter((one) => /^COMMIT|^ROLLBACK/i.test(one)).length;
      knowing(request, response);
    };

    expect((await made(LEAKED)).status).toBe(422);
    expect([open, hash.mock.calls.length]).toEqual([0, 0]);
    await made('password1');
    expect(asked).toHaveLength(1);
    hash.mockRestore();
  });

  it.each<[string, RequestListener]>([
    ['is silent', () => undefined],
    ['fails', (_request, response) => response.writeHead(500).end(`${breachHashOf(LEAKED).slice(5)}:12`)],
    ['leads elsewhere', (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['never ends', (_request, response) => void response.write('x'.repeat(600_000))],
  ])('refuses nothing when the other server %s, and warns once', async (_what, listener) => {
    app.logged.length = 0;
    handle = listener;

    const answers = [await made(LEAKED), await made(LEAKED)];

    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(app.logged.filter((line) => line.includes('PASSWORD_BREACH_RANGES'))).toHaveLength(1);
    expect(app.logged.join('')).not.toContain(breachHashOf(LEAKED).slice(0, 5));
  });
});

it('costs the owner of a taken address the same hash and the same look (SEC-39, SEC-75)', async () => {
  const hash = jest.spyOn(app.get(PasswordHasher), 'hash');
  const { email } = await app.aCustomer();
  const counts: number[][] = [];
  for (const one of [email, fresh()]) {
    asked = [];
    hash.mockClear();
    await register(app, one);
    counts.push([asked.length, hash.mock.calls.length]);
  }
  hash.mockRestore();

  expect(counts).toEqual([
    [1, 1],
    [1, 1],
  ]);
});
