import { JSON_API } from '../../libs/json-api/src/index.js';
import { INTEGRATION } from '../adobe-rest/wire.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { KEY } from '../common-ground/operations.js';
import { TOKEN as APP_TOKEN } from '../shopify-admin/admin.js';
import { TOKEN as STOREFRONT_TOKEN } from '../shopify/storefront.js';
import { TestApp } from '../support/test-app.js';
import { endpoints } from './endpoints.js';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const DOCUMENT = 'application/graphql';

/** Types of bodies, some of which a page of another site can send unasked; the last is of none. */
const TYPES = ['text/plain', 'text/plain;application/json', 'multipart/form-data; boundary=x', 'application/xml', FORM, JSON_TYPE, JSON_API, DOCUMENT, undefined] as const; // prettier-ignore
const METHODS = ['POST', 'PUT', 'PATCH'] as const;
type Method = (typeof METHODS)[number];

interface Surface {
  readonly name: string;
  readonly paths: RegExp;
  readonly reads: readonly string[];
  /** What it answers to other types; 415 unless its vendor has another word for it. */
  readonly refusal?: number;
}

const SURFACES: readonly Surface[] = [
  { name: 'Adobe GraphQL', paths: /^\/graphql$/, reads: [JSON_TYPE], refusal: 400 },
  { name: 'Adobe REST', paths: /^\/rest\//, reads: [JSON_TYPE] },
  { name: "Shopify's storefront", paths: /^\/api\/:version\//, reads: [JSON_TYPE, DOCUMENT] },
  { name: "Shopify's admin", paths: /^\/admin\/api\//, reads: [JSON_TYPE, DOCUMENT] },
  { name: 'Commerce Layer', paths: /^\/api\/[a-z_]+(\/|$)/, reads: [JSON_API] },
  { name: 'OAuth', paths: /^\/oauth\//, reads: [JSON_TYPE, FORM] },
  { name: 'Common Ground', paths: /^\/cg\//, reads: [JSON_TYPE] },
  { name: 'the admin API', paths: /^\/admin\/v1\//, reads: [JSON_TYPE] },
  { name: 'the pages', paths: /^\/account\//, reads: [FORM] },
];

let app: TestApp;
let customer: string;
let layer: string;

beforeAll(async () => {
  app = await TestApp.start();
  await app.setUp({ policy: { limits: 'off' } });
  customer = await app.signedIn(await app.aCustomer());
  layer = await new CommerceLayerClient(app).integration();
});

afterAll(() => app.stop());

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** What a route wants of its callers, so that nothing but the body can be refused. */
function credentials(path: string): Record<string, string> {
  if (path.startsWith('/rest/')) return bearer(path.includes('/me') ? customer : INTEGRATION);
  if (path.startsWith('/api/:version')) return STOREFRONT_TOKEN;
  if (path.startsWith('/api/')) return bearer(layer);
  if (path.startsWith('/admin/api/')) return APP_TOKEN;
  if (path.startsWith('/admin/v1/')) return bearer('demo-admin-token');
  return path === '/cg/admin/graphql' ? KEY : {};
}

/** Every route that takes a body. */
function routes(): (readonly [Method, string])[] {
  return [...new Set(app.routes)].flatMap((route) => {
    const [verb, path = ''] = route.split(' ');
    const method = METHODS.find((one) => one === verb);
    return method ? [[method, path] as const] : [];
  });
}

async function statusOf(method: Method, path: string, type: string | undefined): Promise<number> {
  const url = path.replace(':version', '2026-04').replace(':store', 'default').replace(/:\w+/, '1');
  const typed: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const body = '{"query":"{__typename}"}';
  return (await app.request({ method, url, headers: { ...credentials(path), ...typed }, body })).status;
}

it('is known of every route that takes a body', () => {
  const unknown = routes().filter(([, path]) => SURFACES.filter(({ paths }) => paths.test(path)).length !== 1);

  expect(unknown).toEqual([]);
  expect(routes().length).toBeGreaterThan(60);
});

it.each(SURFACES)('$name reads nothing but $reads, at any route (SEC-5)', async ({ paths, reads, refusal = 415 }) => {
  const seen: unknown[] = [];
  for (const [method, path] of routes().filter((route) => paths.test(route[1]))) {
    for (const type of TYPES) {
      const isRefused = (await statusOf(method, path, type)) === refusal;
      if (isRefused === reads.includes(type ?? '')) seen.push([method, path, type, await statusOf(method, path, type)]);
    }
  }

  expect(seen).toEqual([]);
});

it.each(endpoints)('$name changes nothing by GET or HEAD (SEC-5)', async ({ url, headers, credentials }) => {
  const query = `mutation{${credentials?.[1] ?? '__typename'}}`;
  const address = `${url}?${new URLSearchParams({ query }).toString()}`;
  app.statements.length = 0;

  const statuses = [];
  for (const method of ['GET', 'HEAD'] as const) {
    statuses.push((await app.request({ method, url: address, headers })).status);
  }

  expect(statuses).toEqual(url === '/graphql' ? [400, 400] : [405, 405]);
  expect(app.statements.filter((one) => /customer\b|password_reset/i.test(one))).toEqual([]);
});
