import type { Answer, TestApp, TestCustomer } from '../support/test-app.js';

export const PATH = '/api/2026-04/graphql.json';
export const TOKEN = { 'x-shopify-storefront-access-token': 'demo-storefront-token' };

export const CREATE =
  'mutation R($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id email displayName firstName lastName phone acceptsMarketing tags numberOfOrders } customerUserErrors { code field message } userErrors { field message } } }';
export const SIGN_IN =
  'mutation L($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) { customerAccessToken { accessToken expiresAt } customerUserErrors { code field message } userErrors { field message } } }';
export const RENEW =
  'mutation N($token: String!) { customerAccessTokenRenew(customerAccessToken: $token) { customerAccessToken { accessToken expiresAt } userErrors { field message } } }';
export const DELETE =
  'mutation D($token: String!) { customerAccessTokenDelete(customerAccessToken: $token) { deletedAccessToken deletedCustomerAccessTokenId userErrors { field message } } }';
export const WHO = 'query W($token: String!) { customer(customerAccessToken: $token) { id email } }';
export const RECOVER =
  'mutation F($email: String!) { customerRecover(email: $email) { customerUserErrors { code field message } userErrors { field message } } }';
export const RESET =
  'mutation Z($id: ID!, $input: CustomerResetInput!) { customerReset(id: $id, input: $input) { customer { id } customerAccessToken { accessToken } customerUserErrors { code field message } userErrors { field message } } }';
export const RESET_BY_URL =
  'mutation U($resetUrl: URL!, $password: String!) { customerResetByUrl(resetUrl: $resetUrl, password: $password) { customer { id } customerAccessToken { accessToken } customerUserErrors { code field message } userErrors { field message } } }';

const ERRORS = 'customerUserErrors { code field message } userErrors { field message }';
const ADDRESS =
  'id address1 address2 city company country countryCode countryCodeV2 firstName lastName name formattedArea formatted named: formatted(withName: true, withCompany: false) latitude longitude phone province provinceCode zip';
export const ADD_ADDRESS = `mutation A($token: String!, $address: MailingAddressInput!) { customerAddressCreate(customerAccessToken: $token, address: $address) { customerAddress { ${ADDRESS} } ${ERRORS} } }`;
export const UPDATE_ADDRESS = `mutation C($token: String!, $id: ID!, $address: MailingAddressInput!) { customerAddressUpdate(customerAccessToken: $token, id: $id, address: $address) { customerAddress { ${ADDRESS} } ${ERRORS} } }`;
export const DELETE_ADDRESS = `mutation X($token: String!, $id: ID!) { customerAddressDelete(customerAccessToken: $token, id: $id) { deletedCustomerAddressId ${ERRORS} } }`;
export const DEFAULT_ADDRESS = `mutation M($token: String!, $id: ID!) { customerDefaultAddressUpdate(customerAccessToken: $token, addressId: $id) { customer { id defaultAddress { id } } ${ERRORS} } }`;

let networks = 0;

/** An address of its own, so that no test uses up another's limits. */
export function aNetwork(): string {
  networks += 1;
  return `198.18.${networks >> 8}.${networks & 255}`;
}

/** An operation as a storefront sends it, by default from a network of its own. */
export async function shopify(
  app: TestApp,
  query: string,
  variables?: object,
  { headers = TOKEN, from = aNetwork() }: { headers?: Record<string, string>; from?: string } = {},
): Promise<Answer> {
  const answer = await app.request({ method: 'POST', url: PATH, headers, from, body: { query, variables } });
  // the vendor's own client refuses every other type
  expect(answer.headers['content-type']).toMatch(/^application\/json(; charset=utf-8)?$/); // short from an upstream
  return answer;
}

/** A customer's token of this dialect. */
export async function tokenOf(
  app: TestApp,
  { email, password }: Pick<TestCustomer, 'email' | 'password'>,
): Promise<string> {
  const { body, text } = await shopify(app, SIGN_IN, { input: { email, password } });
  const token: unknown = body.data?.customerAccessTokenCreate?.customerAccessToken?.accessToken;
  if (typeof token !== 'string') throw new Error(`no token: ${text}`);
  return token;
}

/** Whom a token belongs to, or null. */
export async function whoHas(app: TestApp, token: string): Promise<string | null> {
  const { body } = await shopify(app, WHO, { token });
  const email: unknown = body.data.customer?.email;
  return typeof email === 'string' ? email : null;
}

/** The secret of a reset that was asked for through this dialect. */
export async function mailedReset(
  app: TestApp,
  { email }: Pick<TestCustomer, 'email'>,
): Promise<{ secret: string; link: string }> {
  await shopify(app, RECOVER, { email });
  return app.lastMail(email);
}

export function gid(number: number): string {
  return `gid://shopify/Customer/${number}`;
}
