import type { Answer, TestApp } from '../support/test-app.js';

export const PATH = '/admin/api/2026-04/graphql.json';
export const TOKEN = { 'x-shopify-access-token': 'demo-shopify-admin-token' };

const CUSTOMER =
  'id legacyResourceId email firstName lastName displayName phone state tags note taxExempt locale verifiedEmail multipassIdentifier canDelete numberOfOrders createdAt updatedAt defaultEmailAddress { emailAddress marketingState marketingOptInLevel marketingUpdatedAt validFormat } defaultPhoneNumber { phoneNumber } emailMarketingConsent { marketingState marketingOptInLevel consentUpdatedAt } defaultAddress { id address1 } addresses { id address1 city country countryCodeV2 provinceCode firstName lastName zip coordinatesValidated timeZone validationResultSummary }';

export const CREATE = `mutation C($input: CustomerInput!) { customerCreate(input: $input) { customer { ${CUSTOMER} } userErrors { field message } } }`;
export const UPDATE = `mutation U($input: CustomerInput!) { customerUpdate(input: $input) { customer { ${CUSTOMER} } userErrors { field message } } }`;
export const DELETE =
  'mutation D($id: ID!) { customerDelete(input: { id: $id }) { deletedCustomerId shop { id name } userErrors { field message } } }';
export const ACTIVATION_URL =
  'mutation A($id: ID!) { customerGenerateAccountActivationUrl(customerId: $id) { accountActivationUrl userErrors { field message } } }';
export const INVITE =
  'mutation I($id: ID!, $email: EmailInput) { customerSendAccountInviteEmail(customerId: $id, email: $email) { customer { id state } userErrors { code field message } } }';
export const GET = `query G($id: ID!) { customer(id: $id) { ${CUSTOMER} } }`;
export const IDENTIFY =
  'query B($identifier: CustomerIdentifierInput!) { customerByIdentifier(identifier: $identifier) { id email } }';
export const LIST =
  'query L($first: Int, $last: Int, $after: String, $before: String, $query: String, $sortKey: CustomerSortKeys, $reverse: Boolean) { customers(first: $first, last: $last, after: $after, before: $before, query: $query, sortKey: $sortKey, reverse: $reverse) { edges { cursor node { id } } nodes { email } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }';

/** An operation as a merchant's app sends it. */
export function admin(
  app: TestApp,
  query: string,
  variables?: object,
  headers: Record<string, string> = TOKEN,
): Promise<Answer> {
  return app.request({ method: 'POST', url: PATH, headers, body: { query, variables } });
}

/** The data of one root field. */
export async function ask(app: TestApp, query: string, variables?: object): Promise<Answer['body']> {
  const { body, text } = await admin(app, query, variables);
  const [found] = Object.values(body.data ?? {});
  if (body.errors || found === undefined) throw new Error(`refused: ${text}`);
  return found;
}

/** A record that was made here. */
export async function aRecord(app: TestApp, input: Record<string, unknown>): Promise<Answer['body']> {
  const { customer, userErrors } = await ask(app, CREATE, { input });
  if (!customer) throw new Error(`no record: ${JSON.stringify(userErrors)}`);
  return customer;
}
