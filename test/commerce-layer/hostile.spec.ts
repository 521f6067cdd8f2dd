import { JSON_API } from '../../libs/json-api/src/index.js';
import { TestApp, type Answer } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;
let channel: string;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
  channel = await cl.channel();
});

afterAll(() => app.stop());

const RESETS = '/api/customer_password_resets';
const TYPE = 'customer_password_resets';

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const send = ({ method = 'POST', path = '', headers = {}, body }: Sent): Promise<Answer> =>
  app.request({
    ...{ method, url: RESETS + path, from: cl.newNetwork() },
    headers: { 'content-type': JSON_API, authorization: `Bearer ${integration}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });

const codeOf = ({ status, body }: Answer): unknown[] => [status, body?.errors?.[0]?.code];

async function aReset(): Promise<{ id: string; secret: string }> {
  const { email } = await app.aCustomer();
  const { body } = await cl.create(integration, { customer_email: email });
  return { id: body.data.id, secret: body.data.attributes.reset_password_token };
}

it('judges media types first, then the token, then permission, then the body, then the record', async () => {
  const wrongType = { 'content-type': 'application/json' };
  const accept = { accept: 'application/json' };
  const bad = { authorization: 'Bearer bad' };
  const sales = { authorization: `Bearer ${channel}` };

  expect(codeOf(await send({ headers: { ...wrongType, ...bad }, body: '{' }))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  expect(codeOf(await send({ headers: { ...accept, ...bad }, body: '{}' }))).toEqual([406, 'NOT_ACCEPTABLE']);
  expect(codeOf(await send({ headers: bad, body: '{}' }))).toEqual([401, 'INVALID_TOKEN']);
  expect(codeOf(await send({ headers: sales, body: '{}' }))).toEqual([401, 'UNAUTHORIZED']);
  expect(codeOf(await send({ method: 'PATCH', path: '/ZZZZZZZZZZ', body: '{}' }))).toEqual([400, 'PARAM_MISSING']);
  const { status, body } = await cl.update(channel, 'ZZZZZZZZZZ', {
    customer_password: 'x',
    _reset_password_token: '',
  });
  expect([status, body.errors[0].code]).toEqual([404, 'RECORD_NOT_FOUND']);
});

it('reads JSON:API alone (SEC-5)', async () => {
  const types = [
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    '',
  ];

  for (const type of types) {
    const answer = await send({ headers: { 'content-type': type }, body: '{"data":{}}' });
    expect([type, ...codeOf(answer)]).toEqual([type, 415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(answer.headers['content-type']).toBe(JSON_API);
  }
  const elsewhere = { method: 'POST', headers: { 'content-type': JSON_API }, body: '{}' } as const;
  expect((await app.request({ ...elsewhere, url: '/oauth/token' })).status).toBe(415);
  expect((await app.request({ ...elsewhere, url: '/admin/v1/customers' })).status).toBe(415);
});

it('does not look at parameters of the media type, nor at the type where there is no body', async () => {
  const { id } = await aReset();
  const typed = { 'content-type': `${JSON_API}; charset=utf-8` };

  expect(codeOf(await send({ headers: typed, body: '{}' }))).toEqual([400, 'PARAM_MISSING']);
  for (const accept of ['*/*', 'application/*', `text/html, ${JSON_API};q=0.9`, JSON_API]) {
    expect((await send({ method: 'GET', path: `/${id}`, headers: { accept } })).status).toBe(200);
  }
  for (const accept of ['application/json', `${JSON_API};ext="x"`, 'text/html']) {
    expect(codeOf(await send({ method: 'GET', path: `/${id}`, headers: { accept } }))).toEqual([406, 'NOT_ACCEPTABLE']);
  }
  expect((await send({ method: 'GET', path: `/${id}/` })).status).toBe(200);
  expect(codeOf(await send({ method: 'DELETE', path: `/${id}`, headers: { 'content-length': '0' } }))[0]).not.toBe(400);
});

it.each([
  ['{', 400, 'BAD_REQUEST'],
  ['', 400, 'PARAM_MISSING'],
  ['{"data":{"__proto__":{}}}', 400, 'BAD_REQUEST'],
  ['{}', 400, 'PARAM_MISSING'],
  ['[]', 400, 'INVALID_DATA_FORMAT'],
  ['null', 400, 'INVALID_DATA_FORMAT'],
  ['"text"', 400, 'INVALID_DATA_FORMAT'],
  ['{"data":null}', 400, 'INVALID_DATA_FORMAT'],
  ['{"data":[]}', 400, 'INVALID_DATA_FORMAT'],
  ['{"data":"x"}', 400, 'INVALID_DATA_FORMAT'],
  ['{"data":{}}', 400, 'PARAM_MISSING'],
  ['{"data":{"type":"customers"}}', 400, 'TYPE_MISMATCH'],
  ['{"data":{"type":["customer_password_resets"]}}', 400, 'TYPE_MISMATCH'],
  [`{"data":{"type":"${TYPE}","id":"xYZkjABcde"}}`, 400, 'PARAM_NOT_ALLOWED'],
  [`{"data":{"type":"${TYPE}","attributes":[]}}`, 400, 'INVALID_DATA_FORMAT'],
  [`{"data":{"type":"${TYPE}","attributes":"x"}}`, 400, 'INVALID_DATA_FORMAT'],
  [`{"data":{"type":"${TYPE}","relationships":7}}`, 400, 'INVALID_DATA_FORMAT'],
  [`{"data":{"type":"${TYPE}","relationships":{"customer":{"data":null}}}}`, 400, 'PARAM_NOT_ALLOWED'],
  [`{"data":{"type":"${TYPE}","meta":{}}}`, 400, 'PARAM_NOT_ALLOWED'],
  [`{"data":{"type":"${TYPE}"},"included":[]}`, 400, 'PARAM_NOT_ALLOWED'],
  [`{"data":{"type":"${TYPE}"}}`, 422, 'VALIDATION_ERROR'],
])('refuses the document %s', async (body, status, code) => {
  expect(codeOf(await send({ body }))).toEqual([status, code]);
});

it.each([
  ['reset_password_token'],
  ['reset_password_at'],
  ['created_at'],
  ['id'],
  ['customer_id'],
  ['customer_password'],
  ['_reset_password_token'],
  ['constructor'],
  ['a/b~c'],
])('refuses the attribute %s on create (SEC-2)', async (name) => {
  const { email } = await app.aCustomer();

  const { status, body } = await cl.create(integration, { customer_email: email, [name]: 'x' });

  expect([status, body]).toEqual([
    400,
    {
      errors: [
        {
          title: 'Param not allowed',
          detail: `${name} is not allowed.`,
          code: 'PARAM_NOT_ALLOWED',
          source: { pointer: `/data/attributes/${name.replace('~', '~0').replace('/', '~1')}` },
          status: '400',
        },
      ],
    },
  ]);
});

it('wants the id of the URL in the document of an update', async () => {
  const { id } = await aReset();
  const patch = (data: object): Promise<Answer> =>
    send({ method: 'PATCH', path: `/${id}`, body: JSON.stringify({ data: { type: TYPE, ...data } }) });

  const other = await patch({ id: 'xYZkjABcde' });

  expect(other.body.errors).toEqual([
    {
      title: 'Key is not included in URL',
      detail: 'The URL does not support the key xYZkjABcde',
      code: 'KEY_NOT_INCLUDED_IN_URL',
      source: { pointer: '/data/id' },
      status: '400',
    },
  ]);
  expect(codeOf(await patch({}))).toEqual([400, 'PARAM_MISSING']);
  expect(codeOf(await patch({ id: 7 }))).toEqual([400, 'KEY_NOT_INCLUDED_IN_URL']);
  expect(codeOf(await patch({ id, attributes: { customer_email: 'a@b.example' } }))).toEqual([
    400,
    'PARAM_NOT_ALLOWED',
  ]);
});

it('refuses query parameters that it does not know yet, rather than ignoring them', async () => {
  const { id } = await aReset();
  const get = async (query: string): Promise<unknown[]> =>
    codeOf(await send({ method: 'GET', path: `/${id}?${query}` }));

  expect(await get('include=customer%2Cnothing')).toEqual([400, 'INVALID_INCLUDE']);
  expect(await get('include=events&include=customer')).toEqual([400, 'PARAM_NOT_ALLOWED']);
  expect(await get('fields%5Bcustomer_password_resets%5D=customer_password')).toEqual([400, 'INVALID_FIELD']);
  expect(await get('sort=created_at')).toEqual([400, 'PARAM_NOT_ALLOWED']);
  expect(await get(`access_token=${integration}`)).toEqual([400, 'BAD_REQUEST']); // a second token (SEC-55)
  expect(await get('__proto__=x')).toEqual([400, 'PARAM_NOT_ALLOWED']);
  expect(codeOf(await app.request({ url: `${RESETS}/${id}?access_token=${integration}` }))).toEqual([
    401,
    'INVALID_TOKEN',
  ]);
});

it('answers paths and methods that are not served in the same form', async () => {
  const { id } = await aReset();

  for (const sent of [
    { method: 'PUT', path: `/${id}` },
    { method: 'GET', path: `/${id}/x/y` },
  ] as const) {
    const answer = await send({ ...sent, ...(sent.method === 'PUT' ? { body: '{}' } : {}) });
    expect(codeOf(answer)).toEqual([404, 'RECORD_NOT_FOUND']);
    expect(answer.headers['content-type']).toBe(JSON_API);
  }
  expect((await app.request({ url: '/api/unknown' })).headers['content-type']).toContain('application/problem+json');
});

it('never fails on hostile ids and values, and changes nothing (SEC-68)', async () => {
  const { id, secret } = await aReset();
  const hostile = [
    '0',
    '%00',
    '..%2f..',
    "1' OR '1'='1",
    '0000000000',
    'zzzzzzzzzz',
    `${id}x`,
    '%F0%9F%92%A9',
    'x'.repeat(90),
  ];
  const values = [
    '',
    ' ',
    '\u0000',
    '\ud800',
    "' OR 1=1 --",
    '{{7*7}}',
    'x'.repeat(5000),
    0,
    -1,
    1e308,
    [],
    {},
    [[]],
    null,
  ];

  for (const path of hostile) {
    const answer = await send({ method: 'GET', path: `/${encodeURI(path).replaceAll('%25', '%')}` });
    expect([path, answer.status]).toEqual([path, 404]);
  }
  for (const value of values) {
    const pair = await cl.update(channel, id, { customer_password: value, _reset_password_token: value });
    const notes = await cl.update(integration, id, { reference: value, reference_origin: [value] });
    const create = await cl.create(integration, { customer_email: value, metadata: value });
    for (const { status } of [pair, notes, create]) expect([400, 422]).toContain(status);
  }
  const after = (await cl.retrieve(integration, id)).body.data.attributes;
  expect(after).toMatchObject({ reset_password_token: secret, reset_password_at: null, reference: null, metadata: {} });
  expect(app.logged.join('\n')).not.toContain(secret);
  expect(app.logged.filter((line) => line.includes('a request failed'))).toEqual([]);
});

it('bounds the body, and says so in the same form (SEC-3)', async () => {
  expect((await send({ body: JSON.stringify({ data: 'x'.repeat(110_000) }) })).status).toBe(413);
});
