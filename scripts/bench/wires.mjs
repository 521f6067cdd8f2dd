// The requests that are measured, one set for each API. A request is what autocannon takes: method, path, headers, body.
import { activeOf, FIRST_NUMBER, madeAt } from './database.mjs';
import { demo } from './processes.mjs';

const base64 = (text) => Buffer.from(text).toString('base64');
const json = { 'content-type': 'application/json' };

const graphql = (path, query, variables, headers = {}) => ({
  method: 'POST',
  path,
  headers: { ...json, ...headers },
  body: JSON.stringify({ query, variables }),
});

const get = (path, headers = {}) => ({ method: 'GET', path, headers });
const PAGE = 20;
/** How many of the newest customers a search for them finds. */
const NEWEST = 500;

const storefront = { 'x-shopify-storefront-access-token': 'demo-storefront-token' };
const jsonApi = { accept: 'application/vnd.api+json', 'content-type': 'application/vnd.api+json' };

const newestFirst = `&searchCriteria[sortOrders][0][field]=created_at&searchCriteria[pageSize]=${PAGE}`;

function search([field, condition, value], more = '') {
  const filter = 'searchCriteria[filter_groups][0][filters][0]';
  const criteria = `${filter}[field]=${field}&${filter}[condition_type]=${condition}&${filter}[value]=${encodeURIComponent(value)}`;
  return get(`/rest/V1/customers/search?${criteria}${more}`, { authorization: 'Bearer demo-adobe-integration-token' });
}

/** Customers that have two postal addresses each. */
const numbersOf = (customers) =>
  activeOf(customers)
    .slice(0, 100)
    .map((at) => FIRST_NUMBER + at);

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A public number as this vendor's ids show it. */
function shortId(number) {
  let [rest, id] = [number, ''];
  while (id.length < 10) [rest, id] = [Math.floor(rest / 62), LETTERS[rest % 62] + id];
  return id;
}

