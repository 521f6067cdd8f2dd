import { Injectable } from '@nestjs/common';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { CustomerService, type Customer } from '../customer/index.js';
import { EventService } from '../event/index.js';
import { LimitService, MAIL_LIMITS, type Use } from '../lockout/index.js';
import type { LimitName } from '../store/index.js';
import type { RequestOrder, RequestResult } from './password-reset.orders.js';
import { ResetIssuer } from './reset-issuer.js';

const RESET_LIMITS: readonly LimitName[] = ['resetHour', 'resetDay', ...MAIL_LIMITS];

/** Starts resets. */
@Injectable()
export class ResetRequestService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomerService,
    private readonly issuer: ResetIssuer,
    private readonly limits: LimitService,
    private readonly events: EventService,
  ) {}

  /**
   * Mails a link to the owner of an address, if there is one; the account itself does not change (SEC-32). Five
   * statements, known or unknown. A machine's request is always made; only the mail is left out over the mail limits.
   *
   * @throws DomainError LIMIT_REACHED over the network's limit
   */
  async request(order: RequestOrder): Promise<RequestResult> {
    await this.refuseNetwork(order);
    const isSuppressed = await this.isSuppressed(order);
    if (isSuppressed && !order.machine) {
      await this.recordSuppressed(order);
      return { outcome: 'suppressed' };
    }
    return this.database.transaction(async (tx) => {
      const customer = await this.customers.findHeld(order.store, order.email, tx);
      if (!customer || !mayReset(customer)) {
        await this.issuer.issueDecoy(order, tx);
        return customer ? { outcome: 'closed', customer } : { outcome: 'unknown' };
      }
      const issued = await this.issuer.issue(isSuppressed ? { ...order, mail: false } : order, customer, tx);
      return { outcome: 'made', customer, ...issued };
    });
  }

  /** For what is no address at all: it counts as a request of the network's. @throws DomainError LIMIT_REACHED */
  async requestForNobody(order: Pick<RequestOrder, 'machine' | 'store' | 'trail'>): Promise<RequestResult> {
    await this.refuseNetwork(order);
    return { outcome: 'unknown' };
  }

  private async refuseNetwork({
    machine,
    store,
    trail,
  }: Pick<RequestOrder, 'machine' | 'store' | 'trail'>): Promise<void> {
    if (machine) return;
    const retryAfterSeconds = await this.limits.take(store.realm, [{ limit: 'resetNetwork', by: trail.network }]);
    if (retryAfterSeconds !== null) throw new DomainError('LIMIT_REACHED', { retryAfterSeconds });
  }

  /** Spacing first: a request that comes too early does not use up the hour's mails. */
  private async isSuppressed({ machine, mail, store, email }: RequestOrder): Promise<boolean> {
    if (machine && mail === false) return false; // no mail, so none of the address' mails is used up
    const use = (limit: LimitName): Use => ({ limit, by: email.key });
    if (!machine && (await this.limits.take(store.realm, [use('resetSpacing')])) !== null) return true;
    return (await this.limits.take(store.realm, (machine ? MAIL_LIMITS : RESET_LIMITS).map(use))) !== null;
  }

  private recordSuppressed({ trail, store, email }: RequestOrder): Promise<void> {
    const data = { account: this.events.pseudonym(email.key) };
    return this.database.transaction((tx) =>
      this.events.record({ type: 'reset_suppressed', trail, storeId: store.id, customerId: null, data }, tx),
    );
  }
}

/** Only an account that may be signed in to; a reset never enables one (SEC-81). */
function mayReset(customer: Customer): boolean {
  return customer.state === 'enabled' && customer.disabledBy === null;
}
