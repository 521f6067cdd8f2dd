import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { Batcher } from '../common/batcher.js';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { EventService } from '../event/index.js';
import { LimitService, MAIL_LIMITS, type Use } from '../lockout/index.js';
import type { LimitName, Store } from '../store/index.js';
import type { RequestOrder, RequestResult } from './password-reset.orders.js';
import { PasswordResetRepository, type Asker } from './password-reset.repository.js';
import type { Recipient } from './recipient.js';
import { ResetIssuer, type Due, type Issued } from './reset-issuer.js';

/** Each size is a statement of its own to be prepared, and so many customers' rows are held at the same time. */
const LARGEST_BATCH = 16;
/** While some wait for the disk, another can be written. On SQLite they take turns anyway. */
const WRITES_AT_ONCE = databaseKind === 'mysql' ? 4 : 1;
/** Another one of at least so many for each that is under way: smaller ones cost more than they save. */
const SMALLEST_BESIDE = 4;
const RESET_LIMITS: readonly LimitName[] = ['resetHour', 'resetDay', ...MAIL_LIMITS];

/** Starts resets. */
@Injectable()
export class ResetRequestService {
  private readonly batchers = new WeakMap<Store, Batcher<RequestOrder, RequestResult>>();

  constructor(
    private readonly database: Database,
    private readonly resets: PasswordResetRepository,
    private readonly issuer: ResetIssuer,
    private readonly limits: LimitService,
    private readonly events: EventService,
    private readonly clock: Clock,
  ) {}

  /**
   * Mails a link to the owner of an address, if there is one; the account itself does not change (SEC-32). Five
   * statements, known or unknown, for all that is asked for of a store at the same time. A machine's request is always
   * made; only the mail is left out over the mail limits.
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
    return this.batcherOf(order.store).add(isSuppressed ? { ...order, mail: false } : order);
  }

  /** For what is no address at all: it counts as a request of the network's. @throws DomainError LIMIT_REACHED */
  async requestForNobody(order: Pick<RequestOrder, 'machine' | 'store' | 'trail'>): Promise<RequestResult> {
    await this.refuseNetwork(order);
    return { outcome: 'unknown' };
  }

  /** An address is asked for once in a batch, so that each request finds what the one before it made. */
  private batcherOf(store: Store): Batcher<RequestOrder, RequestResult> {
    const known = this.batchers.get(store);
    if (known) return known;
    const batcher = new Batcher<RequestOrder, RequestResult>({
      run: (orders) => this.makeTogether(store, orders),
      runAlone: (order) => this.makeAlone(order),
      largest: LARGEST_BATCH,
      atOnce: WRITES_AT_ONCE,
      besideFrom: SMALLEST_BESIDE,
      keyOf: ({ email }) => email.key,
    });
    this.batchers.set(store, batcher);
    return batcher;
  }

  private makeTogether(store: Store, orders: readonly RequestOrder[]): Promise<readonly RequestResult[]> {
    return this.database.transaction((tx) => this.make(store, orders, { waits: false }, tx));
  }

  private async makeAlone(order: RequestOrder): Promise<RequestResult> {
    const [result] = await this.database.transaction((tx) => this.make(order.store, [order], { waits: true }, tx));
    if (!result) throw new Error('a request has no result');
    return result;
  }

  private async make(
    store: Store,
    orders: readonly RequestOrder[],
    { waits }: { readonly waits: boolean },
    tx: EntityManager,
  ): Promise<readonly RequestResult[]> {
    const emails = orders.map(({ email }) => email);
    const asking = { at: this.clock.now(), waits, listeners: this.events.listeners(store.id, 'reset_requested') };
    const { askers, listeners } = await this.resets.findAskers(tx, store, emails, asking);
    const due = orders.map((order) => dueTo(order, askers.get(order.email.key)));
    const issued = await this.issuer.issueAll(store, { due, listeners }, tx);
    return orders.map(({ email }, at) => resultOf(askers.get(email.key)?.customer ?? null, issued[at] ?? null));
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

function resultOf(customer: Recipient | null, issued: Issued | null): RequestResult {
  if (!customer) return { outcome: 'unknown' };
  return issued ? { outcome: 'made', customer, ...issued } : { outcome: 'closed', customer };
}

/** A link only for an account that may be signed in to; a reset never enables one (SEC-81). */
function dueTo(order: RequestOrder, asker: Asker | undefined): Due {
  const isOpen = asker?.customer.state === 'enabled' && asker.customer.disabledBy === null;
  return isOpen ? { order, owner: asker.customer, open: asker.open } : { order, owner: null, open: [] };
}
