import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, LessThanOrEqual, type EntityManager } from 'typeorm';
import { isDuplicate } from '../common/database-conflict.js';
import { Database } from '../common/database.js';
import { DomainError } from '../common/domain-error.js';
import { Housekeeping } from '../common/housekeeping.js';
import { MultipassUse } from './multipass-use.entity.js';

/** Clocks of instances differ a little; a row that went early would let a token in twice. */
const KEEP_ENDED_SECONDS = 3600;
const BATCH = 1000;

/** Tokens that were spent. */
@Injectable()
export class MultipassUseRepository implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.register('multipass uses', KEEP_ENDED_SECONDS, (endedBefore) => this.purge(endedBefore));
  }

  /** Spends a token: of two at the same moment the primary key lets one pass (SEC-58). @throws DomainError MULTIPASS_REJECTED */
  async spend(digest: Buffer, expiresAt: Date, tx: EntityManager): Promise<void> {
    try {
      await tx.insert(MultipassUse, { digest, expiresAt });
    } catch (error) {
      throw isDuplicate(error) ? new DomainError('MULTIPASS_REJECTED', { reason: 'used' }) : error;
    }
  }

  private purge(endedBefore: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const old = await tx.find(MultipassUse, { where: { expiresAt: LessThanOrEqual(endedBefore) }, take: BATCH });
      if (old.length > 0) await tx.delete(MultipassUse, { digest: In(old.map(({ digest }) => digest)) });
      return old.length;
    });
  }
}
