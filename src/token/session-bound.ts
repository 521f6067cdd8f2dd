import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { EventService, type Trail } from '../event/index.js';
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

/** One of several sign-ins needs a transaction of its own. */
class SessionsFull extends Error {
  override readonly name = 'SessionsFull';
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
   * Stores the tokens of sign-ins of several customers by one statement.
   *
   * @throws SessionsFull where another session has to end for one of several: rows of its own might have to be waited for
   */
  async begin(sessions: readonly NewSession[], tx: EntityManager): Promise<void> {
    const at = this.clock.now();
    const given = sessions.map(({ customerId, rows, realm }) => ({
      customerId,
      rows,
      max: realm.policy.sessionsAlive,
    }));
    if (await this.sessions.insertWithin(given, at, tx)) return;
    const [session, ...others] = sessions;
    if (others.length > 0) throw new SessionsFull('one of several customers has as many sessions as she may have');
    if (session) await this.replaceOldest(session, at, tx);
  }

  private async replaceOldest(session: NewSession, at: Date, tx: EntityManager): Promise<void> {
    const { customerId, rows, realm, store, trail } = session;
    const ended = await this.sessions.endOldest({ customerId, max: realm.policy.sessionsAlive }, at, tx);
    await this.sessions.insert(rows, tx);
    const data = { reason: 'too-many-sessions', ended };
    await this.events.record({ type: 'token_revoked', trail, storeId: store.id, customerId, data }, tx);
  }
}
