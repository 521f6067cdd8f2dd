import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, LessThanOrEqual, type ObjectLiteral } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { Batcher } from '../common/batcher.js';
import { Database } from '../common/database.js';
import { Housekeeping } from '../common/housekeeping.js';
import { listSizeFor } from '../common/list-of.js';
import { Lookup } from '../common/lookup.js';
import type { Parameter } from '../common/parameter.js';
import { CounterStore, type Count, type RunningCount } from './counter-store.js';
import { RateCounter } from './rate-counter.entity.js';

const ON_CONFLICT = databaseKind === 'sqlite' ? 'ON CONFLICT (digest) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
const NEW_END = databaseKind === 'sqlite' ? 'excluded.expires_at' : 'VALUES(expires_at)';
const NEW_USES = databaseKind === 'sqlite' ? 'excluded.uses' : 'VALUES(uses)';
/** `uses` first: MySQL assigns from left to right, SQLite from the old row. */
const COUNT = `INSERT INTO rate_counter (digest, uses, expires_at) VALUES :rows ${ON_CONFLICT}
  uses = CASE WHEN rate_counter.expires_at <= ? THEN ${NEW_USES} ELSE rate_counter.uses + ${NEW_USES} END,
  expires_at = CASE WHEN rate_counter.expires_at <= ? THEN ${NEW_END} ELSE rate_counter.expires_at END`;

/** So many that fail at the same time are counted by one statement. */
const LARGEST = 16;

/** What is counted for one request. */
interface Uses {
  readonly counts: readonly Count[];
  readonly at: Date;
}

/** Counters in the database, where there is no other store for them. */
@Injectable()
export class LimitRepository extends CounterStore implements OnModuleInit {
  private readonly uses: Batcher<Uses>;
  private readonly counters: Lookup<Buffer>;

  constructor(
    private readonly database: Database,
    private readonly housekeeping: Housekeeping,
  ) {
    super();
    // who takes a counter holds it for two statements, so that batches may wait for one another
    this.uses = new Batcher({
      run: async (uses) => {
        await this.countAll(uses);
        return uses.map(() => undefined);
      },
      runAlone: (uses) => this.countAll([uses]),
      largest: LARGEST,
    });
    this.counters = new Lookup<Buffer>(database, { head: () => this.reading });
  }

  onModuleInit(): void {
    this.housekeeping.register('rate counters', 0, (endedBefore) => this.purge(endedBefore));
  }

  /** The rows stay held until they have been read. */
  override async add(counts: readonly Count[], at: Date): Promise<readonly RunningCount[]> {
    const { sql, parameters } = counting(counts, at);
    const digests = counts.map(({ digest }) => digest);
    const places = digests.map(() => '?').join(', ');
    const found = await this.database.transaction(async (tx) => {
      await this.database.change(tx, sql, parameters);
      return this.database.selectIn(tx, `${this.reading} IN (${places})`, digests);
    });
    return this.running(found, at);
  }

  override count(counts: readonly Count[], at: Date): Promise<void> {
    return this.uses.add({ counts, at });
  }

  override async find(digests: readonly Buffer[], at: Date): Promise<readonly RunningCount[]> {
    const found = await Promise.all(digests.map((digest) => this.counters.find(digest)));
    return this.running(found.flat(), at);
  }

  override async remove(digests: readonly Buffer[]): Promise<void> {
    await this.database.transaction((tx) => tx.delete(RateCounter, { digest: In(digests) }));
  }

  override answers(): Promise<boolean> {
    return this.database.ping();
  }

  /** As far as the list of digests. */
  private get reading(): string {
    return `SELECT r.digest AS lookup_key, ${this.database.rows.packed(RateCounter, 'r')} FROM rate_counter r WHERE r.digest`;
  }

  private async countAll(uses: readonly Uses[]): Promise<void> {
    const latest = new Date(Math.max(...uses.map(({ at }) => at.getTime())));
    const { sql, parameters } = counting(
      uses.flatMap(({ counts }) => counts),
      latest,
    );
    await this.database.changeAlone(sql, parameters);
  }

  private running(rows: readonly ObjectLiteral[], at: Date): readonly RunningCount[] {
    const counters = rows.map((row) => this.database.rows.hydrate(RateCounter, row, 'r'));
    return counters
      .filter(({ expiresAt }) => expiresAt > at)
      .map(({ digest, uses, expiresAt }) => ({ digest, uses, endsAt: expiresAt }));
  }

  private async purge(endedBefore: Date): Promise<number> {
    const ended = await this.database.read((manager) =>
      manager.find(RateCounter, { where: { expiresAt: LessThanOrEqual(endedBefore) }, take: 1000 }),
    );
    if (ended.length > 0) await this.remove(ended.map(({ digest }) => digest));
    return ended.length;
  }
}

/** Counts in one lock order, so that none waits for another that waits for it; of few texts, as by `listOf`. */
function counting(counts: readonly Count[], at: Date): { sql: string; parameters: readonly Parameter[] } {
  const sums = new Map<string, Count & { readonly uses: number }>();
  for (const { digest, endsAt } of counts) {
    const key = digest.toString('latin1');
    sums.set(key, { digest, endsAt, uses: (sums.get(key)?.uses ?? 0) + 1 });
  }
  const inOrder = [...sums.values()].sort((one, other) => one.digest.compare(other.digest));
  const [last = null] = inOrder.slice(-1);
  const length = listSizeFor(inOrder.length);
  const more = last ? Array.from({ length: length - inOrder.length }, () => ({ ...last, uses: 0 })) : [];
  const rows = Array.from({ length }, () => '(?, ?, ?)').join(', ');
  const values = [...inOrder, ...more].flatMap(({ digest, uses, endsAt }) => [digest, uses, endsAt]);
  return { sql: COUNT.replace(':rows', rows), parameters: [...values, at, at] };
}
