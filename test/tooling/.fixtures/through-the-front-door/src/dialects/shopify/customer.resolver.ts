import type { Customer } from '../../customer/customer.entity.js'; // refused

export type Resolver = Customer;
