import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, MoreThan } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { Database } from '../common/database.js';
import { RateCounter } from './rate-counter.entity.js';

/** One counter to move: what it counts, and when its window ends if it begins now. */
export interface Count {
  readonly digest: Buffer;
  readonly endsAt: Date;
}

const ON_CONFLICT = databaseKind === 'sqlite' ? 'ON CONFLICT (digest) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
const NEW_END = databaseKind === 'sqlite' ? 'excluded.expires_at' : 'VALUES(expires_at)';
/** `uses` first: MySQL assigns from left to right, SQLite from the old row. */
const COUNT = `INSERT INTO rate_counter (digest, uses, expires_at) VALUES :rows ${ON_CONFLICT}
  uses = CASE WHEN rate_counter.expires_at <= ? THEN 1 ELSE rate_counter.uses + 1 END,
  expires_at = CASE WHEN rate_counter.expires_at <= ? THEN ${NEW_END} ELSE rate_counter.expires_at END`;

/** Counters in the database, shared by all instances (SEC-46). */
@Injectable()
export class LimitRepository {
  constructor(private readonly database: Database) {}

  /** Adds one to each counter; a window that has ended begins anew. One statement, atomic (SEC-40). */
  async add(counts: readonly Count[], at: Date): Promise<void> {
    const rows = counts.map(() => '(?, 1, ?)').join(', ');
    const values = counts.flatMap(({ digest, endsAt }) => [digest, endsAt]);
    await this.database.transaction((tx) =>
      this.database.change(tx, COUNT.replace(':rows', rows), [...values, at, at]),
    );
  }

  /** The counters whose window has not ended. */
  find(digests: readonly Buffer[], at: Date): Promise<RateCounter[]> {
    return this.database.read((manager) =>
      manager.findBy(RateCounter, { digest: In(digests), expiresAt: MoreThan(at) }),
    );
  }

  async remove(digests: readonly Buffer[]): Promise<void> {
    await this.database.transaction((tx) => tx.delete(RateCounter, { digest: In(digests) }));
  }

  async purge(endedBefore: Date): Promise<number> {
    const ended = await this.database.read((manager) =>
      manager.find(RateCounter, { where: { expiresAt: LessThanOrEqual(endedBefore) }, take: 1000 }),
    );
    if (ended.length > 0) await this.remove(ended.map(({ digest }) => digest));
    return ended.length;
  }
}
