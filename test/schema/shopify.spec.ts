import { itKeepsTheContract } from './contract.js';

itKeepsTheContract('shopify', '/api/2026-04/graphql.json');
