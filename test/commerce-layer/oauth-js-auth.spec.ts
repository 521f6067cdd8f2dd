import {
  authenticate,
  getCoreApiBaseEndpoint,
  jwtDecode,
  jwtIsIntegration,
  jwtIsSalesChannel,
  jwtVerify,
  makeSalesChannel,
  revoke,
  type Storage,
  type StorageValue,
} from '@commercelayer/js-auth';
import { TestApp } from '../support/test-app.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
const hosts: string[] = [];
const nativeFetch = globalThis.fetch;

/** The vendor's own client asks this application in place of the network, whatever host it means. */
beforeAll(async () => {
  app = await TestApp.startOwn({ ISSUER_URL: 'https://auth.id.example' });
  cl = new CommerceLayerClient(app);
  globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    hosts.push(url.host);
    const { status, text, headers } = await app.request({
      method: init.method === 'POST' ? 'POST' : 'GET',
      url: url.pathname + url.search,
      headers: { ...Object.fromEntries(new Headers(init.headers)), host: url.host },
      from: cl.newNetwork(),
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
    });
    return new Response(text, { status, headers: { 'content-type': String(headers['content-type']) } });
  };
});

afterAll(async () => {
  globalThis.fetch = nativeFetch;
  await app.stop();
});

const domain = 'id.example';
const integration = { domain, clientId: 'demo-integration', clientSecret: 'demo-integration-secret' };
const channel = { domain, clientId: 'demo-sales-channel' };

it('signs an integration in, and takes its token back', async () => {
  const { accessToken, errors, ...rest } = await authenticate('client_credentials', integration);

  expect([errors, rest]).toEqual([undefined, expect.objectContaining({ tokenType: 'bearer', scope: 'market:all' })]);
  expect(rest).not.toHaveProperty('refreshToken');
  expect(jwtIsIntegration(jwtDecode(accessToken).payload)).toBe(true);
  const { errors: refusal } = await revoke({ ...integration, token: accessToken });
  expect(refusal).toBeUndefined();
  expect((await cl.retrieve(accessToken, 'xYZkjABcde')).body.errors[0].code).toBe('INVALID_TOKEN');
  expect(new Set(hosts)).toEqual(new Set(['auth.id.example']));
});

it('signs a sales channel in, whose token it verifies and finds the API by', async () => {
  const { accessToken } = await authenticate('client_credentials', { ...channel, scope: 'market:code:a?b>c~' });

  const { payload } = await jwtVerify(accessToken, { ignoreExpiration: true });

  expect(jwtIsSalesChannel(payload)).toBe(true);
  expect(payload).toMatchObject({ scope: 'market:code:a?b>c~', organization: { slug: 'demo' } });
  expect(getCoreApiBaseEndpoint(accessToken)).toBe('https://demo.id.example');
});

it('signs a customer in, refreshes, and signs out with either token', async () => {
  const { email, password } = await app.aCustomer();

  const first = await authenticate('password', { ...channel, username: email, password });
  const second = await authenticate('refresh_token', { ...channel, refreshToken: first.refreshToken });
  const { errors } = await revoke({ ...channel, token: second.refreshToken });

  expect([first.ownerType, second.ownerId, errors]).toEqual(['customer', first.ownerId, undefined]);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  const third = await authenticate('refresh_token', { ...channel, refreshToken: second.refreshToken });
  expect(third.errors?.[0]).toMatchObject({ title: 'invalid_grant', code: 'BAD_REQUEST', status: 400 });
  expect((await cl.retrieve(second.accessToken, 'xYZkjABcde')).body.errors[0].code).toBe('INVALID_TOKEN');
});

it('understands every refusal', async () => {
  const { email } = await app.aCustomer();
  const { accessToken } = await authenticate('client_credentials', channel);

  const answers = [
    await authenticate('client_credentials', { ...integration, clientSecret: 'wrong' }),
    await authenticate('password', { ...channel, username: email, password: 'wrong password' }),
    await authenticate('client_credentials', { ...channel, scope: 'everything' }),
    await authenticate('authorization_code', { ...integration, code: 'x', redirectUri: 'https://shop.example' }),
    await revoke({ ...channel, token: accessToken }),
  ];

  expect(answers.map(({ errors }) => [errors?.[0]?.title, errors?.[0]?.status])).toEqual([
    ['invalid_client', 401],
    ['invalid_grant', 400],
    ['invalid_scope', 400],
    ['unsupported_grant_type', 400],
    ['unauthorized_client', 403],
  ]);
});

it('keeps a customer of the cached wrapper signed in, by refreshing what is about to end', async () => {
  const { email, password } = await app.aCustomer();
  const kept = new Map<string, StorageValue>();
  const storage: Storage = {
    getItem: (key) => Promise.resolve(kept.get(key) ?? null),
    setItem: (key, value) => Promise.resolve(void kept.set(key, value)),
    removeItem: (key) => Promise.resolve(void kept.delete(key)),
  };
  const shop = makeSalesChannel(channel, { storage });
  const first = await shop.setCustomer(await authenticate('password', { ...channel, username: email, password }));
  const now = jest.spyOn(Date, 'now').mockReturnValue(first.expires.getTime() - 599_000);

  const second = await shop.getAuthorization();

  now.mockRestore();
  const third = await shop.getAuthorization();
  expect([second.ownerType, second.accessToken !== first.accessToken]).toEqual(['customer', true]);
  expect(third.accessToken).toBe(second.accessToken);
  const { errors } = await shop.logoutCustomer();
  expect([errors, kept.size]).toEqual([undefined, 0]);
  expect((await cl.retrieve(third.accessToken, 'xYZkjABcde')).body.errors[0].code).toBe('INVALID_TOKEN');
});
