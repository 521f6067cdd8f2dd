import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { PasswordService, UnlockService, type Customer } from '../customer/index.js';
import { isLocked } from '../lockout/index.js';
import type { ConfirmOrder, OpenReset, SecretOrder } from './password-reset.orders.js';
import { ResetFailures } from './reset-failures.js';
import { ResetFinder } from './reset-finder.js';

/** Finishes resets. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly database: Database,
    private readonly finder: ResetFinder,
    private readonly failures: ResetFailures,
    private readonly passwords: PasswordService,
    private readonly unlocks: UnlockService,
    private readonly clock: Clock,
  ) {}

  /**
   * Whom a secret belongs to; it can be spent afterwards as before.
   * @throws DomainError RESET_TOKEN_INVALID, RESET_TOKEN_EXPIRED, CUSTOMER_NOT_FOUND, LIMIT_REACHED
   */
  inspect(order: SecretOrder): Promise<OpenReset> {
    return this.failures.counted(order, () => this.finder.open(order));
  }

  /**
   * Spends the secret and sets the password; either both happen or neither. All sessions die, the lock is lifted, the
   * address counts as confirmed, because the mail arrived there (SEC-38). A password that is refused spends nothing.
   *
   * @throws DomainError as `inspect`, and PASSWORD_…, BUSY; ACCOUNT_LOCKED only with `refuseLocked`
   */
  confirm(order: ConfirmOrder): Promise<Customer> {
    return this.failures.counted(order, () => this.spend(order));
  }

  private async spend(order: ConfirmOrder): Promise<Customer> {
    const { customer, store } = await this.finder.open(order);
    if (order.refuseLocked && isLocked(customer.signIn, this.clock.now())) {
      throw new DomainError('ACCOUNT_LOCKED', { until: customer.signIn.lockedUntil ?? this.clock.now() });
    }
    const hash = await this.passwords.hashOf(order.password, order.rules(store), customer);

    const changed = await this.database.transaction(async (tx) => {
      const held = await this.finder.spend(order.secret, customer.id, tx);
      await this.unlocks.recover(held, tx);
      return this.passwords.set({ customer: held, hash, reason: 'password-reset', store, trail: order.trail }, tx);
    });
    await this.unlocks.forgetFailures(changed);
    return changed;
  }
}
