import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, LessThanOrEqual, type ObjectLiteral } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { Database } from '../common/database.js';
import { Housekeeping } from '../common/housekeeping.js';
import { CounterStore, type Count, type RunningCount } from './counter-store.js';
import { RateCounter } from './rate-counter.entity.js';

const ON_CONFLICT = databaseKind === 'sqlite' ? 'ON CONFLICT (digest) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
const NEW_END = databaseKind === 'sqlite' ? 'excluded.expires_at' : 'VALUES(expires_at)';
/** `uses` first: MySQL assigns from left to right, SQLite from the old row. */
const COUNT = `INSERT INTO rate_counter (digest, uses, expires_at) VALUES :rows ${ON_CONFLICT}
  uses = CASE WHEN rate_counter.expires_at <= ? THEN 1 ELSE rate_counter.uses + 1 END,
  expires_at = CASE WHEN rate_counter.expires_at <= ? THEN ${NEW_END} ELSE rate_counter.expires_at END`;

/** Counters in the database, where there is no other store for them. */
@Injectable()
export class LimitRepository extends CounterStore implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly housekeeping: Housekeeping,
  ) {
    super();
  }

  onModuleInit(): void {
    this.housekeeping.register('rate counters', 0, (endedBefore) => this.purge(endedBefore));
  }

  /** The rows stay held until they have been read. */
  override async add(counts: readonly Count[], at: Date): Promise<readonly RunningCount[]> {
    const inOrder = [...counts].sort((one, other) => one.digest.compare(other.digest)); // one lock order, no deadlock
    const rows = inOrder.map(() => '(?, 1, ?)').join(', ');
    const values = inOrder.flatMap(({ digest, endsAt }) => [digest, endsAt]);
    const { sql, parameters } = this.reading(
      counts.map(({ digest }) => digest),
      at,
    );
    const found = await this.database.transaction(async (tx) => {
      await this.database.change(tx, COUNT.replace(':rows', rows), [...values, at, at]);
      return this.database.selectIn(tx, sql, parameters);
    });
    return found.map((row) => this.counted(row));
  }

  override async find(digests: readonly Buffer[], at: Date): Promise<readonly RunningCount[]> {
    const { sql, parameters } = this.reading(digests, at);
    return (await this.database.select(sql, parameters)).map((row) => this.counted(row));
  }

  override async remove(digests: readonly Buffer[]): Promise<void> {
    await this.database.transaction((tx) => tx.delete(RateCounter, { digest: In(digests) }));
  }

  override answers(): Promise<boolean> {
    return this.database.ping();
  }

  private reading(digests: readonly Buffer[], at: Date): { sql: string; parameters: readonly (Buffer | Date)[] } {
    const sql = `SELECT ${this.database.rows.packed(RateCounter, 'r')} FROM rate_counter r
       WHERE r.digest IN (${digests.map(() => '?').join(', ')}) AND r.expires_at > ?`;
    return { sql, parameters: [...digests, at] };
  }

  private counted(row: ObjectLiteral): RunningCount {
    const { digest, uses, expiresAt: endsAt } = this.database.rows.hydrate(RateCounter, row, 'r');
    return { digest, uses, endsAt };
  }

  private async purge(endedBefore: Date): Promise<number> {
    const ended = await this.database.read((manager) =>
      manager.find(RateCounter, { where: { expiresAt: LessThanOrEqual(endedBefore) }, take: 1000 }),
    );
    if (ended.length > 0) await this.remove(ended.map(({ digest }) => digest));
    return ended.length;
  }
}
