import { toGlobalId } from '../../../common/public-id.js';
import type { Customer, CustomerAddress } from '../../../customer/index.js';
import type { Store } from '../../../store/index.js';
import { toAddress, toCustomer, toTags } from '../shopify.mapper.js';
import type { AdminMailingAddress } from './address.types.js';
import type { AdminShop } from './admin.types.js';
import type { AdminCustomer } from './customer.types.js';

/** How a customer came to get mails or not, as the vendor tells it. */
interface Consent {
  readonly state: 'NOT_SUBSCRIBED' | 'PENDING' | 'SUBSCRIBED' | 'UNSUBSCRIBED';
  readonly level: string;
  readonly at: Date | null;
}

/** Fields that need a further read find the core's customer by the answer's object. */
const sources = new WeakMap<AdminCustomer, Customer>();

export function toAdminCustomer(customer: Customer): AdminCustomer {
  const { createdAt, displayName, firstName, id, lastName, phone, updatedAt } = toCustomer(customer);
  const email = customer.email.toLowerCase();
  const { note = null, taxExempt = false, locale = 'en' } = customer.attributes.shopify ?? {};
  const { state, level, at } = consentOf(customer);
  const answer: AdminCustomer = {
    canDelete: true,
    createdAt,
    defaultEmailAddress: {
      emailAddress: email,
      marketingOptInLevel: level,
      marketingState: state,
      marketingUpdatedAt: at,
      validFormat: true,
    },
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone },
    displayName,
    email,
    emailMarketingConsent: { consentUpdatedAt: at, marketingOptInLevel: level, marketingState: state },
    firstName,
    id,
    lastName,
    legacyResourceId: String(customer.number),
    locale,
    multipassIdentifier: customer.multipassIdentifier,
    note,
    numberOfOrders: '0',
    phone,
    state: stateOf(customer),
    tags: toTags(customer),
    taxExempt,
    updatedAt,
    verifiedEmail: customer.emailConfirmed,
  };
  sources.set(answer, customer);
  return answer;
}

/** The core's customer behind an answer of `toAdminCustomer`. */
export function customerBehind(answer: AdminCustomer): Customer {
  const customer = sources.get(answer);
  if (!customer) throw new Error('the answer was not made by toAdminCustomer');
  return customer;
}

export function toAdminAddress(address: CustomerAddress): AdminMailingAddress {
  return Object.assign(toAddress(address), {
    coordinatesValidated: false,
    timeZone: null,
    validationResultSummary: null,
  });
}

export function toShop({ name, number }: Store): AdminShop {
  return { id: toGlobalId('Shop', number), name };
}

/** Whom staff locked out is switched off, whatever the account was before. */
function stateOf({ state, disabledBy }: Customer): string {
  return disabledBy === null ? state.toUpperCase() : 'DISABLED';
}

/** Whether there is consent says the core; since when and of what kind, who told it. */
function consentOf({ acceptsMarketing, attributes }: Customer): Consent {
  const told = attributes.shopify?.consent;
  const kind = { level: told?.level ?? 'SINGLE_OPT_IN', at: told ? new Date(told.at) : null };
  if (acceptsMarketing) return { ...kind, state: 'SUBSCRIBED' };
  if (!told) return { ...kind, state: 'NOT_SUBSCRIBED' };
  return { ...kind, state: told.state === 'PENDING' ? 'PENDING' : 'UNSUBSCRIBED' };
}
