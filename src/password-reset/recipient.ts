import { Customer } from '../customer/index.js';

/** All that a reset and its mail need to know of a customer; it is read at each request. */
export const RECIPIENT = {
  entity: Customer,
  members: ['id', 'number', 'email', 'emailKey', 'firstName', 'passwordVersion', 'state', 'disabledBy'],
} as const;

/** Who is mailed a link. */
export type Recipient = Pick<Customer, (typeof RECIPIENT.members)[number]>;
