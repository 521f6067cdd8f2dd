import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { PasswordService, SessionService, UnlockService } from '../customer/index.js';
import { SecretFailures, type SecretTry, type Whose } from '../one-time-secret/index.js';
import { ActivationFinder } from './activation-finder.js';
import type { Activated, ActivateOrder, ActivationOrder, OpenActivation } from './activation.orders.js';

/** Finishes activations. */
@Injectable()
export class ActivationService {
  constructor(
    private readonly database: Database,
    private readonly finder: ActivationFinder,
    private readonly failures: SecretFailures,
    private readonly passwords: PasswordService,
    private readonly unlocks: UnlockService,
    private readonly sessions: SessionService,
  ) {}

  /**
   * Whom a secret belongs to; it can be spent afterwards as before.
   * @throws DomainError ALREADY_ENABLED, SECRET_INVALID, SECRET_EXPIRED, LIMIT_REACHED
   */
  inspect(order: ActivationOrder): Promise<OpenActivation> {
    return this.failures.counted(tried(order), (whose) => this.finder.open(order, whose));
  }

  /**
   * Spends the secret, sets the password and enables the account; all of it happens or nothing. Whatever was set up for
   * the address before dies (SEC-79). A password that is refused spends nothing.
   *
   * @throws DomainError as `inspect`, and PASSWORD_…, BUSY
   */
  activate(order: ActivateOrder): Promise<Activated> {
    return this.failures.counted(tried(order), (whose) => this.spend(order, whose));
  }

  private async spend(order: ActivateOrder, whose: Whose): Promise<Activated> {
    const open = await this.finder.open(order, whose);
    const { trail } = order;
    const { customer, store } = open;
    const hash = await this.passwords.hashOf(order.password, order.rules(store), customer);

    const activated = await this.database.transaction(async (tx) => {
      const held = await this.finder.spend(open, tx);
      await this.unlocks.enable(held, tx);
      const set = { customer: held, hash, reason: 'activated', store, trail } as const;
      const owner = await this.passwords.set(set, tx);
      const token = order.token ? await this.sessions.start(owner, { store, trail }, order.token(owner), tx) : null;
      return { customer: owner, token };
    });
    await this.unlocks.forgetFailures(activated.customer);
    return activated;
  }
}

function tried({ store, trail }: ActivationOrder): SecretTry {
  return { store, trail, failure: 'activation_failed' };
}
