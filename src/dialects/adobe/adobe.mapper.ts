import type { Customer, KeptAddress } from '../../customer/index.js';
import type { AdobeSettings } from '../../store/index.js';
import { countryOf } from './adobe.countries.js';
import { uidOf } from './adobe.ids.js';
import { regionIdOf } from './adobe.regions.js';
import type { AdobeAttributeValue, AdobeWishlist } from './adobe.types.js';
import type { AdobeAddress, AdobeAddresses } from './address.types.js';
import type { AdobeCustomer } from './customer.types.js';

/** Fields that need a further read find the core's customer by the answer's object. */
const sources = new WeakMap<AdobeCustomer, Customer>();

export function toCustomer(customer: Customer, settings: AdobeSettings): AdobeCustomer {
  const dateOfBirth = customer.dateOfBirth;
  const answer: AdobeCustomer = {
    allow_remote_shopping_assistance: customer.attributes.adobe?.allowRemoteShoppingAssistance ?? false,
    confirmation_status: settings.confirmationRequired ? 'ACCOUNT_CONFIRMED' : 'ACCOUNT_CONFIRMATION_NOT_REQUIRED',
    created_at: toTime(customer.createdAt),
    date_of_birth: dateOfBirth,
    default_billing: toText(customer.defaultBillingId),
    default_shipping: toText(customer.defaultShippingId),
    dob: dateOfBirth,
    email: customer.email,
    firstname: customer.firstName,
    gender: customer.gender,
    group: null,
    group_id: null,
    id: customer.id,
    is_confirmed: customer.emailConfirmed,
    is_subscribed: customer.acceptsMarketing,
    lastname: customer.lastName,
    middlename: customer.middleName,
    prefix: customer.namePrefix,
    suffix: customer.nameSuffix,
    taxvat: customer.taxNumber,
    wishlist: emptyWishlist(customer),
  };
  sources.set(answer, customer);
  return answer;
}

/** The core's customer behind an answer of `toCustomer`. */
export function customerBehind(answer: AdobeCustomer): Customer {
  const customer = sources.get(answer);
  if (!customer) throw new Error('the answer was not made by toCustomer');
  return customer;
}

/** Wish lists are another system's; clients find a valid, empty one. */
export function emptyWishlist({ id }: Customer): AdobeWishlist {
  return { id: String(id), items_count: 0, name: null, sharing_code: null, updated_at: null, visibility: 'PRIVATE' };
}

export function toAttributes({ attributes }: Customer, codes: readonly string[] | null): AdobeAttributeValue[] {
  const values = Object.entries(attributes.adobe?.custom ?? {}).map(([code, value]) => ({ code, value }));
  return codes ? values.filter(({ code }) => codes.includes(code)) : values;
}

export function toAddress({ address, marks }: KeptAddress): AdobeAddress {
  const regionId = regionIdOf(address.countryCode, address.regionCode);
  return {
    city: address.city,
    company: address.company,
    country_code: countryOf(address.countryCode),
    country_id: address.countryCode,
    custom_attributes: null,
    customer_id: null,
    default_billing: marks.isBilling,
    default_shipping: marks.isShipping,
    extension_attributes: null,
    fax: address.fax,
    firstname: address.firstName,
    id: address.id,
    lastname: address.lastName,
    middlename: address.middleName,
    postcode: address.postcode,
    prefix: address.namePrefix,
    region: { region: address.region, region_code: address.regionCode, region_id: regionId },
    region_id: regionId,
    street: [...address.lines],
    suffix: address.nameSuffix,
    telephone: address.phone,
    uid: uidOf(address.id),
    vat_id: address.vatNumber,
  };
}

/** A page of addresses; pages count from 1. */
export function toAddressPage(addresses: readonly AdobeAddress[], page: number, size: number): AdobeAddresses {
  const info = { current_page: page, page_size: size, total_pages: Math.ceil(addresses.length / size) };
  return { items: addresses.slice((page - 1) * size, page * size), page_info: info, total_count: addresses.length };
}

/** `YYYY-MM-DD HH:MM:SS`, UTC. */
export function toTime(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

export function toText(id: number | null): string | null {
  return id === null ? null : String(id);
}
