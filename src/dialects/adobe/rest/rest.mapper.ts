import { marksOn, type Customer, type CustomerAddress } from '../../../customer/index.js';
import { toAttributes, toText, toTime } from '../adobe.mapper.js';
import { regionIdOf } from '../adobe.regions.js';
import type { AdobeRestAddress, AdobeRestCustomer } from './rest.types.js';

/** The one group that there is: the vendor's "General". */
export const GROUP = 1;
/** The vendor's marks of whether staff may sign in as the customer. */
export const ASSISTANCE = { refused: 1, allowed: 2 } as const;

/** @param createdIn name of the store that the account was made in */
export function toRestCustomer(
  customer: Customer,
  addresses: readonly CustomerAddress[],
  createdIn: string,
): AdobeRestCustomer {
  const attributes = toAttributes(customer, null).map(({ code, value }) => ({ attribute_code: code, value }));
  const isHelped = customer.attributes.adobe?.allowRemoteShoppingAssistance ?? false;
  return {
    id: customer.id,
    group_id: GROUP,
    default_billing: toText(customer.defaultBillingId),
    default_shipping: toText(customer.defaultShippingId),
    created_at: toTime(customer.createdAt),
    updated_at: toTime(customer.updatedAt),
    created_in: createdIn,
    dob: customer.dateOfBirth,
    email: customer.email,
    firstname: customer.firstName,
    lastname: customer.lastName,
    middlename: customer.middleName,
    prefix: customer.namePrefix,
    suffix: customer.nameSuffix,
    gender: customer.gender,
    store_id: customer.storeId,
    taxvat: customer.taxNumber,
    website_id: customer.realmId,
    addresses: addresses.map((address) => toRestAddress(address, customer)),
    disable_auto_group_change: 0,
    extension_attributes: {
      is_subscribed: customer.acceptsMarketing,
      assistance_allowed: isHelped ? ASSISTANCE.allowed : ASSISTANCE.refused,
    },
    custom_attributes: attributes.length > 0 ? attributes : null,
  };
}

export function toRestAddress(address: CustomerAddress, customer: Customer): AdobeRestAddress {
  const regionId = regionIdOf(address.countryCode, address.regionCode) ?? 0;
  const { isBilling, isShipping } = marksOn(address, customer);
  return {
    id: address.id,
    customer_id: customer.id,
    region: { region_code: address.regionCode, region: address.region, region_id: regionId },
    region_id: regionId,
    country_id: address.countryCode,
    street: address.lines.length > 0 ? address.lines : null,
    company: address.company,
    telephone: address.phone,
    fax: address.fax,
    postcode: address.postcode,
    city: address.city,
    firstname: address.firstName,
    lastname: address.lastName,
    middlename: address.middleName,
    prefix: address.namePrefix,
    suffix: address.nameSuffix,
    vat_id: address.vatNumber,
    default_shipping: isShipping || null,
    default_billing: isBilling || null,
  };
}