export const wires = {
  adobe: {
    signIn: (email, password) =>
      graphql('/graphql', 'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}', {
        e: email,
        p: password,
      }),
    tokenIn: (body) => body.data.generateCustomerToken.token,
    whoAmI: (token) =>
      graphql('/graphql', '{customer{email firstname lastname}}', {}, { authorization: `Bearer ${token}` }),
    reset: (email) => graphql('/graphql', 'mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email }),
    reads: (tokens, digests) => [
      {
        work: 'with two addresses',
        requests: tokens.map((token) =>
          graphql(
            '/graphql',
            '{customer{email firstname lastname addresses{id firstname lastname street city postcode telephone region{region} country_code}}}',
            {},
            { authorization: `Bearer ${token}` },
          ),
        ),
        limit: digests.map((digest) => get(`/with-addresses/${digest}`)),
      },
    ],
  },
  'adobe-rest': {
    signIn: (username, password) => ({
      method: 'POST',
      path: '/rest/V1/integration/customer/token',
      headers: json,
      body: JSON.stringify({ username, password }),
    }),
    tokenIn: (body) => body,
    whoAmI: (token) => get('/rest/V1/customers/me', { authorization: `Bearer ${token}` }),
    reset: (email) => ({
      method: 'PUT',
      path: '/rest/V1/customers/password',
      headers: json,
      body: JSON.stringify({ email, template: 'email_reset' }),
    }),
    tellsUnknown: true,
    reads: (_tokens, _digests, customers, emails) => [
      {
        work: 'find an address',
        requests: emails.map((email) => search([`email`, 'eq', email])),
        limit: emails.map((email) => get(`/search/by-address/${email}`)),
      },
      {
        work: 'find the newest',
        requests: [
          search(
            [
              'created_at',
              'gteq',
              madeAt(customers - NEWEST)
                .toISOString()
                .slice(0, 19),
            ],
            newestFirst,
          ),
        ],
        limit: [get(`/search/newest/${customers - NEWEST}/${PAGE}`)],
      },
    ],
  },
  shopify: {
    signIn: (email, password) =>
      graphql(
        '/api/2026-04/graphql.json',
        'mutation($i:CustomerAccessTokenCreateInput!){customerAccessTokenCreate(input:$i){customerAccessToken{accessToken} customerUserErrors{code}}}',
        { i: { email, password } },
        storefront,
      ),
    tokenIn: (body) => body.data.customerAccessTokenCreate.customerAccessToken.accessToken,
    whoAmI: (token) =>
      graphql(
        '/api/2026-04/graphql.json',
        'query($t:String!){customer(customerAccessToken:$t){email firstName lastName}}',
        { t: token },
        storefront,
      ),
    reset: (email) =>
      graphql(
        '/api/2026-04/graphql.json',
        'mutation($e:String!){customerRecover(email:$e){customerUserErrors{code}}}',
        { e: email },
        storefront,
      ),
  },
  'commerce-layer': {
    signIn: (email, password) => ({
      method: 'POST',
      path: '/oauth/token',
      headers: json,
      body: JSON.stringify({ grant_type: 'password', client_id: 'demo-sales-channel', username: email, password }),
    }),
    // A machine's read of one reset stands in for "who am I".
    read: (token, id) => ({
      method: 'GET',
      path: `/api/customer_password_resets/${id}`,
      headers: { ...jsonApi, authorization: `Bearer ${token}` },
    }),
    machine: {
      method: 'POST',
      path: '/oauth/token',
      headers: json,
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: 'demo-integration',
        client_secret: 'demo-integration-secret',
      }),
    },
    reset: (email, machineToken) => ({
      method: 'POST',
      path: '/api/customer_password_resets',
      headers: { ...jsonApi, authorization: `Bearer ${machineToken}` },
      body: JSON.stringify({
        data: { type: 'customer_password_resets', attributes: { customer_email: email }, relationships: {} },
      }),
    }),
    reads: ([token], [digest], customers, emails, [made]) => {
      const headers = { ...jsonApi, authorization: `Bearer ${token}` };
      const resets = (attributes, id) => ({
        ...{ method: id ? 'PATCH' : 'POST', path: `/api/customer_password_resets${id ? `/${id}` : ''}`, headers },
        body: JSON.stringify({ data: { type: 'customer_password_resets', attributes, relationships: {}, id } }),
      });
      const create = emails.map((email) => resets({ customer_email: email }));
      const post = (path) => [{ method: 'POST', path, headers: json, body: '{}' }];
      return [
        { work: 'create a reset', requests: create, limit: post('/create-reset') },
        {
          work: 'change a reset',
          requests: [resets({ reference: 'bench', metadata: { a: 1 } }, made)],
          limit: post('/change-reset'),
        },
        {
          work: 'finish a reset',
          prepare: async (send) => {
            const answers = [];
            for (const one of create.slice(1)) answers.push(await send(one));
            return answers.map(({ body: { data } }) => {
              const secret = { _reset_password_token: data.attributes.reset_password_token };
              return resets({ customer_password: demo.password, ...secret }, data.id);
            });
          },
          limit: post('/finish-reset'),
        },
        {
          work: 'with its wallet',
          requests: numbersOf(customers).map((number) =>
            get(`/api/customers/${shortId(number)}?include=customer_addresses.address`, headers),
          ),
          limit: numbersOf(customers).map((number) => get(`/wallet/${digest}/${number}`)),
        },
        {
          work: 'page 40',
          requests: [get('/api/customers?sort=-created_at&page[number]=40&page[size]=25', headers)],
          limit: [get(`/page/40/25`)],
        },
      ];
    },
    // A machine is told that an address is unknown, so there is nothing to compare.
    tellsUnknown: true,
  },
  'common-ground': {
    signIn: (email, password) =>
      graphql('/cg/client/graphql', 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}', {
        e: base64(email),
        p: base64(password),
      }),
    tokenIn: (body) => body.data.login.session.jwt,
    whoAmI: (token) =>
      graphql('/cg/client/graphql', '{user{_id email firstName}}', {}, { authorization: `Bearer ${token}` }),
    reset: (email) =>
      graphql('/cg/client/graphql', 'mutation($e:String!){userCreatePasswordToken(email:$e)}', { e: base64(email) }),
  },
};
