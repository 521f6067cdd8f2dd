import { CustomerService } from '../../src/customer/index.js';
import { TestApp, PASSWORD, type Answer } from '../support/test-app.js';

const ADMIN = { authorization: 'Bearer demo-admin-token' };
const NUMBER = 4503599627370495;
const CALLS = [
  ['POST', '/customers'],
  ['GET', '/customers?email=a@b.example'],
  ['GET', `/customers/${NUMBER}`],
  ['POST', `/customers/${NUMBER}/unlock`],
] as const;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

type Headers = Record<string, string>;

/** The answers of every call of the API. */
function answersTo(headers: Headers): Promise<Answer[]> {
  return Promise.all(CALLS.map(([method, path]) => app.request({ method, url: `/admin/v1${path}`, headers })));
}

function post(headers: Headers, body: string): Promise<Answer> {
  return app.request({ method: 'POST', url: '/admin/v1/customers', headers: { ...ADMIN, ...headers }, body });
}

/** RFC 9457, with nothing of the inside. */
function expectProblem({ status, headers, body }: Answer, expected: number): void {
  expect(status).toBe(expected);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(body).toMatchObject({
    type: 'about:blank',
    status: expected,
    title: expect.stringMatching(/^[A-Z][A-Za-z ]+$/),
    instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
  });
  expect(['detail', 'instance', 'status', 'title', 'type']).toEqual(
    expect.arrayContaining(Object.keys(body as object)),
  );
}

