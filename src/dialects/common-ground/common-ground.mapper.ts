import { toObjectId } from '../../common/public-id.js';
import type { Customer, CustomerAddress } from '../../customer/index.js';

const countries = new Intl.DisplayNames(['en'], { type: 'region' });

export function idOf({ number, createdAt }: { readonly number: number; readonly createdAt: Date }): string {
  return toObjectId(number, createdAt);
}

/** First and last name; null when there is neither. */
export function nameOf({ firstName, lastName }: Customer): string | null {
  return [firstName, lastName].filter((part) => part).join(' ') || null;
}

/** What both surfaces show of an address. */
export interface AddressParts {
  readonly _id: string;
  readonly description: null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  /** The core keeps it within the lines. */
  readonly streetNumber: null;
  readonly city: string | null;
  readonly state: string | null;
  readonly stateCode: string | null;
  readonly postCode: string | null;
  readonly alpha2: string | null;
  readonly country: string | null;
  readonly type: string | null;
}

export function addressParts(address: CustomerAddress, customer: Customer): AddressParts {
  const [line1, ...more] = address.lines;
  return {
    _id: idOf(address),
    description: null,
    firstName: address.firstName,
    lastName: address.lastName,
    addressLine1: line1 ?? null,
    addressLine2: more.join(', ') || null,
    streetNumber: null,
    city: address.city,
    state: address.region,
    stateCode: address.regionCode,
    postCode: address.postcode,
    alpha2: address.countryCode,
    country: countryOf(address.countryCode),
    type: typeOf(address, customer),
  };
}

/** The English name; null for a code that no country has. */
function countryOf(code: string | null): string | null {
  if (code === null || !/^[A-Z]{2}$/.test(code)) return null;
  const name = countries.of(code);
  return name === undefined || name === code ? null : name;
}

function typeOf({ id }: CustomerAddress, { defaultBillingId, defaultShippingId }: Customer): string | null {
  if (id === defaultBillingId) return 'billing';
  return id === defaultShippingId ? 'shipping' : null;
}
