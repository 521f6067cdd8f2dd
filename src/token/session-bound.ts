import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { EventService, type EventRecord, type Trail } from '../event/index.js';
import type { Realm, Store } from '../store/index.js';
import { SessionRepository, type TokenRow } from './session.repository.js';

/** A session that begins: whose, its tokens, and who is told of one that ends for it. */
interface NewSession {
  readonly customerId: number;
  readonly rows: readonly TokenRow[];
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

  /**
   * Stores the tokens of sign-ins of several customers.
   *
   * @throws RowHeld where there are several and somebody else holds a token that has to end for one of them
   */
  async begin(sessions: readonly NewSession[], tx: EntityManager): Promise<void> {
    const at = this.clock.now();
    const bound = sessions.map((session) => ({ ...session, max: session.realm.policy.sessionsAlive }));
    if (await this.sessions.insertWithin(bound, at, tx)) return;
    const replacing = await this.sessions.insertInPlace(bound, at, tx);
    await this.events.recordAll(
      replacing.filter(({ ended }) => ended > 0).map(({ session, ended }) => endedBy(session, ended)),
      tx,
    );
  }
}

function endedBy({ trail, store, customerId }: NewSession, ended: number): EventRecord {
  return { type: 'token_revoked', trail, storeId: store.id, customerId, data: { reason: 'too-many-sessions', ended } };
}