describe('a caller', () => {
  it.each([
    ['nothing', {}],
    ['an empty header', { authorization: '' }],
    ['a scheme alone', { authorization: 'Bearer' }],
    ['a password', { authorization: `Basic ${Buffer.from('demo-admin:demo-admin-password-1').toString('base64')}` }],
    ['another header', { 'x-api-key': 'demo-admin-token', 'x-shopify-access-token': 'demo-admin-token' }],
  ])('who presents %s is told that a token is needed, and no error code (SEC-55)', async (_what, headers) => {
    for (const answer of await answersTo(headers)) {
      expectProblem(answer, 401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('who puts the token into the address has presented none (SEC-11)', async () => {
    const answer = await app.request({ url: '/admin/v1/customers?email=a@b.example&access_token=demo-admin-token' });

    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  it.each([
    ['an unknown token', 'no-such-token'],
    ['the token in capitals', 'DEMO-ADMIN-TOKEN'],
    ['a part of the token', 'demo-admin-toke'],
    ['a pattern', 'demo-admin-%'],
    ['a very long token', 'x'.repeat(9000)],
    ["Adobe's integration token", 'demo-adobe-integration-token'],
    ["Adobe's administrator's password", 'demo-admin-password-1'],
    ["Shopify's storefront token", 'demo-storefront-token'],
    ["Shopify's private token", 'demo-private-token'],
    ["Shopify's admin token", 'demo-shopify-admin-token'],
    ["Commerce Layer's client secret", 'demo-integration-secret'],
    ["Commerce Layer's client id", 'demo-sales-channel'],
    ["Common Ground's secret key", 'demo-cg-secret'],
  ])('who presents %s is told that it is invalid (SEC-48, SEC-50, SEC-55)', async (_what, token) => {
    for (const answer of await answersTo({ authorization: `Bearer ${token}` })) {
      expectProblem(answer, 401);
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    }
  });

  it('who is signed in as a customer is no administrator (SEC-50)', async () => {
    const token = await app.signedIn(await app.aCustomer());

    const answers = await answersTo({ authorization: `Bearer ${token}` });

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it('with the token gets through, whatever the case of the scheme', async () => {
    const answers = await answersTo({ authorization: 'bearer demo-admin-token' });

    expect(answers.map(({ status }) => status)).toEqual([400, 200, 404, 404]);
  });

  it('is not counted by network, however many customers are made (design: machine callers)', async () => {
    const made = await Promise.all(Array.from({ length: 30 }, () => app.aCustomer()));

    expect(made).toHaveLength(30);
  });
});

describe('a body', () => {
  const json = JSON.stringify({ email: 'body@example.com', state: 'enabled' });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'email=body@example.com&state=enabled'],
    ['a text', 'text/plain', json],
    ['a multipart form', 'multipart/form-data; boundary=x', json],
    ['XML', 'application/xml', '<customer/>'],
    ['JSON under a strange name', 'application/vnd.api+json', json],
    ['GraphQL', 'application/graphql', '{customer{email}}'],
  ])('that is %s is answered by 415 (SEC-5)', async (_what, type, body) => {
    expect((await post({ 'content-type': type }, body)).status).toBe(415);
  });

  it('without a type is answered by 415, and none at all by 400', async () => {
    expect((await post({ 'content-type': '' }, json)).status).toBe(415);
    expectProblem(await post({}, ''), 400);
  });

  it.each(['{', '{"email":}', '"text', '{"email":"a@b.example","__proto__":{"state":"enabled"}}', '\u0000'])(
    'that is %j and no JSON is answered by 400',
    async (body) => {
      expect((await post({ 'content-type': 'application/json' }, body)).status).toBe(400);
    },
  );

  it('of more than 100 KiB is answered by 413 (SEC-3)', async () => {
    const body = (length: number): string => JSON.stringify({ email: 'x'.repeat(length) });

    expect((await post({ 'content-type': 'application/json' }, body(100 * 1024))).status).toBe(413);
    expectProblem(await post({ 'content-type': 'application/json' }, body(99 * 1024)), 400);
  });
});

it('answers what it cannot read as it answers all else: by a problem', async () => {
  expectProblem(await post({ 'content-type': 'text/plain' }, '{}'), 415);
  expectProblem(await post({ 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'), 415);
  expectProblem(await post({ 'content-type': 'application/json' }, '{'), 400);
  expectProblem(await post({ 'content-type': 'application/json' }, `"${'x'.repeat(100 * 1024)}"`), 413);
});

it('answers 404 where there is nothing, as a problem', async () => {
  expectProblem(await app.request({ url: '/admin/v1/nothing', headers: ADMIN }), 404);
  expectProblem(await app.request({ method: 'DELETE', url: '/admin/v1/customers', headers: ADMIN }), 404);
});

it('shows nothing of a fault but an id, under which the log has it all (SEC-68)', async () => {
  const fault = new Error('SELECT password_hash FROM customer');
  jest.spyOn(app.get(CustomerService), 'findByNumber').mockRejectedValueOnce(fault);

  const answer = await app.request({ url: `/admin/v1/customers/${NUMBER}`, headers: ADMIN });
  const id = String(answer.body.instance).replace('urn:uuid:', '');

  expectProblem(answer, 500);
  expect(answer.body).toEqual({
    type: 'about:blank',
    status: 500,
    title: 'Internal Server Error',
    instance: `urn:uuid:${id}`,
  });
  expect(answer.headers['x-request-id']).toBe(id);
  expect(app.logged.find((line) => line.includes(id) && line.includes('password_hash'))).toBeDefined();
});

it('never shows or logs a password or a hash (SEC-21)', async () => {
  const password = 'hunter2 hunter2 hunter2';
  const call = (body: object): Promise<Answer> => app.admin('POST', '/customers', body);
  const email = 'secretive@example.com';

  const made = await call({ email, password, state: 'enabled' });
  const answers = [
    made,
    await call({ email, password, state: 'enabled' }),
    await call({ email: 'no address', password, state: 'enabled' }),
    await call({ email: 'other@example.com', password: ` ${password}`, state: 'enabled' }),
    await call({ email: 'other@example.com', password: { password }, state: 'enabled' }),
    await call({ email: 'other@example.com', password, passwordHash: password, state: 'enabled' }),
    await app.admin('GET', `/customers/${made.body.number}`),
    await app.admin('GET', `/customers?email=${email}`),
    await post({ 'content-type': 'application/json' }, `{"password":"${password}"`),
  ];
  const written = [...answers.map(({ text }) => text), ...app.logged].filter((text) => /hunter2|argon2|"passwordHash":/.test(text)); // prettier-ignore

  expect(answers.map(({ status }) => status)).toEqual([201, 409, 422, 422, 400, 400, 200, 200, 400]);
  expect(written).toEqual([]);
  expect([...app.logged].join('')).not.toContain(PASSWORD);
});
