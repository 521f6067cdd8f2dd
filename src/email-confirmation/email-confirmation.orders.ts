import type { EmailAddress } from '#lib/email-address';
import type { ConfirmationTerms, Customer } from '../customer/index.js';
import type { Trail } from '../event/index.js';
import type { OpenSecret } from '../one-time-secret/index.js';
import type { Store } from '../store/index.js';
import type { IssuedToken, TokenTerms } from '../token/index.js';

/** Somebody says that the mail with the link did not arrive. */
export interface ResendOrder extends ConfirmationTerms {
  readonly email: EmailAddress;
  /** A machine's credential: no network limit. */
  readonly machine?: boolean;
}

/**
 * What became of it; the dialect decides what a stranger may learn. `settled`: nothing waits to be confirmed;
 * `suppressed`: too many mails to that address.
 */
export type ResendResult = 'mailed' | 'settled' | 'suppressed' | 'unknown';

/** A customer who is signed in wants another address, as soon as it is confirmed from there. */
export interface EmailChangeOrder extends ConfirmationTerms {
  readonly customer: Customer;
  readonly email: EmailAddress;
}

/** What an address may be confirmed for: an account that waits for it, or a change of address. */
export type ConfirmationPurpose = 'email-confirmation' | 'email-change';

/** Who the secret is said to belong to, where that is sent along (SEC-31). `id`: the customer's id of Adobe's links. */
export type Companion = { readonly email: EmailAddress } | { readonly number: number } | { readonly id: number };

/** A mailed secret comes back. */
export interface ConfirmationOrder {
  readonly secret: string;
  /** Left out: either. */
  readonly purpose?: ConfirmationPurpose;
  readonly companion?: Companion;
  /** The store that the request meant; null: the one that the secret was made in. */
  readonly store: Store | null;
  readonly trail: Trail;
}

export interface ConfirmOrder extends ConfirmationOrder {
  /** The token to issue to the customer, where the vendor signs in at once (SEC-36). */
  readonly token?: (customer: Customer) => TokenTerms;
}

/** A mailed code comes back. */
export interface CodeOrder {
  readonly code: string;
  /** Whose it is said to be; a code alone could be guessed across all accounts. */
  readonly email: EmailAddress;
  readonly store: Store;
  readonly trail: Trail;
}

/** A secret that may still be spent. */
export interface OpenConfirmation {
  readonly purpose: ConfirmationPurpose;
  readonly record: OpenSecret;
  readonly customer: Customer;
  readonly store: Store;
}

/** An address that was confirmed. */
export interface Confirmed {
  readonly customer: Customer;
  /** Null unless one was asked for. */
  readonly token: IssuedToken | null;
}
