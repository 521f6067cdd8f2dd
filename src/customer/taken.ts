import { isDuplicate, isDuplicateOf } from '../common/database-conflict.js';
import { DomainError } from '../common/domain-error.js';

/** An error as it should be thrown on: a duplicate becomes the refusal that says what is another customer's. */
export function orTaken(error: unknown): unknown {
  if (!isDuplicate(error)) return error;
  if (isDuplicateOf(error, 'phone_key')) return new DomainError('PHONE_TAKEN');
  return new DomainError(isDuplicateOf(error, 'multipass') ? 'IDENTIFIER_TAKEN' : 'EMAIL_TAKEN');
}
