import { randomUUID } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Clock } from './clock.js';
import type { Database } from './database.js';

/** Rows that are looked at so that one lane does not take the whole batch. */
const LOOK_AHEAD = 10;

/** A table of work with the columns `id`, `status`, `due_at` and `claim`; what is `queued` waits to be done. */
export interface QueueTable<Row extends ObjectLiteral> {
  readonly entity: EntityTarget<Row>;
  readonly name: string;
  /** In seconds, longer than any piece of the work takes. */
  readonly lease: number;
  /** Properties that are read besides those that always are. */
  readonly hidden: readonly string[];
  /** A column whose values share the batches fairly: of each at most so many rows are in one. */
  readonly lane?: { readonly column: string; readonly rows: number };
}

/** Work in a table, for workers of any number of instances. */
export class WorkQueue<Row extends ObjectLiteral> {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly table: QueueTable<Row>,
  ) {}

  /**
   * Takes rows that are due, for a lease: one conditional UPDATE, so that of all workers of all instances one gets
   * each. A worker that dies lets the lease run out, and another takes the row.
   */
  async claim(limit: number): Promise<Row[]> {
    const at = this.clock.now();
    const ids = await this.due(at, limit);
    if (ids.length === 0) return [];
    const claim = randomUUID();
    const { entity, name, hidden, lease } = this.table;
    const marks = ids.map(() => '?').join(', ');
    await this.database.transaction((tx) =>
      this.database.change(
        tx,
        `UPDATE ${name} SET claim = ?, due_at = ? WHERE id IN (${marks}) AND status = 'queued' AND due_at <= ?`,
        [claim, this.clock.after(lease), ...ids, at],
      ),
    );
    return this.database.read((manager) =>
      manager
        .createQueryBuilder(entity, 'q')
        .addSelect(hidden.map((property) => `q.${property}`))
        .where('q.claim = :claim', { claim })
        .orderBy('q.id')
        .getMany(),
    );
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
      this.database.change(tx, `DELETE FROM ${name} WHERE id IN (${marks})`, ids),
    );
  }

  private async due(at: Date, limit: number): Promise<number[]> {
    const { name, lane } = this.table;
    const column = lane?.column ?? 'id';
    const rows = await this.database.select(
      `SELECT id, ${column} AS lane FROM ${name} WHERE status = 'queued' AND due_at <= ?
         ORDER BY due_at LIMIT ${lane ? limit * LOOK_AHEAD : limit}`,
      [at],
    );
    const taken = new Map<unknown, number>();
    const isFair = (row: ObjectLiteral): boolean => {
      const before = taken.get(row['lane']) ?? 0;
      taken.set(row['lane'], before + 1);
      return !lane || before < lane.rows;
    };
    return rows
      .filter(isFair)
      .slice(0, limit)
      .map(({ id }) => Number(id));
  }
}
