import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../common/database.js';
import { isDomainError } from '../common/domain-error.js';
import { Housekeeping } from '../common/housekeeping.js';
import { EventService } from '../event/index.js';
import { LimitService, type Use } from '../lockout/index.js';
import { StoreDirectory } from '../store/index.js';
import type { SecretOrder } from './password-reset.orders.js';
import { PasswordResetRepository } from './password-reset.repository.js';

const KEEP_ENDED_SECONDS = 7 * 24 * 3600;

/** Counts what was refused, so that secrets cannot be guessed at leisure (SEC-30). */
@Injectable()
export class ResetFailures implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly limits: LimitService,
    private readonly events: EventService,
    private readonly stores: StoreDirectory,
    private readonly resets: PasswordResetRepository,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.register('password resets', KEEP_ENDED_SECONDS, (endedBefore) => this.resets.purge(endedBefore));
  }

  /** Runs a try with a secret under the network's limit. @throws DomainError LIMIT_REACHED, and whatever the try throws */
  async counted<T>({ store, trail }: SecretOrder, run: () => Promise<T>): Promise<T> {
    const { realm, id: storeId } = store ?? this.stores.defaultStore;
    const uses: readonly Use[] = [{ limit: 'secretNetwork', by: trail.network }];
    await this.limits.refuseReached(realm, uses);
    try {
      return await run();
    } catch (error) {
      if (!isDomainError(error) || error.is('BUSY')) throw error;
      await this.limits.count(realm, uses);
      const data = { reason: error.code };
      await this.database.transaction((tx) =>
        this.events.record({ type: 'reset_failed', trail, storeId, customerId: null, data }, tx),
      );
      throw error;
    }
  }
}
