import { KEY } from '../common-ground/operations.js';
import { TOKEN as ADMIN_TOKEN } from '../shopify-admin/admin.js';
import { TOKEN as STOREFRONT_TOKEN } from '../shopify/storefront.js';
import type { Answer, TestApp } from '../support/test-app.js';

/** Where one of the GraphQL APIs answers. */
export interface Endpoint {
  readonly name: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  /** The type at the root of its queries. */
  readonly root: string;
  /** With which a document is refused before it is executed. */
  readonly refusedWith: 200 | 400;
  /** Two operations that touch credentials; left out: it has none. */
  readonly credentials?: readonly [string, string];
}

export const endpoints: readonly Endpoint[] = [
  {
    name: 'Adobe',
    url: '/graphql',
    headers: {},
    root: 'Query',
    refusedWith: 200,
    credentials: [
      'generateCustomerToken(email:"x@example.com",password:"wrong-one"){token}',
      'requestPasswordResetEmail(email:"x@example.com")',
    ],
  },
  {
    name: "Shopify's storefront",
    url: '/api/2026-04/graphql.json',
    headers: STOREFRONT_TOKEN,
    root: 'QueryRoot',
    refusedWith: 200,
    credentials: [
      'customerAccessTokenCreate(input:{email:"x@example.com",password:"wrong-one"}){customerUserErrors{code}}',
      'customerRecover(email:"x@example.com"){customerUserErrors{code}}',
    ],
  },
  {
    name: "Shopify's admin",
    url: '/admin/api/2026-04/graphql.json',
    headers: ADMIN_TOKEN,
    root: 'QueryRoot',
    refusedWith: 200,
  },
  {
    name: "Common Ground's client surface",
    url: '/cg/client/graphql',
    headers: {},
    root: 'Query',
    refusedWith: 400,
    credentials: [
      'login(email:"x@example.com",password:"wrong-one"){session{jwt}}',
      'userCreatePasswordToken(email:"x@example.com")',
    ],
  },
  {
    name: "Common Ground's admin surface",
    url: '/cg/admin/graphql',
    headers: KEY,
    root: 'Query',
    refusedWith: 400,
    credentials: [
      'userBuyerCreatePasswordToken(email:"x@example.com"){_id}',
      'sessionLoginApi(accessKey:"x",secretKey:"y"){jwt}',
    ],
  },
];

/** Sends a body there, with what the endpoint wants of its callers. */
export function askAt(app: TestApp, { url, headers }: Endpoint, body: unknown): Promise<Answer> {
  return app.request({ method: 'POST', url, headers, body });
}
