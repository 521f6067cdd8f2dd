import type { Customer } from './customer.entity.js'; // refused

export type CustomerAddress = Customer;
