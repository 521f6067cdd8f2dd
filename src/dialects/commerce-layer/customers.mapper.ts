import { digestOf } from '#lib/opaque-token';
import type { Caller } from '../../access/index.js';
import { toShortId } from '../../common/public-id.js';
import type { Customer, CustomerRecord } from '../../customer/index.js';
import { commonAttributes } from './common.mapper.js';

/** A customer as machines and the owner see one. Orders are not kept here, so everybody is a prospect. */
export function toCustomerAttributes(
  { customer, hasPassword }: CustomerRecord,
  { claims }: Pick<Caller, 'claims'>,
): Readonly<Record<string, unknown>> {
  const { shopperReference, profileId, taxExemptionCode } = customer.attributes.commerceLayer ?? {};
  const { reference, referenceOrigin } = customer;
  return {
    email: customer.email,
    status: 'prospect',
    has_password: hasPassword,
    total_orders_count: 0,
    shopper_reference: shopperReference ?? generated('shopper', customer),
    profile_id: profileId ?? generated('profile', customer),
    tax_exemption_code: taxExemptionCode ?? null,
    jwt_custom_claim: claims?.['custom_claim'] ?? null,
    anonymization_info: toAnonymizationInfo(customer),
    anonymization_status: customer.anonymizationStatus,
    ...commonAttributes(customer, { reference, referenceOrigin, metadata: toMetadata(customer) }),
  };
}

/** What clients keep, with the names that the core knows; those are theirs, too. */
function toMetadata({ attributes, firstName, lastName }: Customer): object {
  return {
    ...attributes.commerceLayer?.metadata,
    ...(firstName === null ? {} : { first_name: firstName }),
    ...(lastName === null ? {} : { last_name: lastName }),
  };
}

function toAnonymizationInfo({ anonymization, anonymizationStatus }: Customer): object | null {
  if (!anonymization) return null;
  const { requester, requestedAt, startedAt, completedAt, failedAt, cancelledAt } = anonymization;
  return {
    status: anonymizationStatus,
    requested_at: requestedAt,
    started_at: startedAt ?? null,
    completed_at: completedAt ?? null,
    failed_at: failedAt ?? null,
    cancelled_at: cancelledAt ?? null,
    requester: { id: requester, first_name: null, last_name: null, email: null },
  };
}

/** Always the same for one customer, and of no use to who would guess others. */
function generated(purpose: string, { number }: Customer): string {
  return digestOf(purpose, toShortId(number)).toString('hex').slice(0, 32);
}
