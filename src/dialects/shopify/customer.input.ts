import type { EmailAddress } from '#lib/email-address';
import { isDomainError } from '../../common/domain-error.js';
import {
  passwordRulesOf,
  type Customer,
  type PasswordOwner,
  type PasswordPolicy,
  type Profile,
} from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import type { ShopifyCustomerCreateInput, ShopifyCustomerUpdateInput } from './customer.types.js';
import { BLANK_PASSWORD, EMAIL_STAYS, ShopifyInputError, type UserFault } from './shopify.errors.js';
import { emailIn, nameIn, phoneIn } from './shopify.input.js';
import { userFaultOf } from './shopify.mapper.js';
import type { Report } from './shopify.text.js';

/** What the core is told of a new customer. */
interface NewCustomer {
  readonly email: EmailAddress;
  readonly profile: Profile;
}

/** What the core is told of a change. */
interface ProfileChange {
  readonly changes: Profile;
  /** An address to ask for; null: it stays. */
  readonly email: EmailAddress | null;
  /** Null: the password stays. */
  readonly password: string | null;
}

/** @throws ShopifyInputError with all that is wrong */
export function newCustomerIn(input: ShopifyCustomerCreateInput, store: Store, policy: PasswordPolicy): NewCustomer {
  const { faults, report } = collector();
  const email = emailIn(input.email, store, report);
  const profile = {
    firstName: nameIn(input.firstName, 'firstName', report),
    lastName: nameIn(input.lastName, 'lastName', report),
    phone: phoneIn(input.phone, store, report),
    acceptsMarketing: input.acceptsMarketing ?? false,
  };
  checkPassword(input.password, { store, policy, owner: { ...profile, email: input.email.trim() } }, report);
  if (!email || faults.length > 0) throw new ShopifyInputError(faults);
  return { email, profile };
}

/** Members that are absent change nothing. @throws ShopifyInputError with all that is wrong */
export function profileChangeIn(
  { email: address, password = null, acceptsMarketing, ...input }: ShopifyCustomerUpdateInput,
  customer: Customer,
  store: Store,
  policy: PasswordPolicy,
): ProfileChange {
  const { faults, report } = collector();
  const email = typeof address === 'string' ? newEmailIn(address, customer, store, report) : null;
  const changes = {
    ...(input.firstName === undefined ? {} : { firstName: nameIn(input.firstName, 'firstName', report) }),
    ...(input.lastName === undefined ? {} : { lastName: nameIn(input.lastName, 'lastName', report) }),
    ...(input.phone === undefined ? {} : { phone: phoneIn(input.phone, store, report) }),
    ...(typeof acceptsMarketing === 'boolean' ? { acceptsMarketing } : {}),
  };
  if (password !== null) checkPassword(password, { store, policy, owner: customer }, report);
  if (faults.length > 0) throw new ShopifyInputError(faults);
  return { changes, email, password };
}

/** Forms send the present address along, which is no change; another one the vendor refuses, unless the store allows it. */
function newEmailIn(given: string, { emailKey }: Customer, store: Store, report: Report): EmailAddress | null {
  const email = emailIn(given, store, report);
  if (!email || Buffer.from(email.key).equals(emailKey)) return null;
  if (!store.settings.shopify?.allowEmailChange) report(EMAIL_STAYS);
  return email;
}

function checkPassword(
  password: string,
  { store, policy, owner }: { store: Store; policy: PasswordPolicy; owner: PasswordOwner },
  report: Report,
): void {
  if (password.trim() === '') return report(BLANK_PASSWORD);
  try {
    policy.check(password, passwordRulesOf(store), owner);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    report(userFaultOf(error, 'customerCreate'));
  }
}

function collector(): { readonly faults: UserFault[]; readonly report: Report } {
  const faults: UserFault[] = [];
  return { faults, report: (fault) => void faults.push(fault) };
}
