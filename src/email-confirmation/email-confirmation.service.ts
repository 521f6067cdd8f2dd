import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { EmailChange, orTaken, SessionService, type Customer } from '../customer/index.js';
import type { Trail } from '../event/index.js';
import { SecretFailures, type SecretTry, type Whose } from '../one-time-secret/index.js';
import { ConfirmationFinder } from './confirmation-finder.js';
import type {
  CodeOrder,
  ConfirmationOrder,
  Confirmed,
  ConfirmOrder,
  OpenConfirmation,
} from './email-confirmation.orders.js';
import { newEmailIn } from './new-email.js';

/** Finishes confirmations of an address: of an account that waits for it, or of a change. */
@Injectable()
export class EmailConfirmationService {
  constructor(
    private readonly database: Database,
    private readonly finder: ConfirmationFinder,
    private readonly failures: SecretFailures,
    private readonly emails: EmailChange,
    private readonly sessions: SessionService,
  ) {}

  /**
   * What a secret confirms, and for whom; it can be spent afterwards as before.
   * @throws DomainError CUSTOMER_NOT_FOUND, ALREADY_CONFIRMED, SECRET_INVALID, SECRET_EXPIRED, LIMIT_REACHED
   */
  inspect(order: ConfirmationOrder): Promise<OpenConfirmation> {
    return this.failures.counted(tried(order), (whose) => this.finder.open(order, whose));
  }

  /**
   * Spends the secret, and confirms the account or gives it the new address; either both happen or neither. A new
   * address ends every session, voids what was mailed before, and both addresses are told (SEC-78).
   *
   * @throws DomainError as `inspect`, and EMAIL_TAKEN where the new address got another owner meanwhile
   */
  confirm(order: ConfirmOrder): Promise<Confirmed> {
    return this.failures.counted(tried(order), (whose) => this.spend(order, whose));
  }

  /**
   * Spends a code and confirms the account that it was mailed for.
   * @throws DomainError SECRET_INVALID, LIMIT_REACHED
   */
  confirmCode(order: CodeOrder): Promise<Customer> {
    return this.failures.counted(tried({ ...order, companion: order }), async (whose) => {
      const open = await this.finder.openCode(order, whose);
      return this.database.transaction((tx) => this.apply(open, order.trail, tx));
    });
  }

  private async spend(order: ConfirmOrder, whose: Whose): Promise<Confirmed> {
    const open = await this.finder.open(order, whose);
    try {
      return await this.database.transaction(async (tx) => {
        const customer = await this.apply(open, order.trail, tx);
        const { token: terms, trail } = order;
        const place = { store: open.store, trail };
        const token = terms ? await this.sessions.start(customer, place, terms(customer), tx) : null;
        return { customer, token };
      });
    } catch (error) {
      throw orTaken(error);
    }
  }

  private async apply(open: OpenConfirmation, trail: Trail, tx: EntityManager): Promise<Customer> {
    const { purpose, record, store } = open;
    const customer = await this.finder.spend(open, tx);
    if (purpose === 'email-confirmation') return this.emails.confirm({ customer, store, trail }, tx);
    return this.emails.apply({ customer, email: newEmailIn(record), store, trail }, tx);
  }
}

function tried({ store, trail, companion }: Pick<ConfirmationOrder, 'store' | 'trail' | 'companion'>): SecretTry {
  const named = companion && 'email' in companion ? { emailKey: companion.email.key } : {};
  return { store, trail, failure: 'email_confirmation_failed', ...named };
}
