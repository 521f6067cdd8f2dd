import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Housekeeping } from '../common/housekeeping.js';
import { CustomerService, RemovalService, type Customer } from '../customer/index.js';
import type { Store } from '../store/index.js';
import type { PasswordReset } from './password-reset.entity.js';
import type { ResetNotes } from './password-reset.orders.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { ResetSeal } from './reset-seal.js';

const KEEP_ENDED_SECONDS = 7 * 24 * 3600;

/** A reset as the machine sees it that may list and read them. */
export interface ResetRecord {
  readonly reset: PasswordReset;
  readonly customer: Customer;
  /** The secret, where it was made readable and still opens something. */
  readonly secret: string | null;
}

/** Resets as records, for machines that keep books of them. */
@Injectable()
export class ResetRecordService implements OnModuleInit {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly customers: CustomerService,
    private readonly seal: ResetSeal,
    private readonly clock: Clock,
    private readonly housekeeping: Housekeeping,
    private readonly removals: RemovalService,
  ) {}

  onModuleInit(): void {
    this.removals.register((customerId, tx) => this.resets.removeAll(tx, customerId));
    this.housekeeping.register('password resets', KEEP_ENDED_SECONDS, (endedBefore) => this.resets.purge(endedBefore));
  }

  /** A store's reset by its public number, whatever dialect it was asked through; null when there is none (SEC-65). */
  async find(number: number, store: Store): Promise<ResetRecord | null> {
    const reset = await this.resets.findByNumber(number, store.id);
    const customer = reset?.customerId ? await this.customers.findById(reset.customerId) : null;
    return reset && customer ? { reset, customer, secret: this.secretOf(reset) } : null;
  }

  /** Changes what the machine keeps with a reset; what is left out stays. */
  async note({ reset }: ResetRecord, notes: Partial<ResetNotes>): Promise<void> {
    await this.resets.note(reset.id, notes, this.clock.now());
  }

  private secretOf({ sealedSecret, usedAt, revokedAt, expiresAt }: PasswordReset): string | null {
    if (!sealedSecret || usedAt || revokedAt || expiresAt <= this.clock.now()) return null;
    return this.seal.open(sealedSecret);
  }
}
