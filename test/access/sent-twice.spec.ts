import { JSON_API } from '../../libs/json-api/src/index.js';
import { operations } from '../adobe/wire.js';
import { CommerceLayerClient } from '../commerce-layer/wire.js';
import { KEY, sessionOf, WHO } from '../common-ground/operations.js';
import { TestApp, type Answer } from '../support/test-app.js';

const TWICE = 'The token was sent more than once.';
const ADMIN = 'demo-admin-token';
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** One surface that takes Bearer tokens: what it answers to a token of its own, with `?access_token=` where that is given. */
interface Surface {
  readonly ask: (query: string) => Promise<Answer>;
  readonly refusal: object;
  /** Of refusals of a token, where the surface sends it. */
  readonly challenge?: string;
}

let app: TestApp;
let surfaces: Record<string, Surface>;

const CHALLENGE = 'Bearer error="invalid_request"';
const NAMES = ['Adobe GraphQL', 'Adobe REST', 'Commerce Layer', 'tokeninfo', 'Common Ground client', 'Common Ground admin', 'admin API'] as const; // prettier-ignore

beforeAll(async () => {
  app = await TestApp.start();
  const ann = await app.aCustomer();
  const [adobe, layer, session] = [await app.signedIn(ann), await new CommerceLayerClient(app).integration(), await sessionOf(app, ann)]; // prettier-ignore
  const graphql = (path: string, query: string, headers: Record<string, string>) => (more: string) =>
    app.request({ method: 'POST', url: path + more, headers, body: { query } });
  const get = (url: string, headers: Record<string, string>) => (more: string) =>
    app.request({ url: url + more, headers });
  const ofLayer = {
    refusal: { errors: [{ title: 'Bad Request', detail: `The access ${TWICE.slice(4)}`, code: 'BAD_REQUEST', status: '400' }] }, // prettier-ignore
    challenge: CHALLENGE,
  };
  const ofBuyers = { refusal: { errors: [{ message: TWICE, extensions: { code: 'BAD_USER_INPUT' } }] } };
  surfaces = {
    'Adobe GraphQL': {
      ask: graphql('/graphql', operations.customer, bearer(adobe)),
      refusal: { errors: [{ message: TWICE, extensions: { category: 'graphql-input' } }] },
    },
    'Adobe REST': { ask: get('/rest/V1/customers/me', bearer(adobe)), refusal: { message: TWICE } },
    'Commerce Layer': { ask: get('/api/customers', { accept: JSON_API, ...bearer(layer) }), ...ofLayer },
    tokeninfo: { ask: get('/oauth/tokeninfo', bearer(layer)), ...ofLayer },
    'Common Ground client': { ask: graphql('/cg/client/graphql', WHO, session), ...ofBuyers },
    'Common Ground admin': { ask: graphql('/cg/admin/graphql', '{__typename}', KEY), ...ofBuyers },
    'admin API': {
      ask: get(`/admin/v1/customers/${ann.number}`, bearer(ADMIN)),
      refusal: expect.objectContaining({ status: 400, title: 'Bad Request', detail: TWICE }) as object,
      challenge: CHALLENGE,
    },
  };
});

afterAll(() => app.stop());

it.each(NAMES)('%s answers 400 to a token in the header and in the address, whatever it is (SEC-55)', async (name) => {
  const { ask, refusal, challenge } = surfaces[name] as Surface;

  const once = await ask('');
  const twice = [await ask('?access_token=x'), await ask('?a=b&access%5Ftoken='), await ask(`?access_token=${ADMIN}`)];

  expect(once.status).toBe(200);
  for (const { status, body, headers } of twice) {
    expect([status, body, headers['www-authenticate']]).toEqual([400, refusal, challenge]);
  }
});

it.each([
  ['Adobe GraphQL', 'POST', '/graphql', 400],
  ['Adobe REST', 'PUT', '/rest/V1/customers/me', 415],
  ['Commerce Layer', 'POST', '/api/customers', 415],
  ['Common Ground', 'POST', '/cg/admin/graphql', 415],
  ['the admin API', 'POST', '/admin/v1/customers', 415],
] as const)(
  '%s reads no form, where a token could stand beside the header (SEC-55)',
  async (_, method, url, expected) => {
    const headers = { ...bearer(ADMIN), 'content-type': 'application/x-www-form-urlencoded' };

    const { status } = await app.request({ method, url, headers, body: `access_token=${ADMIN}` });

    expect(status).toBe(expected);
  },
);
