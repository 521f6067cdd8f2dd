// The requests that are measured, one set for each API. A request is what autocannon takes: method, path, headers, body.
const base64 = (text) => Buffer.from(text).toString('base64');
const json = { 'content-type': 'application/json' };

const graphql = (path, query, variables, headers = {}) => ({
  method: 'POST',
  path,
  headers: { ...json, ...headers },
  body: JSON.stringify({ query, variables }),
});

const storefront = { 'x-shopify-storefront-access-token': 'demo-storefront-token' };
const jsonApi = { accept: 'application/vnd.api+json', 'content-type': 'application/vnd.api+json' };

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
    // Customers are not read through this API yet; a machine's read of one reset stands in for "who am I".
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
