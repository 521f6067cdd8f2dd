import { toGlobalId, toShortId } from '../../src/common/public-id.js';
import type { Answer, TestApp } from '../support/test-app.js';

/** A reset that was asked for: what the owner, or the machine that asked, holds then. */
export interface Asked {
  readonly email: string;
  /** The customer's public number. */
  readonly number: number;
  readonly secret: string;
}

/** One vendor's API, as far as the main job goes. */
export interface Wire {
  /** Makes a customer through this API. */
  register(email: string, password: string): Promise<void>;
  /** A token, or null when the sign-in is refused. */
  signIn(email: string, password: string): Promise<string | null>;
  /** Starts a reset; the secret comes by mail, or in the answer where the vendor does so. */
  ask(email: string): Promise<string>;
  /** Whether the new password was set. */
  finish(asked: Asked, password: string): Promise<boolean>;
  /** Whether a token of this API still serves. */
  isAlive(token: string): Promise<boolean>;
}

export const WIRES = ['adobe', 'shopify', 'commerceLayer', 'commonGround'] as const;
export type WireName = (typeof WIRES)[number];

export function wiresOf(app: TestApp): Record<WireName, Wire> {
  return {
    adobe: adobe(app),
    shopify: shopify(app),
    commerceLayer: commerceLayer(app),
    commonGround: commonGround(app),
  };
}

/** Limits off, and what each API asks the database for now and then is known: counted statements are the requests' own. */
export async function readyToCount(app: TestApp, wires: Record<WireName, Wire>): Promise<void> {
  await app.setUp({ policy: { limits: 'off' } });
  await wires.shopify.signIn('nobody@example.com', 'x'); // the storefront's token and the application are known for some seconds
  await wires.commerceLayer.signIn('nobody@example.com', 'x');
}

/** One API after the other. */
export const wireAt = (at: number): WireName => WIRES[at % WIRES.length] ?? 'adobe';

/** How many transactions were begun since the statements were last forgotten. */
export const transactionsOf = ({ statements }: TestApp): number =>
  statements.filter((sql) => /^(BEGIN|START)/.test(sql)).length;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function adobe(app: TestApp): Wire {
  return {
    register: async (email, password) => {
      const input = { email, password, firstname: 'Ann', lastname: 'Lee' };
      await app.adobe('mutation($i:CustomerCreateInput!){createCustomerV2(input:$i){customer{id}}}', { i: input });
    },
    signIn: async (email, password) => {
      const { body } = await app.adobe(
        'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}',
        { e: email, p: password },
      );
      return body.data.generateCustomerToken?.token ?? null;
    },
    ask: async (email) => {
      await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email });
      return (await app.lastMail(email)).secret;
    },
    finish: async ({ email, secret }, password) => {
      const query =
        'mutation($e:String!,$t:String!,$p:String!){resetPassword(email:$e,resetPasswordToken:$t,newPassword:$p)}';
      return (await app.adobe(query, { e: email, t: secret, p: password })).body.data.resetPassword === true;
    },
    isAlive: async (token) =>
      (await app.adobe('{customer{email}}', {}, { authorization: `Bearer ${token}` })).status === 200,
  };
}

function shopify(app: TestApp): Wire {
  const call = (query: string, variables: object): Promise<Answer> =>
    app.request({
      method: 'POST',
      url: '/api/2026-04/graphql.json',
      headers: { 'x-shopify-storefront-access-token': 'demo-storefront-token' },
      body: { query, variables },
    });
  return {
    register: async (email, password) => {
      await call('mutation($i:CustomerCreateInput!){customerCreate(input:$i){customer{id}}}', {
        i: { email, password, firstName: 'Ann' },
      });
    },
    signIn: async (email, password) => {
      const query =
        'mutation($i:CustomerAccessTokenCreateInput!){customerAccessTokenCreate(input:$i){customerAccessToken{accessToken}}}';
      const { body } = await call(query, { i: { email, password } });
      return body.data.customerAccessTokenCreate.customerAccessToken?.accessToken ?? null;
    },
    ask: async (email) => {
      await call('mutation($e:String!){customerRecover(email:$e){customerUserErrors{code}}}', { e: email });
      return (await app.lastMail(email)).secret;
    },
    finish: async ({ number, secret }, password) => {
      const query =
        'mutation($id:ID!,$i:CustomerResetInput!){customerReset(id:$id,input:$i){customer{id} customerUserErrors{code}}}';
      const { body } = await call(query, { id: toGlobalId('Customer', number), i: { resetToken: secret, password } });
      return Boolean(body.data.customerReset.customer);
    },
    isAlive: async (token) => {
      const { body } = await call('query($t:String!){customer(customerAccessToken:$t){id}}', { t: token });
      return body.data.customer !== null;
    },
  };
}

