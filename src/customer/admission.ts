import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Batcher } from '../common/batcher.js';
import { Database } from '../common/database.js';
import { EventService, type EventRecord, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { TokenService, type IssuedToken, type PreparedSession, type TokenTerms } from '../token/index.js';
import type { Customer } from './customer.entity.js';
import { MEET_AT_MOST, PasswordCheck } from './password-check.js';

/** Whose password was right, by the row that was read before it was compared. */
export interface Arrival {
  readonly customer: Customer;
  /** A hash to keep in place of the one that was compared; null: that one stays. */
  readonly upgraded: string | null;
  readonly store: Store;
  readonly trail: Trail;
  readonly token: TokenTerms;
}

type Prepared = Pick<Arrival, 'customer' | 'upgraded'> & { readonly session: PreparedSession };

/** None of them waits for another one. */
const BATCHES_AT_ONCE = 8;

/**
 * Lets in whose password was right. Between two hashes nothing of it is in the processor's caches, so that statements are
 * dear: those whose passwords were compared together (see `PasswordCheck.verify`) share one transaction.
 */
@Injectable()
export class Admission {
  private readonly arrivals: Batcher<Prepared, IssuedToken | null>;

  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordCheck,
    private readonly tokens: TokenService,
    private readonly events: EventService,
  ) {
    this.arrivals = new Batcher({
      run: (arrivals) => this.admitTogether(arrivals),
      runAlone: (arrival) => this.admitAlone(arrival),
      largest: MEET_AT_MOST,
      atOnce: BATCHES_AT_ONCE,
      keyOf: ({ customer }) => String(customer.id),
    });
  }

  /** Issues the token; null where the account is locked or closed by now, or has another password. */
  admit({ customer, upgraded, store, trail, token }: Arrival): Promise<IssuedToken | null> {
    const session = this.tokens.prepare({ ...token, store, realm: store.realm, trail, customerId: customer.id });
    return this.arrivals.add({ customer, upgraded, session });
  }

  private async admitTogether(arrivals: readonly Prepared[]): Promise<readonly (IssuedToken | null)[]> {
    const [first] = arrivals;
    if (first && arrivals.length === 1) return [await this.admitAlone(first)];
    return this.database.transaction(async (tx) => {
      const customers = arrivals.map(({ customer }) => customer);
      const admitted = await this.passwords.admitAll(customers, tx);
      const isAdmitted = ({ customer }: Prepared): boolean => admitted.has(customer.id);
      await this.letIn(arrivals.filter(isAdmitted), tx);
      return arrivals.map((arrival) => (isAdmitted(arrival) ? arrival.session.issued : null));
    });
  }

  private admitAlone(arrival: Prepared): Promise<IssuedToken | null> {
    return this.database.transaction(async (tx) => {
      if (!(await this.passwords.admit(arrival.customer, 'sign-in', tx))) return null;
      await this.letIn([arrival], tx);
      return arrival.session.issued;
    });
  }

  private async letIn(arrivals: readonly Prepared[], tx: EntityManager): Promise<void> {
    for (const { customer, upgraded } of arrivals) {
      if (upgraded !== null) await this.passwords.upgrade(customer, upgraded, tx);
    }
    const sessions = arrivals.map(({ session }) => session);
    await this.events.recordAll(sessions.map(eventOf), tx);
    await this.tokens.begin(sessions, tx);
  }
}

function eventOf({ order: { trail, store, customerId } }: PreparedSession): EventRecord {
  return { type: 'login_ok', trail, storeId: store.id, customerId };
}
