import type { Customer } from '../customer/index.js';
import { Refused } from './admin.input.js';

/** The version of a customer's record: sign-ins and locks do not change it. */
export function etagOf({ updatedAt }: Customer): string {
  return `"${updatedAt.getTime().toString(36)}"`;
}

/**
 * What `If-Match` demands, as a check of the row that is to be changed.
 * @throws Refused 428 where nothing is demanded: who changes a record has read it
 */
export function matching(ifMatch: string): (held: Customer) => void {
  if (ifMatch === '') {
    throw new Refused(428, 'Precondition Required', 'Send the ETag of the customer that you read as If-Match.');
  }
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  return (held) => {
    if (tags.includes('*') || tags.includes(etagOf(held))) return;
    throw new Refused(412, 'Precondition Failed', 'The customer was changed since you read it.');
  };
}
