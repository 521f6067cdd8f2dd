import type { Caller } from '../../../access/index.js';
import { DomainError, isDomainError, render } from '../../../common/domain-error.js';
import { adobeErrors } from '../adobe.errors.js';
import { wellFormedEmail } from '../adobe.input.js';
import { AdobeError, filled, type AdobeRefusal } from '../adobe.refusal.js';
import { newAddresses, profileOf, refuseOtherPlace } from './customer.changes.js';
import type { GivenCustomer } from './customer.schema.js';
import type { AdobeRestValidation } from './rest.types.js';

/** Whether a customer could be stored as it is, and what is wrong with it; nothing is looked up. */
export function validated(given: GivenCustomer, caller: Caller): AdobeRestValidation {
  const rules: readonly (() => unknown)[] = [
    () => wellFormedEmail(given.email, caller.store),
    () => profileOf(given, caller),
    () => refuseNameless(given),
    () => refuseOtherPlace(given, caller),
    () => newAddresses(given, caller),
  ];
  const messages = rules.flatMap(problemsOf);
  return { valid: messages.length === 0, messages };
}

function refuseNameless({ firstname, lastname }: GivenCustomer): void {
  const names = { firstName: firstname, lastName: lastname } as const;
  const missing = (['firstName', 'lastName'] as const).filter((name) => !names[name]?.trim());
  if (missing.length > 0) throw new DomainError('PROFILE_INCOMPLETE', { missing });
}

function problemsOf(rule: () => unknown): string[] {
  try {
    rule();
    return [];
  } catch (error) {
    return told(isDomainError(error) ? render(adobeErrors, error) : refusalIn(error));
  }
}

function refusalIn(error: unknown): AdobeRefusal {
  if (error instanceof AdobeError) return error.refusal;
  throw error;
}

function told({ also = [], ...first }: AdobeRefusal): string[] {
  return [first, ...also].map(filled);
}
