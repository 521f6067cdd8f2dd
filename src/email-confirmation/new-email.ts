import type { EmailAddress } from '#lib/email-address';
import type { OneTimeSecret } from '../one-time-secret/index.js';

/** The form in which a secret keeps the address that it confirms: one row holds both, so that no two changes mix (SEC-78). */
export function newEmailData({ display, key }: EmailAddress): Readonly<Record<string, string>> {
  return { display, key };
}

/** The address that a secret confirms. */
export function newEmailIn({ number, data }: OneTimeSecret): EmailAddress {
  const { display, key } = data ?? {};
  if (!display || !key) throw new Error(`the secret ${number} names no address`);
  return { display, key };
}
