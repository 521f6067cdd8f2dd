import { toGlobalId, toObjectId, toShortId } from '../common/public-id.js';
import type { Customer, CustomerAddress } from '../customer/index.js';
import type { Event } from '../event/index.js';
import type { MailMessage } from '../mail/index.js';
import type { AccessToken } from '../token/index.js';

/** A customer as the admin API shows it; times are ISO 8601, absent is null. */
export function toAdminCustomer(
  customer: Customer,
  addresses: readonly CustomerAddress[],
  realm: string,
  hasPassword: boolean,
): object {
  const { number, signIn } = customer;
  return {
    number,
    id: customer.id,
    realm,
    email: customer.email,
    emailConfirmed: customer.emailConfirmed,
    firstName: customer.firstName,
    lastName: customer.lastName,
    phone: customer.phone,
    state: customer.state,
    tags: customer.tags,
    acceptsMarketing: customer.acceptsMarketing,
    multipassIdentifier: customer.multipassIdentifier,
    hasPassword,
    lockedUntil: toTime(signIn.lockedUntil),
    disabledBy: customer.disabledBy,
    ids: {
      adobe: customer.id,
      shopify: toGlobalId('Customer', number),
      commerceLayer: toShortId(number),
      commonGround: toObjectId(number, customer.createdAt),
    },
    createdAt: toTime(customer.createdAt),
    updatedAt: toTime(customer.updatedAt),
    lastSignInAt: toTime(signIn.lastSignInAt),
    addresses: addresses.map((address) => toAdminAddress(address, customer)),
    attributes: customer.attributes,
  };
}

function toAdminAddress(address: CustomerAddress, { defaultBillingId, defaultShippingId }: Customer): object {
  return {
    number: address.number,
    id: address.id,
    firstName: address.firstName,
    middleName: address.middleName,
    lastName: address.lastName,
    namePrefix: address.namePrefix,
    nameSuffix: address.nameSuffix,
    company: address.company,
    lines: address.lines,
    city: address.city,
    region: address.region,
    regionCode: address.regionCode,
    countryCode: address.countryCode,
    postcode: address.postcode,
    phone: address.phone,
    fax: address.fax,
    vatNumber: address.vatNumber,
    defaultBilling: defaultBillingId === address.id,
    defaultShipping: defaultShippingId === address.id,
  };
}

function toTime(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

/** Everything that is shown of an event. */
export function toAdminEvent({ number, type, origin, network, requestId, data, createdAt }: Event): object {
  return { id: number, type, origin, network, requestId, data: data ?? {}, createdAt: toTime(createdAt) };
}

/** A mail, without what it says: that may hold a secret. */
export function toAdminMail(mail: MailMessage): object {
  const { number, recipient, kind, status, attempts, lastError, createdAt, sentAt } = mail;
  const times = { createdAt: toTime(createdAt), sentAt: toTime(sentAt) };
  return { id: number, to: recipient, kind, status, attempts, lastError, ...times };
}

/** A living session; its token is nowhere. */
export function toAdminToken({ number, surface, issuedAt, expiresAt }: AccessToken, store: string): object {
  return { id: number, surface, store, issuedAt: toTime(issuedAt), expiresAt: toTime(expiresAt) };
}
