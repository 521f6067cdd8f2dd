import { adminToken, callerOf, INTEGRATION } from '../adobe-rest/wire.js';
import type { Answer, TestApp } from '../support/test-app.js';
import { answerRule, itDescribesItsApi, startNoting, type Document } from './openapi.js';

let app: TestApp;

beforeAll(async () => {
  app = await startNoting();
});

afterAll(() => app.stop());

itDescribesItsApi(() => app, {
  name: 'adobe-rest',
  url: '/rest/all/schema?services=all',
  mounts: ['/rest', '/rest/:store'],
  within: '/V1/',
});

const schemaOf = (store: string): Promise<Answer> => app.request({ url: `/rest/${store}/schema` });

it('answers for each store view, and for none that there is not', async () => {
  const [all, named, unknown] = await Promise.all([schemaOf('all'), schemaOf('default'), schemaOf('nowhere')]);

  expect(all.body.servers).toEqual([{ url: '/rest/all' }]);
  expect(named.body).toEqual({ ...all.body, servers: [{ url: '/rest/default' }] });
  expect([unknown.status, unknown.body]).toEqual([404, { message: 'Request does not match any route.' }]);
});

it('says who may call', async () => {
  const { paths }: Document = (await schemaOf('all')).body;

  expect(paths['/V1/customers']?.['post']?.security).toEqual([]);
  expect(paths['/V1/customers/me']?.['get']?.security).toEqual([{ customer: [] }]);
  expect(paths['/V1/customers/search']?.['get']?.security).toEqual([{ administrator: [] }, { integration: [] }]);
});

it('tells the form of real answers', async () => {
  const document: Document = (await schemaOf('all')).body;
  const address = { lines: ['1 Main St'], city: 'Austin', regionCode: 'TX', countryCode: 'US', defaultBilling: true };
  const ann = await app.aCustomer({ lastName: null, addresses: [address] });
  const attributes = { adobe: { allowRemoteShoppingAssistance: true, custom: { shoe: '9' } } };
  const bob = await app.aCustomer({ attributes, addresses: [{ ...address, company: 'A', defaultBilling: false }] });
  const [self, admin, machine] = [await app.signedIn(ann), await adminToken(app), INTEGRATION];
  const customer = { email: 'a@b.co', firstname: 'A', lastname: '' };
  const asked = [
    [self, 'GET', '/V1/customers/me', 'customers/me'],
    [self, 'GET', '/V1/customers/me/billingAddress', 'customers/me/billingAddress'],
    [self, 'GET', '/V1/customers/me/shippingAddress', 'customers/me/shippingAddress'],
    [machine, 'GET', '/V1/customers/{id}', `customers/${bob.id}`],
    [machine, 'GET', '/V1/customers/{id}/confirm', `customers/${bob.id}/confirm`],
    [machine, 'GET', '/V1/customers/search', 'customers/search?searchCriteria[sortOrders][0][field]=id'],
    [machine, 'PUT', '/V1/customers/validate', 'customers/validate'],
    [admin, 'POST', '/V1/customers/{id}/token', `customers/${bob.id}/token`],
  ] as const;

  for (const [token, method, path, url] of asked) {
    const { body, status } = await callerOf(app, token)(method, url, method === 'PUT' ? { customer } : undefined);
    const rule = answerRule(document, method.toLowerCase(), path);
    expect([path, status, rule(body), rule.errors]).toEqual([path, 200, true, null]);
  }
});

it('tells the form of refusals', async () => {
  const document: Document = (await schemaOf('all')).body;
  const refusal = { ...document, paths: { '/x': { get: { responses: { 200: refusalOf(document) } } } } };
  const rule = answerRule(Object.assign({}, document, refusal), 'get', '/x');
  const answers = await Promise.all([
    callerOf(app)('GET', 'customers/me'),
    callerOf(app)('PUT', 'customers/password', {}),
    callerOf(app, INTEGRATION)('GET', 'customers/0'),
    callerOf(app, INTEGRATION)('GET', 'customers/search?searchCriteria[sortOrders][0][field]=x'),
    callerOf(app)('GET', 'nowhere'),
  ]);

  for (const { body } of answers) expect([body, rule(body)]).toEqual([body, true]);
});

function refusalOf({ paths }: Document): { content?: Record<string, { schema: object }> } {
  return paths['/V1/customers/me']?.['get']?.responses['default'] ?? {};
}
