// `npm run demo`: starts the product on a temporary database and plays the main job through all four APIs with plain HTTP:
// sign in, forget the password, get the mail, set a new one, see the old session dead, be in again. Exit code 1 if any
// answer is not what it has to be. Limits are off, or the spacing of resets would swallow the mails.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, startProduct } from './bench/processes.mjs';

const PORT = 3978;
const SECRET = /[A-Za-z0-9]{32}/;
const short = (value, length = 110) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}…` : text;
};

let faults = 0;

function check(what, holds) {
  if (!holds) faults += 1;
  console.log(`    ${holds ? 'ok  ' : 'FAIL'}  ${what}`);
}

async function send(method, path, { headers = {}, body, type = 'application/json' } = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, {
    method,
    headers: { ...(text ? { 'content-type': type } : {}), ...headers },
    body: text,
  });
  const json = await answer.json().catch(() => null);
  console.log(`    ${method} ${path}  ${text ? short(text) : ''}\n      ${answer.status} ${short(json ?? '')}`);
  return { status: answer.status, body: json };
}

const graphql =
  (path, headers = {}) =>
  (query, variables) =>
    send('POST', path, { headers, body: { query, variables } });
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const base64 = (text) => Buffer.from(text).toString('base64');

/** The newest mail to the customer: its secret, and the customer's number where the link has one. */
async function mailed() {
  const { body } = await send('GET', `/dev/mailbox.json?to=${encodeURIComponent(demo.email)}`);
  const { text } = body.filter((mail) => SECRET.test(mail.text)).at(-1);
  const [link] = /^https?:\S+$/m.exec(text);
  console.log(`    mail: ${link}`);
  return { secret: SECRET.exec(link)[0], number: /\/account\/reset\/(\d+)\//.exec(link)?.[1] };
}

const adobe = {
  name: 'Adobe Commerce',
  async signIn(password) {
    const { body } = await graphql('/graphql')(
      'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}',
      { e: demo.email, p: password },
    );
    return body.data.generateCustomerToken?.token;
  },
  isAlive: async (token) =>
    (await graphql('/graphql', bearer(token))('{customer{email}}')).body.data?.customer?.email === demo.email,
  async reset(password) {
    const asked = await graphql('/graphql')('mutation($e:String!){requestPasswordResetEmail(email:$e)}', {
      e: demo.email,
    });
    check('a reset was asked for', asked.body.data?.requestPasswordResetEmail === true);
    const { secret } = await mailed();
    const query =
      'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
    const spend = async (value) =>
      (await graphql('/graphql')(query, { e: demo.email, t: secret, p: value })).body.data.resetPassword === true;
    return [await spend(password), await spend(`${password} again`)];
  },
};

const storefront = graphql('/api/2026-04/graphql.json', {
  'x-shopify-storefront-access-token': 'demo-storefront-token',
});
const shopify = {
  name: 'Shopify Storefront',
  async signIn(password) {
    const query =
      'mutation($i:CustomerAccessTokenCreateInput!){customerAccessTokenCreate(input:$i){customerAccessToken{accessToken} customerUserErrors{code}}}';
    return (await storefront(query, { i: { email: demo.email, password } })).body.data.customerAccessTokenCreate
      .customerAccessToken?.accessToken;
  },
  isAlive: async (token) =>
    (await storefront('query($t:String!){customer(customerAccessToken:$t){email}}', { t: token })).body.data
      .customer !== null,
  async reset(password) {
    const recover = 'mutation($e:String!){customerRecover(email:$e){customerUserErrors{code}}}';
    const asked = await storefront(recover, { e: demo.email });
    check('a reset was asked for', asked.body.data?.customerRecover?.customerUserErrors.length === 0);
    const { secret, number } = await mailed();
    const query =
      'mutation($id:ID!,$i:CustomerResetInput!){customerReset(id:$id,input:$i){customer{id} customerAccessToken{expiresAt} customerUserErrors{code}}}';
    const spend = async (value) => {
      const { body } = await storefront(query, {
        id: `gid://shopify/Customer/${number}`,
        i: { resetToken: secret, password: value },
      });
      return Boolean(body.data.customerReset.customer);
    };
    return [await spend(password), await spend(`${password} again`)];
  },
};

const jsonApi = 'application/vnd.api+json';
const resets = (method, id, token, attributes) =>
  send(method, `/api/customer_password_resets${id}`, {
    headers: { accept: jsonApi, ...bearer(token) },
    type: jsonApi,
    ...(attributes
      ? {
          body: {
            data: {
              type: 'customer_password_resets',
              ...(id ? { id: id.slice(1) } : {}),
              attributes,
              relationships: {},
            },
          },
        }
      : {}),
  });
