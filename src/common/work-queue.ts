import { randomUUID } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { findAll } from './find-all.js';
import { listOf } from './list-of.js';

/** A row of work; its table has the columns `status` and `due_at`, too. */
interface Work extends ObjectLiteral {
  readonly id: number;
  readonly claim: string | null;
}

/** A table of work; what is `queued` waits to be done. */
export interface QueueTable<Row extends Work> {
  readonly entity: EntityTarget<Row>;
  readonly name: string;
  /** In seconds, longer than any piece of the work takes. */
  readonly lease: number;
  /** Blobs that are read besides what always is. */
  readonly hidden: readonly (keyof Row & string)[];
  /** A column whose values share the workers fairly: of each at most so many rows are taken at the same time. */
  readonly lane?: { readonly column: string; readonly rows: number };
}

/** How much work has not been done yet, and when the oldest of it was made; null: there is none. */
export interface Waiting {
  readonly rows: number;
  readonly oldest: Date | null;
}

/** Work in a table, for workers of any number of instances. */
export class WorkQueue<Row extends Work> {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly table: QueueTable<Row>,
  ) {}

  /**
   * Takes rows that are due, for a lease: one conditional UPDATE, so that of all workers of all instances one gets
   * each. A worker that dies lets the lease run out, and another takes the row.
   *
   * @param busy how many rows of each lane the worker has at hand already
   */
  async claim(limit: number, busy: ReadonlyMap<number, number> = new Map()): Promise<Row[]> {
    const at = this.clock.now();
    const ids = await this.due(at, limit, busy);
    if (ids.length === 0) return [];
    const claim = randomUUID();
    const { entity, name, lease, hidden } = this.table;
    const { places, listed } = listOf(ids, limit);
    const taken = await this.database.changeAlone(
      `UPDATE ${name} SET claim = ?, due_at = ? WHERE id IN (${places}) AND status = 'queued' AND due_at <= ?`,
      [claim, this.clock.after(lease), ...listed, at],
    );
    if (taken === 0) return [];
    const rows = await findAll(this.database, entity, { property: 'id', values: ids, hidden });
    return rows.filter((row) => row.claim === claim);
  }

  /** What waits now, what a worker has at hand included. */
  async waiting(): Promise<Waiting> {
    const { entity, name } = this.table;
    const [count] = await this.database.select(`SELECT COUNT(*) AS total FROM ${name} WHERE status = 'queued'`, []);
    const [first] = await this.database.select(
      `SELECT ${this.database.rows.packed(entity, 'q')} FROM ${name} q WHERE q.status = 'queued' ORDER BY q.created_at LIMIT 1`,
      [],
    );
    const oldest: unknown = first && this.database.rows.hydrate(entity, first, 'q')['createdAt'];
    return { rows: Number(count?.['total']), oldest: oldest instanceof Date ? oldest : null };
  }

  /** Removes rows that ended before a moment, a bounded batch of them; says how many. */
  async purge(endedBefore: Date): Promise<number> {
    const { name } = this.table;
    const old = await this.database.select(
      `SELECT id FROM ${name} WHERE status <> 'queued' AND due_at <= ? LIMIT 1000`,
      [endedBefore],
    );
    if (old.length === 0) return 0;
    const ids = old.map(({ id }) => Number(id));
    const marks = ids.map(() => '?').join(', ');
    return this.database.transaction((tx) =>
      this.database.changeOnce(tx, `DELETE FROM ${name} WHERE id IN (${marks})`, ids),
    );
  }

  /** A lane that is full is not looked at, so that however much waits in it hides nothing of the others. */
  private async due(at: Date, limit: number, busy: ReadonlyMap<number, number>): Promise<number[]> {
    const { name, lane } = this.table;
    const full = lane ? [...busy].filter(([, rows]) => rows >= lane.rows).map(([value]) => value) : [];
    const others = lane && full.length > 0 ? ` AND ${lane.column} NOT IN (${full.map(() => '?').join(', ')})` : '';
    const rows = await this.database.select(
      `SELECT id, ${lane?.column ?? 'id'} AS lane FROM ${name} WHERE status = 'queued' AND due_at <= ?${others}
         ORDER BY due_at LIMIT ${limit}`,
      [at, ...full],
    );
    const taken = new Map(busy);
    const fits = (value: number): boolean => {
      const before = taken.get(value) ?? 0;
      taken.set(value, before + 1);
      return !lane || before < lane.rows;
    };
    return rows.filter((row) => fits(Number(row['lane']))).map(({ id }) => Number(id));
  }
}
