import type { EmailAddress } from '#lib/email-address';
import type { Customer, PasswordRules } from '../customer/index.js';
import type { Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import type { PasswordReset } from './password-reset.entity.js';
import type { ResetOrigin } from './reset-link.js';

/** Somebody says that a password was forgotten. */
export interface RequestOrder {
  readonly store: Store;
  readonly email: EmailAddress;
  readonly origin: ResetOrigin;
  /** A machine's credential: no network limit, no spacing (design: machine callers). */
  readonly machine?: boolean;
  /** Whether a locked account is refused; a reset works while locked otherwise (SEC-43). */
  readonly refuseLocked?: boolean;
  readonly trail: Trail;
}

/** What became of a request; the dialect decides what a stranger may learn of it. */
export type RequestOutcome = 'mailed' | 'unknown' | 'suppressed';

/** Who the secret is said to belong to, where the vendor sends that along (SEC-31). */
export type Companion = { readonly email: EmailAddress } | { readonly number: number };

/** A mailed secret comes back. */
export interface SecretOrder {
  readonly secret: string;
  /** The store that the request meant; null: the one that the secret was made in. */
  readonly store: Store | null;
  readonly companion?: Companion;
  readonly trail: Trail;
}

export interface ConfirmOrder extends SecretOrder {
  readonly password: string;
  readonly rules: (store: Store) => PasswordRules;
  readonly refuseLocked?: boolean;
}

/** A secret that may still be spent. */
export interface OpenReset {
  readonly reset: PasswordReset;
  readonly customer: Customer;
  readonly store: Store;
}
