import type { ResetRecord } from '../../password-reset/index.js';
import { commonAttributes } from './common.mapper.js';

/** A reset as its organization sees it; the secret is for those alone who may read it (SEC-33). */
export function toResetAttributes(
  { reset, customer, secret }: ResetRecord,
  maySeeSecret: boolean,
): Readonly<Record<string, unknown>> {
  return {
    customer_email: customer.email,
    reset_password_token: maySeeSecret ? secret : null,
    reset_password_at: reset.usedAt?.toISOString() ?? null,
    ...commonAttributes(reset, reset),
  };
}
