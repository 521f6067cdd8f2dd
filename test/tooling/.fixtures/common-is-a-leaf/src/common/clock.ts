import type { Shopify } from '../dialects/shopify/shopify.module.js'; // refused

export type Clock = Shopify;
