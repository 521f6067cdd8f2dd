import type { Dialect } from '../store/index.js';

/** A GraphQL schema that can be explored in the browser. */
export interface Console {
  readonly dialect: Dialect;
  readonly label: string;
  /** Where the schema answers. */
  readonly endpoint: string;
  /** What the schema wants to see before it answers: the demo setup's credential. */
  readonly headers: Readonly<Record<string, string>>;
}

/** By the last part of the console's address. */
export const consoles: ReadonlyMap<string, Console> = new Map<string, Console>([
  ['adobe', { dialect: 'adobe', label: 'Adobe Commerce', endpoint: '/graphql', headers: {} }],
  [
    'shopify',
    {
      dialect: 'shopify',
      label: 'Shopify Storefront',
      endpoint: '/api/graphql.json',
      headers: { 'X-Shopify-Storefront-Access-Token': 'demo-storefront-token' },
    },
  ],
  [
    'shopify-admin',
    {
      dialect: 'shopify',
      label: 'Shopify Admin',
      endpoint: '/admin/api/graphql.json',
      headers: { 'X-Shopify-Access-Token': 'demo-shopify-admin-token' },
    },
  ],
  [
    'common-ground-client',
    { dialect: 'commonGround', label: 'Common Ground, client', endpoint: '/cg/client/graphql', headers: {} },
  ],
  [
    'common-ground-admin',
    {
      dialect: 'commonGround',
      label: 'Common Ground, admin',
      endpoint: '/cg/admin/graphql',
      headers: { Authorization: 'Bearer demo-cg-secret' },
    },
  ],
]);
