import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { CustomerService, type Customer } from '../customer/index.js';
import { EventService, type Trail } from '../event/index.js';
import type { Store } from '../store/index.js';
import type { PasswordReset } from './password-reset.entity.js';
import type { ResetNotes } from './password-reset.orders.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import type { ResetField } from './reset-search.js';
import { ResetSeal } from './reset-seal.js';

/** A reset as the machine sees it that may list and read them. */
export interface ResetRecord {
  readonly reset: PasswordReset;
  readonly customer: Pick<Customer, 'id' | 'email'>;
  /** The secret, where it was made readable and still opens something. */
  readonly secret: string | null;
}

/** Resets as records, for machines that keep books of them. */
@Injectable()
export class ResetRecordService {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly customers: CustomerService,
    private readonly seal: ResetSeal,
    private readonly clock: Clock,
    private readonly events: EventService,
  ) {}

  /** A store's reset by its public number, whatever dialect it was asked through; null when there is none (SEC-65). */
  async find(number: number, store: Store): Promise<ResetRecord | null> {
    const found = await this.resets.findByNumber(number, store.id);
    return found && { ...found, secret: this.secretOf(found.reset) };
  }

  /** Changes what the machine keeps with a reset; what is left out stays. */
  async note({ reset }: ResetRecord, notes: Partial<ResetNotes>): Promise<void> {
    await this.resets.note(reset.id, notes, this.clock.now());
  }

  /** Resets of a store, with their customers: one statement for the rows, one for the people. */
  async list(
    { id }: Store,
    criteria: Criteria<ResetField>,
    page: NumberedPage<ResetField>,
  ): Promise<Counted<ResetRecord>> {
    const { rows, total } = await this.resets.findNumbered({ storeId: id, criteria, page, at: this.clock.now() });
    const customers = await this.customers.findRecords(rows.flatMap(({ customerId }) => customerId ?? []));
    const byId = new Map(customers.map(({ customer }) => [customer.id, customer]));
    return {
      rows: rows.flatMap((reset) => {
        const customer = byId.get(reset.customerId ?? 0);
        return customer ? [{ reset, customer, secret: this.secretOf(reset) }] : [];
      }),
      total,
    };
  }

  /** Its secret opens nothing from now on. */
  async remove({ reset: { id, number, storeId }, customer }: ResetRecord, trail: Trail): Promise<void> {
    const event = { trail, storeId, customerId: customer.id, subject: number };
    await this.resets.remove(id, (tx) => this.events.record({ ...event, type: 'reset_deleted' }, tx));
  }

  private secretOf({ sealedSecret, usedAt, revokedAt, expiresAt }: PasswordReset): string | null {
    if (!sealedSecret || usedAt || revokedAt || expiresAt <= this.clock.now()) return null;
    return this.seal.open(sealedSecret);
  }
}
