import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { EventService, type Trail } from '../event/index.js';
import type { Realm, Store } from '../store/index.js';
import { SessionRepository, type TokenRow } from './session.repository.js';

/** A session that begins: whose, and who is told of one that ends for it. */
interface NewSession {
  readonly customerId: number;
  readonly realm: Realm;
  readonly store: Store;
  readonly trail: Trail;
}

/** Keeps the sessions of an account to as many as the realm allows, through all APIs together; the oldest ends first. */
@Injectable()
export class SessionBound {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /** Stores tokens of a session that there is, or of nobody's. */
  goOn(rows: readonly TokenRow[], tx: EntityManager): Promise<void> {
    return this.sessions.insert(rows, tx);
  }

  /** Stores the tokens of one sign-in: one statement, but where another session has to end for it. */
  async begin(rows: readonly TokenRow[], session: NewSession, tx: EntityManager): Promise<void> {
    const { customerId, realm, store, trail } = session;
    const at = this.clock.now();
    const bound = { customerId, max: realm.policy.sessionsAlive };
    if (await this.sessions.insertWithin(rows, bound, at, tx)) return;
    const ended = await this.sessions.endOldest(bound, at, tx);
    await this.sessions.insert(rows, tx);
    const data = { reason: 'too-many-sessions', ended };
    await this.events.record({ type: 'token_revoked', trail, storeId: store.id, customerId, data }, tx);
  }
}
