import { toObjectId } from '../../common/public-id.js';
import type { Customer, CustomerAddress } from '../../customer/index.js';

const countries = new Intl.DisplayNames(['en'], { type: 'region' });

export function idOf({ number, createdAt }: { readonly number: number; readonly createdAt: Date }): string {
  return toObjectId(number, createdAt);
}

/** First and last name; null when there is neither. */
export function nameOf({ firstName, lastName }: Pick<Customer, 'firstName' | 'lastName'>): string | null {
  return [firstName, lastName].filter((part) => part).join(' ') || null;
}

/** What both surfaces show of an address. */
export interface AddressParts {
  readonly _id: string;
  readonly description: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly streetNumber: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly stateCode: string | null;
  readonly postCode: string | null;
  readonly alpha2: string | null;
  readonly country: string | null;
  readonly type: string | null;
}

export function addressParts(address: CustomerAddress, customer: Customer): AddressParts {
  const own = address.attributes.commonGround ?? {};
  const [line1 = '', ...more] = address.lines;
  const [street, streetNumber] = splitLine(line1, own.streetNumber ?? null);
  return {
    _id: idOf(address),
    description: own.description ?? null,
    firstName: address.firstName,
    lastName: address.lastName,
    addressLine1: street || null,
    addressLine2: more.join(', ') || null,
    streetNumber,
    city: address.city,
    state: address.region,
    stateCode: address.regionCode,
    postCode: address.postcode,
    alpha2: address.countryCode,
    country: countryOf(address.countryCode) ?? own.country ?? null,
    type: own.type ?? typeOf(address, customer),
  };
}

/** Street and number, where the line still ends with the number that was given with it. */
function splitLine(line: string, number: string | null): readonly [string, string | null] {
  if (number === null || !` ${line}`.endsWith(` ${number}`)) return [line, null];
  return [line.slice(0, -number.length).trimEnd(), number];
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
