import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { PasswordService, SessionService, UnlockService } from '../customer/index.js';
import { SecretFailures, type SecretTry, type Whose } from '../one-time-secret/index.js';
import type { ConfirmedReset, ConfirmOrder, OpenReset, SecretOrder } from './password-reset.orders.js';
import { ResetFinder } from './reset-finder.js';

/** Finishes resets. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly database: Database,
    private readonly finder: ResetFinder,
    private readonly failures: SecretFailures,
    private readonly passwords: PasswordService,
    private readonly unlocks: UnlockService,
    private readonly sessions: SessionService,
  ) {}

  /**
   * Whom a secret belongs to; it can be spent afterwards as before.
   * @throws DomainError RESET_TOKEN_INVALID, RESET_TOKEN_EXPIRED, CUSTOMER_NOT_FOUND, LIMIT_REACHED
   */
  inspect(order: SecretOrder): Promise<OpenReset> {
    return this.failures.counted(tried(order), (whose) => this.finder.open(order, whose));
  }

  /**
   * Spends the secret and sets the password; either both happen or neither. All sessions die, the lock is lifted, the
   * address counts as confirmed, because the mail arrived there (SEC-38). A password that is refused spends nothing.
   *
   * @throws DomainError as `inspect`, and PASSWORD_…, BUSY
   */
  confirm(order: ConfirmOrder): Promise<ConfirmedReset> {
    return this.failures.counted(tried(order), (whose) => this.spend(order, whose));
  }

  private async spend(order: ConfirmOrder, whose: Whose): Promise<ConfirmedReset> {
    const open = await this.finder.open(order, whose);
    const { trail } = order;
    const { customer, store, reset } = open;
    const hash = await this.passwords.hashOf(order.password, order.rules(store), customer);

    const changed = await this.database.transaction(async (tx) => {
      const held = await this.finder.spend(open, order, tx);
      await this.unlocks.recover(held, tx);
      const owner = await this.passwords.set(
        { customer: held, hash, reason: 'password-reset', resetNumber: reset.number, store, trail },
        tx,
      );
      const token = order.token ? await this.sessions.start(owner, { store, trail }, order.token(owner), tx) : null;
      return { customer: owner, reset, token };
    });
    await this.unlocks.forgetFailures(changed.customer);
    return changed;
  }
}

function tried({ store, trail, companion }: SecretOrder): SecretTry {
  const named = companion && 'email' in companion ? { emailKey: companion.email.key } : {};
  return { store, trail, failure: 'reset_failed', ...named };
}
