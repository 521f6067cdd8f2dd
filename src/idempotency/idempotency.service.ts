import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { IsNull, LessThanOrEqual } from 'typeorm';
import { digestOf } from '#lib/opaque-token';
import { SealedBox } from '#lib/sealed-box';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import { isDuplicate } from '../common/database-conflict.js';
import { isDomainError } from '../common/domain-error.js';
import { Housekeeping } from '../common/housekeeping.js';
import { Config, masterKeyOf } from '../config/index.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

const KEEP_SECONDS = 24 * 3600;
/** Longer than any request may take. */
const LEASE_SECONDS = 60;
/** After so long an answer that could not be kept is tried again. */
const LATER_MS = 1_000;
const BATCH = 1000;

/** A request with a key of its caller's. */
export interface KeyedRequest {
  /** Whose key it is. */
  readonly callerId: number;
  readonly key: string;
  /** All that makes it the request that it is. */
  readonly content: string;
}

/** What is known of a key: nothing, and it is ours now; what was answered; still at work; or used for another request. */
export type Begun =
  | { readonly state: 'ours'; readonly id: number }
  | { readonly state: 'answered'; readonly answer: string }
  | { readonly state: 'running' | 'other' };

/** Remembers answers for a day, for callers who do not know whether their request arrived. */
@Injectable()
export class IdempotencyService implements OnModuleInit {
  private readonly log = new Logger(IdempotencyService.name);
  private readonly box: SealedBox;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly housekeeping: Housekeeping,
    config: Config,
  ) {
    this.box = new SealedBox(masterKeyOf(config), 'idempotency');
  }

  onModuleInit(): void {
    this.housekeeping.register('idempotency keys', 0, (endedBefore) => this.purge(endedBefore));
  }

  /** Of requests that come at once with one key, one is `ours`: the unique index decides. */
  async begin(request: KeyedRequest): Promise<Begun> {
    const digest = digestOf(`idempotency ${request.callerId}`, request.key);
    const requestDigest = digestOf('idempotent request', request.content);
    const known = (await this.find(digest)) ?? (await this.claim(digest, requestDigest));
    if ('state' in known) return known;
    if (known.expiresAt <= this.clock.now()) {
      await this.forget(known.id);
      return this.begin(request);
    }
    if (!known.requestDigest.equals(requestDigest)) return { state: 'other' };
    if (known.sealedAnswer === null) return this.takeOver(known.id);
    return { state: 'answered', answer: this.box.open(known.sealedAnswer) ?? '' };
  }

  /**
   * Keeps what was answered; while the database cannot be asked, as soon as it can, and until then the key stays taken:
   * the work is done, and must not be done again.
   */
  async finish(id: number, answer: string): Promise<void> {
    const sealedAnswer = this.box.seal(answer);
    try {
      await this.database.transaction((tx) =>
        tx.update(IdempotencyKey, { id, sealedAnswer: IsNull() }, { sealedAnswer }),
      );
    } catch (error) {
      if (!isDomainError(error) || !error.is('BUSY')) throw error;
      setTimeout(() => void this.finishLater(id, answer), LATER_MS).unref();
    }
  }

  /** After a refusal: nothing was done, so the key is free again. */
  async forget(id: number): Promise<void> {
    await this.database.transaction((tx) => tx.delete(IdempotencyKey, { id }));
  }

  private async finishLater(id: number, answer: string): Promise<void> {
    try {
      await this.finish(id, answer);
    } catch (error) {
      this.log.error({ err: error }, 'an answer could not be kept');
    }
  }

  private find(digest: Buffer): Promise<IdempotencyKey | null> {
    return this.database.read((manager) => manager.findOneBy(IdempotencyKey, { digest }));
  }

  private async claim(digest: Buffer, requestDigest: Buffer): Promise<Begun | IdempotencyKey> {
    const ends = { leaseEndsAt: this.clock.after(LEASE_SECONDS), expiresAt: this.clock.after(KEEP_SECONDS) };
    try {
      const row = { digest, requestDigest, sealedAnswer: null, ...ends };
      await this.database.transaction((tx) => tx.insert(IdempotencyKey, row));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await this.find(digest)) ?? { state: 'running' };
    }
    const made = await this.find(digest);
    return made ? { state: 'ours', id: made.id } : { state: 'running' };
  }

  /** A request whose instance died is done again, by one. */
  private async takeOver(id: number): Promise<Begun> {
    const now = this.clock.now();
    const lost = { id, sealedAnswer: IsNull(), leaseEndsAt: LessThanOrEqual(now) };
    const leaseEndsAt = this.clock.after(LEASE_SECONDS);
    const { affected } = await this.database.transaction((tx) => tx.update(IdempotencyKey, lost, { leaseEndsAt }));
    return affected === 1 ? { state: 'ours', id } : { state: 'running' };
  }

  private purge(endedBefore: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const where = { expiresAt: LessThanOrEqual(endedBefore) };
      const old = await tx.find(IdempotencyKey, { where, select: { id: true }, take: BATCH });
      const ids = old.map(({ id }) => id);
      if (ids.length > 0) await tx.delete(IdempotencyKey, ids);
      return ids.length;
    });
  }
}
