import { itKeepsTheContract } from './contract.js';

itKeepsTheContract('shopify-admin', '/admin/api/2026-04/graphql.json', {
  'x-shopify-access-token': 'demo-shopify-admin-token',
});
