import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import type { OwnedRows } from '../common/owned-rows.js';
import { EventService, type Trail } from '../event/index.js';
import { OneTimeSecretService } from '../one-time-secret/index.js';
import type { Store } from '../store/index.js';
import { TokenService } from '../token/index.js';
import { Customer } from './customer.entity.js';

/** Customers of one transaction: few enough that nobody who signs in meanwhile waits long. */
const BATCH = 100;

/** Ends the sessions of everybody, for when many accounts may be in the wrong hands (SEC-29, SEC-86). */
@Injectable()
export class MassSignOutService {
  private readonly kinds: OwnedRows[];

  constructor(
    private readonly database: Database,
    private readonly events: EventService,
    tokens: TokenService,
    secrets: OneTimeSecretService,
  ) {
    this.kinds = [tokens, secrets];
  }

  /** Another kind of rows that let customers in. */
  register(kind: OwnedRows): void {
    this.kinds.push(kind);
  }

  /**
   * Every customer who has a living session or an open link in one of the stores loses all sessions and all open links,
   * of all APIs and stores; passwords stay. It works in small transactions, and may be run again after a failure. Who
   * signs in while it runs stays signed in.
   *
   * @returns how many customers that were
   */
  async endAll(stores: readonly Store[], trail: Trail): Promise<number> {
    const storeIds = stores.map(({ id }) => id);
    let ended = 0;
    for (const kind of this.kinds) {
      for (let after = 0, more = true; more;) {
        const ids = await kind.findOwners({ storeIds, after, size: BATCH });
        if (ids.length > 0) await this.database.transaction((tx) => this.end(ids, trail, tx));
        ended += ids.length;
        after = ids.at(-1) ?? after;
        more = ids.length === BATCH;
      }
    }
    return ended;
  }

  /** The customers' rows are taken first: a refresh that holds one is over by then, and one that waits finds no token. */
  private async end(ids: readonly number[], trail: Trail, tx: EntityManager): Promise<void> {
    await tx.increment(Customer, { id: In(ids) }, 'passwordVersion', 1);
    for (const kind of this.kinds) await kind.endOf(ids, tx);
    const customers = await tx.find(Customer, { where: { id: In(ids) }, select: { id: true, storeId: true } });
    for (const { id: customerId, storeId } of customers) {
      const event = { type: 'token_revoked', trail, storeId, customerId, data: { reason: 'everybody' } } as const;
      await this.events.record(event, tx);
    }
  }
}