const commerceLayer = {
  name: 'Commerce Layer',
  async signIn(password) {
    const body = { grant_type: 'password', client_id: 'demo-sales-channel', username: demo.email, password };
    return (await send('POST', '/oauth/token', { body })).body.access_token;
  },
  // A customer's session may not read resets, which is told only to a session that lives.
  isAlive: async (token) => {
    const { status, body } = await resets('GET', '/0000000001', token);
    const [{ code }] = body.errors;
    if (code !== 'INVALID_TOKEN') check('a living session is told what it may not do', code === 'UNAUTHORIZED');
    return status !== 401 || code !== 'INVALID_TOKEN';
  },
  async reset(password) {
    const client = {
      grant_type: 'client_credentials',
      client_id: 'demo-integration',
      client_secret: 'demo-integration-secret',
    };
    const { access_token: token } = (await send('POST', '/oauth/token', { body: client })).body;
    const asked = await resets('POST', '', token, { customer_email: demo.email });
    check('a reset was made', asked.status === 201);
    const { data } = asked.body;
    const secret = data.attributes.reset_password_token;
    const spend = async (value) =>
      (await resets('PATCH', `/${data.id}`, token, { customer_password: value, _reset_password_token: secret }))
        .status === 200;
    return [await spend(password), await spend(`${password} again`)];
  },
};

const buyers = (token) => graphql('/cg/client/graphql', token ? bearer(token) : {});
const commonGround = {
  name: 'Common Ground',
  async signIn(password) {
    const query = 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}';
    return (await buyers()(query, { e: base64(demo.email), p: base64(password) })).body.data.login?.session.jwt;
  },
  isAlive: async (token) => (await buyers(token)('{user{email}}')).body.data?.user?.email === demo.email,
  async reset(password) {
    const query = 'mutation($e:String!){userBuyerCreatePasswordToken(email:$e){_id email active}}';
    const asked = await graphql('/cg/admin/graphql', bearer('demo-cg-secret'))(query, { e: demo.email });
    check('a reset was asked for', asked.body.data?.userBuyerCreatePasswordToken?.email === demo.email);
    const { secret } = await mailed();
    const session = await buyers()('query($t:String!){userPasswordSession(token:$t){email}}', { t: secret });
    check('the link tells whose it is', session.body.data?.userPasswordSession?.email === demo.email);
    const spend = async (value) => {
      const { body } = await buyers()('mutation($t:String!,$p:String!){userPasswordReset(token:$t,password:$p)}', {
        t: secret,
        p: base64(value),
      });
      return Boolean(body.data?.userPasswordReset);
    };
    return [await spend(password), await spend(`${password} again`)];
  },
};

const apis = [adobe, shopify, commerceLayer, commonGround];

/** What each API answers, one after the other, so that requests and answers are printed in pairs. */
async function inTurn(act) {
  const answers = [];
  for (const [at, api] of apis.entries()) answers.push(await act(api, at));
  return answers;
}

async function play(api, old, next) {
  console.log(`\n  ${api.name}\n`);
  const before = await inTurn((one) => one.signIn(old));
  check('signed in through every API with the same password', before.every(Boolean));
  const [set, again] = await api.reset(next);
  check('the mailed secret set the new password', set);
  check('and did so once', !again);
  const alive = await inTurn((one, at) => one.isAlive(before[at]));
  check(
    'every old session of every API is dead',
    alive.every((one) => !one),
  );
  check('the old password is refused', !(await api.signIn(old)));
  const token = await api.signIn(next);
  check('the new one is taken, and its session serves', Boolean(token) && (await api.isAlive(token)));
}

const folder = mkdtempSync(join(tmpdir(), 'keyturn-demo-'));
const file = join(folder, 'demo.db');
const product = await startProduct({ kind: 'sqlite', url: `sqlite:${file}`, file }, folder, PORT);
try {
  const passwords = [demo.password, ...apis.map((_, at) => `a new password ${at + 1}`)];
  for (const [at, api] of apis.entries()) await play(api, passwords[at], passwords[at + 1]);
} finally {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  faults === 0
    ? '\nProven: through each of the four APIs a forgotten password was reset by a secret that worked once, every old session of all four died, and the customer was in again.'
    : `\n${faults} things were not as they have to be.`,
);
process.exitCode = faults === 0 ? 0 : 1;
