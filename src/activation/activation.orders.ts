import type { EmailAddress } from '#lib/email-address';
import type { Customer, PasswordRules } from '../customer/index.js';
import type { Trail } from '../event/index.js';
import type { OpenSecret } from '../one-time-secret/index.js';
import type { Store } from '../store/index.js';
import type { IssuedToken, TokenTerms } from '../token/index.js';

/** Staff want a customer to get an account. */
export interface LinkOrder {
  /** The customer's public number. */
  readonly number: number;
  /** In whose name; null: the store that the customer's record was made in. */
  readonly store: Store | null;
  readonly trail: Trail;
}

/** Words of the shop's own: in place of our subject, and before our text. */
export interface Letter {
  readonly subject?: string;
  readonly message?: string;
}

export interface InviteOrder extends LinkOrder {
  readonly letter?: Letter;
}

/** A stranger wants an account where there is a record without one. */
export interface ReminderOrder {
  readonly store: Store;
  readonly email: EmailAddress;
  readonly trail: Trail;
}

/**
 * What became of it. `open`: there is an account that may be signed in to, or no record; `closed`: staff have locked the
 * record; `suppressed`: too many mails to that address. The last two are told nobody.
 */
export type ReminderResult = 'mailed' | 'suppressed' | 'closed' | 'open';

/** A mailed secret comes back. */
export interface ActivationOrder {
  readonly secret: string;
  /** Whom the secret is said to belong to (SEC-31). */
  readonly number: number;
  /** The store that the request meant; null: the one that the secret was made in. */
  readonly store: Store | null;
  readonly trail: Trail;
}

export interface ActivateOrder extends ActivationOrder {
  readonly password: string;
  readonly rules: (store: Store) => PasswordRules;
  /** The token to issue to the customer, where the vendor signs in at once (SEC-36). */
  readonly token?: (customer: Customer) => TokenTerms;
}

/** A secret that may still be spent. */
export interface OpenActivation {
  readonly record: OpenSecret;
  readonly customer: Customer;
  readonly store: Store;
}

/** An account that was activated. */
export interface Activated {
  readonly customer: Customer;
  /** Null unless one was asked for. */
  readonly token: IssuedToken | null;
}
