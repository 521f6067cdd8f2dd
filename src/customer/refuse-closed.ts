import { DomainError } from '../common/domain-error.js';
import { isOpen } from './account-state.service.js';
import type { Customer } from './customer.entity.js';

/**
 * An account that may not be signed in to; told only to who proved to be its owner, and to staff.
 * @throws DomainError ACCOUNT_DISABLED, EMAIL_UNCONFIRMED
 */
export function refuseClosed(customer: Customer): void {
  if (!isOpen(customer)) throw new DomainError('ACCOUNT_DISABLED');
  if (!customer.emailConfirmed) throw new DomainError('EMAIL_UNCONFIRMED');
}
