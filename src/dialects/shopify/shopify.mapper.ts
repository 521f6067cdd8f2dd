import { isDomainError, render, type DomainError } from '../../common/domain-error.js';
import { toGlobalId } from '../../common/public-id.js';
import type { Customer, CustomerAddress } from '../../customer/index.js';
import type { IssuedToken } from '../../token/index.js';
import type { ShopifyMailingAddress } from './address.types.js';
import type { ShopifyCustomer } from './customer.types.js';
import { countryName, knownCountry, provinceCode } from './shopify.countries.js';
import { exceptionFor, pathTo, shopifyErrors, ShopifyInputError, type UserFault } from './shopify.errors.js';
import type { ShopifyCustomerAccessToken, ShopifyCustomerUserError, ShopifyUserError } from './shopify.types.js';

/** Both lists of refusals that a payload has; the second one is the first without codes. */
export interface Refusals {
  readonly customerUserErrors: ShopifyCustomerUserError[];
  readonly userErrors: ShopifyUserError[];
}

/** Runs an operation: a refusal travels inside the payload with nothing else in it, all else is thrown on. */
export async function payload<T extends object>(
  operation: string,
  nothing: T,
  run: () => Promise<T>,
): Promise<T & Refusals> {
  try {
    return { ...(await run()), ...refusals(operation, []) };
  } catch (error) {
    return { ...nothing, ...refusals(operation, faultsIn(error, operation)) };
  }
}

/** What is wrong, as far as it is told inside the payload. @throws the error itself where it is not */
function faultsIn(error: unknown, operation: string): readonly UserFault[] {
  if (error instanceof ShopifyInputError) return error.faults;
  if (!isDomainError(error)) throw error;
  return [userFaultOf(error, operation)];
}

/** @throws the error itself where it stands beside the data */
export function userFaultOf(error: DomainError, operation: string): UserFault {
  const refusal = exceptionFor(operation, error.code) ?? render(shopifyErrors, error);
  if ('runtime' in refusal) throw error;
  return refusal;
}

/** The vendor names no field in the former list where a mailed secret is wrong. */
function refusals(operation: string, faults: readonly UserFault[]): Refusals {
  const told = faults.map(({ code, place, message }) => ({ code, message, field: pathTo(operation, place) }));
  return {
    customerUserErrors: told,
    userErrors: told.map(({ code, message, field }) => ({ message, field: code === 'TOKEN_INVALID' ? null : field })),
  };
}

/** Fields that need a further read find the core's customer by the answer's object. */
const sources = new WeakMap<ShopifyCustomer, Customer>();

export function toCustomer(customer: Customer): ShopifyCustomer {
  const email = customer.email.toLowerCase();
  const { firstName, lastName, phone } = customer;
  const answer: ShopifyCustomer = {
    acceptsMarketing: customer.acceptsMarketing,
    avatarUrl: null,
    createdAt: customer.createdAt,
    displayName: joined([firstName, lastName], ' ') ?? email,
    email,
    firstName,
    id: toGlobalId('Customer', customer.number),
    lastName,
    numberOfOrders: '0',
    phone,
    socialLoginProvider: null,
    updatedAt: customer.updatedAt,
  };
  sources.set(answer, customer);
  return answer;
}

/** The core's customer behind an answer of `toCustomer`. */
export function customerBehind(answer: ShopifyCustomer): Customer {
  const customer = sources.get(answer);
  if (!customer) throw new Error('the answer was not made by toCustomer');
  return customer;
}

/** Unique, in the order of the alphabet whatever their case. */
export function toTags({ tags }: Customer): string[] {
  const trimmed = tags.map((tag) => tag.trim()).filter((tag) => tag !== '');
  return [...new Set(trimmed)].sort((one, other) => one.toLowerCase().localeCompare(other.toLowerCase()));
}

export function toAccessToken({
  token,
  expiresAt,
}: Pick<IssuedToken, 'token' | 'expiresAt'>): ShopifyCustomerAccessToken {
  return { accessToken: token, expiresAt };
}

/** The vendor's id holds the reader's token besides, which would end up in pages; ours does not. */
export function toAddress(address: CustomerAddress): ShopifyMailingAddress {
  const { city, firstName, lastName } = address;
  const [address1, ...rest] = address.lines;
  const regionCode = provinceCode(address.countryCode, address.region, address.regionCode);
  const country = countryName(address.countryCode);
  return {
    address1: address1 || null,
    address2: joined(rest, ', '),
    city,
    company: address.company,
    country,
    countryCode: knownCountry(address.countryCode),
    countryCodeV2: knownCountry(address.countryCode),
    firstName,
    formattedArea: joined([joined([city, regionCode], ' '), country], ', '),
    id: `${toGlobalId('MailingAddress', address.number)}?model_name=CustomerAddress`,
    lastName,
    latitude: null,
    longitude: null,
    name: joined([firstName, lastName], ' '),
    phone: address.phone,
    province: address.region,
    provinceCode: regionCode,
    zip: address.postcode,
  };
}

/** The lines of a label; what is missing leaves no line. */
export function formattedAddress(address: ShopifyMailingAddress, withName: boolean, withCompany: boolean): string[] {
  const area = joined([address.city, address.provinceCode, address.zip], ' ');
  const head = [withName ? address.name : null, withCompany ? address.company : null];
  return present([...head, address.address1, address.address2, area, address.country]);
}

/** The parts that there are, or null where there is none. */
function joined(parts: readonly (string | null)[], between: string): string | null {
  const given = present(parts);
  return given.length > 0 ? given.join(between) : null;
}

function present(parts: readonly (string | null)[]): string[] {
  return parts.flatMap((part) => part || []);
}
