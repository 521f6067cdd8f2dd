import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { isDomainError } from '../common/domain-error.js';
import { EventService, type EventType, type Trail } from '../event/index.js';
import { LimitService, type Use } from '../lockout/index.js';
import { StoreDirectory, type Store } from '../store/index.js';

/** A try with a mailed secret. */
export interface SecretTry {
  /** The store that the request meant; null: none was named. */
  readonly store: Store | null;
  readonly trail: Trail;
  /** What a refusal is recorded as. */
  readonly failure: EventType;
  /** The key of the address that came along, if one did. */
  readonly emailKey?: string;
}

/** Says whose secret it is, once that is known, so that a refusal is on the owner's trail (SEC-85). */
export type Whose = (customerId: number) => void;

/** Counts what was refused, so that secrets cannot be guessed at leisure (SEC-30); all purposes share one limit. */
@Injectable()
export class SecretFailures {
  constructor(
    private readonly database: Database,
    private readonly limits: LimitService,
    private readonly events: EventService,
    private readonly stores: StoreDirectory,
  ) {}

  /** Runs a try with a secret under the network's limit. @throws DomainError LIMIT_REACHED, and whatever the try throws */
  async counted<T>({ store, trail, failure, emailKey }: SecretTry, run: (whose: Whose) => Promise<T>): Promise<T> {
    const { realm, id: storeId } = store ?? this.stores.defaultStore;
    const uses: readonly Use[] = [{ limit: 'secretNetwork', by: trail.network }];
    await this.limits.refuseReached(realm, uses);
    let customerId: number | null = null;
    try {
      return await run((owner) => (customerId = owner));
    } catch (error) {
      if (!isDomainError(error) || error.is('BUSY')) throw error;
      await this.limits.count(realm, uses);
      const account = emailKey === undefined ? null : this.events.pseudonym(emailKey);
      const data = { reason: error.code, ...(account === null ? {} : { account }) };
      await this.database.transaction((tx) =>
        this.events.record({ type: failure, trail, storeId, customerId, data }, tx),
      );
      throw error;
    }
  }
}
