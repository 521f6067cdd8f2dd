import { render, type DomainError, type DomainErrorCode } from '../../../common/domain-error.js';
import { shopifyErrors, type UserFault } from '../shopify.errors.js';
import type { AdminUserError } from './admin.types.js';

/** Several things are wrong with the input; they are told together. */
export class AdminInputError extends Error {
  override readonly name = 'AdminInputError';

  constructor(readonly faults: readonly AdminUserError[]) {
    super('the input was refused');
  }
}

/** Collects what is wrong with an input. */
export type Refuse = (field: readonly string[] | null, message: string) => void;

export function adminFault(field: readonly string[] | null, message: string): AdminUserError {
  return { field: field && [...field], message };
}

/** A fault of the storefront's rules, which hold here too; its place is a member of the input. */
export function adminFaultOf({ place, message }: UserFault, ...before: string[]): AdminUserError {
  return adminFault(place === null ? null : [...before, place], message);
}

export type Operation =
  | 'customerCreate'
  | 'customerUpdate'
  | 'customerDelete'
  | 'customerGenerateAccountActivationUrl'
  | 'customerSendAccountInviteEmail';

const of = (field: string, message: string): AdminUserError => adminFault([field], message);

const taken = of('multipassIdentifier', 'Multipass identifier has already been taken');
const full = of('addresses', 'Addresses cannot be more than 250');
/** All that the vendor says where an invitation cannot go out. */
export const NOT_SENT = of('customerId', 'Error sending account invite to customer.');

/** What an operation says in place of the storefront's words. */
const refusals: Readonly<Record<Operation, Readonly<Partial<Record<DomainErrorCode, AdminUserError>>>>> = {
  customerCreate: { ADDRESSES_FULL: full, IDENTIFIER_TAKEN: taken },
  customerUpdate: {
    ADDRESS_NOT_FOUND: of('addresses', 'Customer address does not exist'),
    ADDRESSES_FULL: full,
    CUSTOMER_NOT_FOUND: of('id', 'Customer does not exist'),
    IDENTIFIER_TAKEN: taken,
  },
  customerDelete: { CUSTOMER_NOT_FOUND: of('id', "Customer can't be found") },
  customerGenerateAccountActivationUrl: {
    ACCOUNT_DISABLED: of('customerId', 'Account is disabled'),
    ALREADY_ENABLED: of('customerId', 'Account already enabled'),
    CUSTOMER_NOT_FOUND: of('customerId', "The customer can't be found."),
    INVITATION_DECLINED: of('customerId', 'Account invitation was declined'),
  },
  customerSendAccountInviteEmail: {
    ACCOUNT_DISABLED: NOT_SENT,
    ALREADY_ENABLED: NOT_SENT,
    CUSTOMER_NOT_FOUND: of('customerId', "Customer can't be found"),
    LIMIT_REACHED: NOT_SENT,
  },
};

/** What is told inside the payload. @throws the error itself where it stands beside the data */
export function adminRefusal(error: DomainError, operation: Operation): AdminUserError {
  const own = refusals[operation][error.code];
  if (own) return own;
  const refusal = render(shopifyErrors, error);
  if ('runtime' in refusal) throw error;
  return adminFaultOf(refusal);
}
