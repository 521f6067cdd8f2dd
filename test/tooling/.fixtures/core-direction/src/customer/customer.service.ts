import { reset } from '../password-reset/index.js'; // refused
import { Door as Lockout } from '../lockout/index.js';
import type { Shopify } from '../dialects/shopify/shopify.module.js'; // refused

export type Service = [typeof reset, Lockout, Shopify];
