import { Injectable } from '@nestjs/common';
import type { EmailAddress } from '#lib/email-address';
import { DomainError, isDomainError } from '../common/domain-error.js';
import type { Trail } from '../event/index.js';
import { LimitService, type Use } from '../lockout/index.js';
import type { Limit, Store } from '../store/index.js';
import type { IssuedToken, TokenTerms } from '../token/index.js';
import { Admission } from './admission.js';
import type { Customer } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import { PasswordCheck, type GivenPassword } from './password-check.js';
import { refuseClosed } from './refuse-closed.js';

/** A sign-in: who says to be whom, and which token is wanted. */
export interface SignInOrder {
  readonly store: Store;
  readonly email: EmailAddress;
  readonly password: string;
  readonly trail: Trail;
  /** A dialect's own numbers for failures per name, in place of the realm's. */
  readonly nameLimit?: Limit;
  readonly token: (customer: Customer) => TokenTerms;
}

export interface SignedIn extends IssuedToken {
  readonly customer: Customer;
}

/** Signing in with a password: four statements or a share of as many, and the same work whoever asks (SEC-39). */
@Injectable()
export class SignInService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordCheck,
    private readonly limits: LimitService,
    private readonly admission: Admission,
  ) {}

  /**
   * Checks the password and issues a token.
   *
   * @throws DomainError LIMIT_REACHED, BUSY; CREDENTIALS_WRONG for an unknown address or a wrong password;
   *   ACCOUNT_LOCKED; after the right password only, ACCOUNT_DISABLED or EMAIL_UNCONFIRMED
   */
  async signIn(order: SignInOrder): Promise<SignedIn> {
    this.passwords.refuseWhenBusy();
    const { realm } = order.store;
    const uses = signInUses(order);
    const failedBefore = await this.limits.refuseReached(realm, uses);
    try {
      const signedIn = await this.withPassword(order);
      if (failedBefore) await this.limits.forget(realm, uses.slice(1));
      return signedIn;
    } catch (error) {
      if (isDomainError(error) && !error.is('BUSY')) await this.limits.count(realm, uses);
      throw error;
    }
  }

  /**
   * For an address that nobody can have: refused and counted as a wrong password of the network's.
   *
   * @throws DomainError LIMIT_REACHED, CREDENTIALS_WRONG
   */
  async refuseNobody({ store: { realm }, trail }: Pick<SignInOrder, 'store' | 'trail'>): Promise<never> {
    const uses: readonly Use[] = [{ limit: 'signInNetwork', by: trail.network }];
    await this.limits.refuseReached(realm, uses);
    await this.limits.count(realm, uses);
    throw new DomainError('CREDENTIALS_WRONG');
  }

  private async withPassword(order: SignInOrder): Promise<SignedIn> {
    const { store, email, password, trail } = order;
    const customer = await this.customers.findForSignIn(store.realmId, email.key);
    const given: GivenPassword = { customer, emailKey: email.key, password, store, trail };
    await asCredentials(this.passwords.verify(given));
    if (!customer) throw new DomainError('CREDENTIALS_WRONG');
    refuseClosed(customer);
    const upgraded = await this.passwords.upgraded(given);

    const token = order.token(customer);
    const issued = await this.admission.admit({ customer, upgraded, store, trail, token });
    return issued ? { ...issued, customer } : asCredentials(this.passwords.refuse(given));
  }
}

/** An unknown address and a wrong password are one refusal. */
async function asCredentials<T>(checked: Promise<T>): Promise<T> {
  try {
    return await checked;
  } catch (error) {
    if (isDomainError(error) && error.is('PASSWORD_WRONG')) throw new DomainError('CREDENTIALS_WRONG');
    throw error;
  }
}

/** Failures are counted by network and by name, whether the name exists or not (SEC-45). */
function signInUses({ email, trail, nameLimit }: SignInOrder): readonly Use[] {
  const name: Use = { limit: 'signInName', by: email.key };
  return [{ limit: 'signInNetwork', by: trail.network }, nameLimit ? { ...name, over: nameLimit } : name];
}