function commerceLayer(app: TestApp): Wire {
  const grant = (body: object): Promise<Answer> => app.request({ method: 'POST', url: '/oauth/token', body });
  const integration = async (): Promise<string> => {
    const { body } = await grant({
      grant_type: 'client_credentials',
      client_id: 'demo-integration',
      client_secret: 'demo-integration-secret',
    });
    return body.access_token;
  };
  const resets = async (
    method: 'GET' | 'POST' | 'PATCH',
    token: string,
    id: string,
    attributes?: object,
  ): Promise<Answer> =>
    app.request({
      method,
      url: `/api/customer_password_resets${id && `/${id}`}`,
      headers: {
        accept: 'application/vnd.api+json',
        'content-type': 'application/vnd.api+json',
        authorization: `Bearer ${token}`,
      },
      ...(attributes
        ? { body: { data: { type: 'customer_password_resets', attributes, relationships: {}, ...(id ? { id } : {}) } } }
        : {}),
    });
  return {
    // Customers of this API come with the complete dialect; its integrations use our admin API until then.
    register: async (email, password) => {
      await app.admin('POST', '/customers', { email, password, state: 'enabled' });
    },
    signIn: async (email, password) => {
      const { body } = await grant({
        grant_type: 'password',
        client_id: 'demo-sales-channel',
        username: email,
        password,
      });
      return body.access_token ?? null;
    },
    ask: async (email) => {
      const { body } = await resets('POST', await integration(), '', { customer_email: email });
      return body.data.attributes.reset_password_token;
    },
    finish: async (asked, password) => {
      const id = toShortId(await newestReset(app));
      const attributes = { customer_password: password, _reset_password_token: asked.secret };
      return (await resets('PATCH', await integration(), id, attributes)).status === 200;
    },
    isAlive: async (token) => {
      const { body } = await resets('GET', token, toShortId(1));
      return body.errors[0].code !== 'INVALID_TOKEN';
    },
  };
}

/** The id of the newest reset. An integration will find it by listing resets; until that is built, it is looked up. */
async function newestReset(app: TestApp): Promise<number> {
  const [row] = await app.database.select('SELECT number FROM password_reset ORDER BY id DESC LIMIT 1', []);
  return Number(row?.['number']);
}

function commonGround(app: TestApp): Wire {
  const call = (surface: 'admin' | 'client', query: string, variables: object, token?: string): Promise<Answer> =>
    app.request({
      method: 'POST',
      url: `/cg/${surface}/graphql`,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: { query, variables },
    });
  return {
    // `register` comes with the complete dialect.
    register: async (email, password) => {
      await app.admin('POST', '/customers', { email, password, state: 'enabled' });
    },
    signIn: async (email, password) => {
      const query = 'mutation($e:String!,$p:String!){login(email:$e,password:$p){session{jwt}}}';
      const { body } = await call('client', query, { e: base64(email), p: base64(password) });
      return body.data?.login?.session?.jwt ?? null;
    },
    ask: async (email) => {
      await call(
        'admin',
        'mutation($e:String!){userBuyerCreatePasswordToken(email:$e){_id}}',
        { e: email },
        'demo-cg-secret',
      );
      return (await app.lastMail(email)).secret;
    },
    finish: async ({ secret }, password) => {
      const query = 'mutation($t:String!,$p:String!){userPasswordReset(token:$t,password:$p)}';
      return Boolean((await call('client', query, { t: secret, p: base64(password) })).body.data?.userPasswordReset);
    },
    isAlive: async (token) => (await call('client', '{user{_id}}', {}, token)).body.data?.user?._id !== undefined,
  };
}
