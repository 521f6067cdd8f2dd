import type { CustomerAddress } from './customer-address.entity.js';

export type Customer = CustomerAddress;
