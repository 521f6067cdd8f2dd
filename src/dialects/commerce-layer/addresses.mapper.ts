import type { CustomerAddress } from '../../customer/index.js';
import { commonAttributes } from './common.mapper.js';

/** An address as this vendor splits it: more than two lines are two. */
export function toAddressAttributes(address: CustomerAddress): Readonly<Record<string, unknown>> {
  const kept = address.attributes.commerceLayer ?? {};
  const [line1 = null, ...others] = address.lines;
  return {
    business: kept.business ?? false,
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    full_name: fullName(address),
    line_1: line1,
    line_2: others.length > 0 ? others.join(', ') : null,
    city: address.city,
    zip_code: address.postcode,
    state_code: stateOf(address),
    country_code: address.countryCode,
    phone: address.phone,
    full_address: fullAddress(address),
    name: nameOf(address),
    email: kept.email ?? null,
    notes: kept.notes ?? null,
    lat: kept.lat ?? null,
    lng: kept.lng ?? null,
    is_localized: false,
    is_geocoded: false,
    provider_name: null,
    map_url: null,
    static_map_url: null,
    billing_info: kept.billingInfo ?? null,
    ...commonAttributes(address, address.annotations),
  };
}

export function stateOf({ regionCode, region }: CustomerAddress): string | null {
  return regionCode ?? region;
}

/** Who and where, in one line. */
export function nameOf(address: CustomerAddress): string {
  return joined([fullName(address), fullAddress(address)], ', ');
}

function fullName({ company, firstName, lastName, attributes }: CustomerAddress): string {
  return attributes.commerceLayer?.business ? (company ?? '') : joined([firstName, lastName], ' ');
}

/** `line_1 line_2, zip city state (country) phone`; what is missing is left out. */
function fullAddress(address: CustomerAddress): string {
  const { lines, postcode, city, countryCode, phone } = address;
  const country = countryCode === null ? null : `(${countryCode})`;
  return joined([joined(lines, ' '), joined([postcode, city, stateOf(address), country, phone], ' ')], ', ');
}

function joined(parts: readonly (string | null)[], between: string): string {
  return parts.filter((part) => part !== null && part !== '').join(between);
}
