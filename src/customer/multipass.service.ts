import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDuplicate } from '../common/database-conflict.js';
import { Database } from '../common/database.js';
import { DomainError, isDomainError } from '../common/domain-error.js';
import { EventService, type Trail } from '../event/index.js';
import { LimitService, type Use } from '../lockout/index.js';
import type { Store } from '../store/index.js';
import type { TokenTerms } from '../token/index.js';
import { MultipassCustomers, type Assertion } from './multipass.customers.js';
import { MultipassUseRepository } from './multipass-use.repository.js';
import { SessionService } from './session.service.js';
import type { SignedIn } from './sign-in.service.js';

/** A sign-in by the word of the merchant's own system. */
export interface MultipassOrder {
  readonly store: Store;
  readonly trail: Trail;
  /** Opens what was sent. @throws DomainError MULTIPASS_REJECTED */
  readonly read: () => Assertion;
  readonly token: TokenTerms;
}

/** Signing in without a password: somebody whom the merchant trusts says who it is. */
@Injectable()
export class MultipassService {
  constructor(
    private readonly database: Database,
    private readonly spent: MultipassUseRepository,
    private readonly customers: MultipassCustomers,
    private readonly sessions: SessionService,
    private readonly limits: LimitService,
    private readonly events: EventService,
  ) {}

  /**
   * Spends the assertion, makes or changes the customer and issues a token; all of it or nothing. Refusals are counted
   * by network.
   *
   * @throws DomainError LIMIT_REACHED, MULTIPASS_REJECTED, BUSY
   */
  async signIn(order: MultipassOrder): Promise<SignedIn> {
    const { realm } = order.store;
    const uses: readonly Use[] = [{ limit: 'signInNetwork', by: order.trail.network }];
    await this.limits.refuseReached(realm, uses);
    let assertion: Assertion | null = null;
    try {
      assertion = order.read();
      return await this.admit(order, assertion);
    } catch (error) {
      if (!isDomainError(error) || error.is('BUSY')) throw error;
      await this.limits.count(realm, uses);
      const reason = error.is('MULTIPASS_REJECTED') ? error.details.reason : error.code;
      await this.recordFailure(order, assertion, reason);
      throw new DomainError('MULTIPASS_REJECTED', { reason });
    }
  }

  /** Where another request made the same customer meanwhile, the second try finds it. */
  private async admit(order: MultipassOrder, assertion: Assertion): Promise<SignedIn> {
    const run = (): Promise<SignedIn> => this.database.transaction((tx) => this.admitOnce(order, assertion, tx));
    try {
      return await run();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return run();
    }
  }

  private async admitOnce(
    { store, trail, token }: MultipassOrder,
    assertion: Assertion,
    tx: EntityManager,
  ): Promise<SignedIn> {
    if (assertion.network !== null && assertion.network !== trail.network) {
      throw new DomainError('MULTIPASS_REJECTED', { reason: 'network' });
    }
    await this.spent.spend(assertion.digest, assertion.expiresAt, tx);
    const customer = await this.customers.admit({ assertion, store, trail }, tx);
    const issued = await this.sessions.start(customer, { store, trail }, token, tx);
    await this.events.record({ type: 'multipass_ok', trail, storeId: store.id, customerId: customer.id }, tx);
    return { ...issued, customer };
  }

  /** Says whom it was about only by a keyed hash: the address may be nobody's (SEC-85). */
  private async recordFailure(
    { store, trail }: MultipassOrder,
    assertion: Assertion | null,
    reason: string,
  ): Promise<void> {
    const data = { reason, ...(assertion ? { email: this.events.pseudonym(assertion.email.key) } : {}) };
    await this.database.transaction((tx) =>
      this.events.record({ type: 'multipass_failed', trail, storeId: store.id, customerId: null, data }, tx),
    );
  }
}
