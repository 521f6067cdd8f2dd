import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { Housekeeping } from '../common/housekeeping.js';
import { jsonText } from '../common/sql-text.js';
import { EventService, ownTrail, type EventType, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import { CustomerAddress } from './customer-address.entity.js';
import { Customer, type Anonymization, type AnonymizationStatus } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import { RemovalService } from './removal.service.js';

/** How long a request may still be cancelled, in seconds. */
const GRACE_SECONDS = 24 * 3600;
const BATCH = 100;

/** Somebody wants a person forgotten, or thinks better of it. */
export interface AnonymizationOrder {
  readonly customer: Customer;
  /** The credential that asks. */
  readonly requester: string;
  readonly store: Store;
  readonly trail: Trail;
}

type Times = Omit<Anonymization, 'requester'>;

/**
 * Forgets persons whose record has to stay (SEC-80). A request waits a day, in which it can be cancelled; then the
 * service itself carries it out, in its hourly housekeeping. There is nobody else whose consent could be waited for.
 */
@Injectable()
export class AnonymizationService implements OnModuleInit {
  private readonly log = new Logger(AnonymizationService.name);

  constructor(
    private readonly database: Database,
    private readonly customers: CustomerRepository,
    private readonly removals: RemovalService,
    private readonly events: EventService,
    private readonly housekeeping: Housekeeping,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.register('persons to forget', GRACE_SECONDS, (askedBefore) => this.complete(askedBefore));
  }

  /** Asks for it; a request that is there already stays as it is, and so does a person who is forgotten. */
  async request({ customer: { id }, requester, store, trail }: AnonymizationOrder): Promise<void> {
    await this.database.transaction(async (tx) => {
      const held = await this.customers.findLocked(tx, { id });
      if (!held || ['requested', 'started', 'completed'].includes(held.anonymizationStatus ?? '')) return;
      const anonymization = { requester, requestedAt: this.clock.now().toISOString() };
      await tx.update(Customer, { id }, { anonymizationStatus: 'requested', anonymization });
      await this.record('anonymization_requested', held, { store, trail }, tx);
    });
  }

  /** Takes a request back that has not been carried out yet. */
  async cancel({ customer: { id }, store, trail }: AnonymizationOrder): Promise<void> {
    await this.database.transaction(async (tx) => {
      const held = await this.customers.findLocked(tx, { id });
      if (held?.anonymizationStatus !== 'requested') return;
      await this.mark(held, 'cancelled', { cancelledAt: this.clock.now().toISOString() }, tx);
      await this.record('anonymization_cancelled', held, { store, trail }, tx);
    });
  }

  /** Carries out what was asked for before a moment; says how many requests were dealt with. */
  private async complete(askedBefore: Date): Promise<number> {
    const due = await this.database.read((manager) =>
      manager
        .createQueryBuilder(Customer, 'c')
        .where({ anonymizationStatus: 'requested' })
        .andWhere(`${jsonText('c.anonymization', '$.requestedAt')} <= :moment`, { moment: askedBefore.toISOString() })
        .limit(BATCH)
        .getMany(),
    );
    for (const { id } of due) {
      try {
        await this.database.transaction((tx) => this.forget(id, tx));
      } catch (error) {
        this.log.error({ err: error, customerId: id }, 'a person could not be forgotten');
        await this.fail(id);
      }
    }
    return due.length;
  }

  private async forget(id: number, tx: EntityManager): Promise<void> {
    const held = await this.customers.findLocked(tx, { id });
    if (held?.anonymizationStatus !== 'requested') return;
    const at = this.clock.now();
    await this.record('anonymization_started', held, {}, tx);
    await this.removals.wipe(id, tx);
    await tx.delete(CustomerAddress, { customerId: id });
    await tx.update(Customer, { id }, { ...nobody(held), updatedAt: at });
    const done = at.toISOString();
    await this.mark(held, 'completed', { startedAt: done, completedAt: done }, tx);
    await this.record('anonymization_completed', held, {}, tx);
  }

  private async fail(id: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const held = await this.customers.findLocked(tx, { id });
      if (held?.anonymizationStatus !== 'requested') return;
      await this.mark(held, 'failed', { failedAt: this.clock.now().toISOString() }, tx);
      await this.record('anonymization_failed', held, {}, tx);
    });
  }

  private async mark(
    { id, anonymization }: Customer,
    anonymizationStatus: AnonymizationStatus,
    times: Partial<Times>,
    tx: EntityManager,
  ): Promise<void> {
    if (!anonymization) throw new Error(`customer ${id} has no request`);
    await tx.update(Customer, { id }, { anonymizationStatus, anonymization: { ...anonymization, ...times } });
  }

  private record(
    type: EventType,
    { id, number, storeId }: Customer,
    { store, trail = ownTrail }: { readonly store?: Store; readonly trail?: Trail },
    tx: EntityManager,
  ): Promise<void> {
    return this.events.record({ type, trail, storeId: store?.id ?? storeId, customerId: id, subject: number }, tx);
  }
}

/** A row that says nothing of a person. Its address is of a domain that no mail reaches, and the old one is free again. */
function nobody({ number, passwordVersion }: Customer): Partial<Customer> {
  const email = `anonymized-${number}@anonymized.invalid`;
  return {
    ...{ email, emailKey: Buffer.from(email), emailConfirmed: false, passwordHash: null },
    ...{ passwordVersion: passwordVersion + 1, state: 'disabled', acceptsMarketing: false, tags: [], attributes: {} },
    ...{ firstName: null, middleName: null, lastName: null, namePrefix: null, nameSuffix: null },
    ...{ phone: null, phoneKey: null, dateOfBirth: null, gender: null, taxNumber: null, multipassIdentifier: null },
    ...{
      defaultBillingId: null,
      defaultShippingId: null,
      customerGroupId: null,
      reference: null,
      referenceOrigin: null,
    },
  };
}
