import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import {
  DataSource,
  QueryFailedError,
  TypeORMError,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import { DateUtils } from 'typeorm/util/DateUtils.js';
import { databaseKind } from '../config/index.js';
import { AsyncLock } from './async-lock.js';
import { retried } from './conflict-retries.js';
import { insertStatement, type Computed } from './insert-statement.js';
import type { Equalities, Parameter } from './parameter.js';
import { Rows } from './rows.js';
import { isPreparedInVain } from './prepared-in-vain.js';
import { NO_POOL, unlessUnavailable } from './unavailable.js';
import { updateStatement } from './update-statement.js';
import { within } from './within.js';

type Effect = () => void;

const PING_MS = 2_000;

interface Committed<T> {
  readonly result: T;
  readonly effects: readonly Effect[];
}

/** A transaction that is under way. */
interface Unit {
  readonly runner: QueryRunner;
  /** What verbs know it by. SQLite's one runner gets another manager whenever somebody asks for a runner. */
  readonly manager: EntityManager;
  /** Of mysql2; SQLite's is not used. */
  readonly connection: Connection;
  readonly effects: Effect[];
}

type Done = (error: Error | null, result: unknown) => void;

/** What mysql2's pool and connections have in common; of the two, TypeORM itself only knows `query`. */
interface Connection {
  /** By a prepared statement, which the connection keeps. */
  execute(sql: string, parameters: readonly unknown[], done: Done): void;
  /** As text. */
  query(sql: string, parameters: readonly unknown[], done: Done): void;
}

/** SQLite takes the write lock at once: a deferred transaction fails when it turns into a writer. */
const BEGIN = databaseKind === 'sqlite' ? 'BEGIN IMMEDIATE' : 'START TRANSACTION';

/**
 * The only door to the database.
 *
 * On MySQL a unit of work is one pooled transaction. SQLite has one connection, on which a foreign statement would
 * join whatever transaction is open and be lost with its rollback: there every unit, reads too, waits for its turn.
 */
@Injectable()
export class Database {
  private readonly turn = new AsyncLock();
  private readonly inUnit = new AsyncLocalStorage<true>();
  private readonly units = new WeakMap<EntityManager, Unit>();

  /** How entities stand in rows and statements. */
  readonly rows: Rows;

  constructor(@Inject(DataSource) private readonly source: DataSource) {
    this.rows = new Rows(source);
  }

  /**
   * Runs a verb as one transaction and answers only after its commit. A deadlock or snapshot conflict runs the whole
   * verb again with jitter, at most five times; so a verb has no effect outside the database but by `afterCommit`.
   *
   * @throws DomainError BUSY when it did not get through, or the database does not say whether it did; so does each read
   */
  async transaction<T>(verb: (tx: EntityManager) => Promise<T>): Promise<T> {
    const { result, effects } = await unlessUnavailable(() => retried(() => this.once(verb)));
    for (const effect of effects) effect();
    return result;
  }

  /** Runs reads outside a transaction. */
  read<T>(query: (manager: EntityManager) => Promise<T>): Promise<T> {
    const run = (): Promise<T> => query(this.source.manager);
    return databaseKind === 'sqlite' ? this.alone(run) : asked(run);
  }

  /** One prepared statement, for hot reads: rows as the driver gives them; turn them into entities by `rows.hydrate`. */
  select(sql: string, parameters: readonly Parameter[]): Promise<ObjectLiteral[]> {
    if (databaseKind === 'sqlite') return this.alone(() => this.source.query(sql, parameters.map(toSqlite)));
    return asked(() => this.pooled<ObjectLiteral[]>(sql, parameters));
  }

  /** A statement whose text differs from request to request: not prepared, for a server keeps only so many of those. */
  selectOnce(sql: string, parameters: readonly Parameter[]): Promise<ObjectLiteral[]> {
    if (databaseKind === 'sqlite') return this.select(sql, parameters);
    return asked(() => this.source.query<ObjectLiteral[]>(sql, [...parameters]));
  }

  /** One prepared statement inside a transaction; the answer is the number of rows it matched. */
  async change(tx: EntityManager, sql: string, parameters: readonly Parameter[]): Promise<number> {
    if (databaseKind === 'sqlite') return this.changeOnce(tx, sql, parameters);
    return matchedBy(await this.preparedIn(tx, sql, parameters));
  }

  /**
   * One prepared statement that is a transaction of its own; the answer is the number of rows it matched. It saves the
   * two statements that open and end one.
   */
  async changeAlone(sql: string, parameters: readonly Parameter[]): Promise<number> {
    if (databaseKind === 'sqlite') return this.transaction((tx) => this.changeOnce(tx, sql, parameters));
    return matchedBy(await asked(() => this.pooled(sql, parameters)));
  }

  /** One prepared read inside a transaction; the rows are those of `select`. */
  async selectIn(tx: EntityManager, sql: string, parameters: readonly Parameter[]): Promise<ObjectLiteral[]> {
    if (databaseKind === 'sqlite') return this.unitOf(tx).manager.query<ObjectLiteral[]>(sql, parameters.map(toSqlite));
    return this.preparedIn<ObjectLiteral[]>(tx, sql, parameters);
  }

  /** As `change`, for a statement whose text differs from request to request. */
  async changeOnce(tx: EntityManager, sql: string, parameters: readonly Parameter[]): Promise<number> {
    const bound = databaseKind === 'sqlite' ? parameters.map(toSqlite) : [...parameters];
    const result = await this.unitOf(tx).runner.query(sql, bound, true);
    return result.affected ?? 0;
  }

  /**
   * Inserts rows that have the same members, by one prepared statement. What they leave out takes its default; keys
   * that the database makes are not read back.
   *
   * @param computed values that the database works out, by member
   */
  async insert<E extends ObjectLiteral>(
    tx: EntityManager,
    entity: EntityTarget<E>,
    rows: readonly Partial<E>[],
    computed: Readonly<Record<string, Computed>> = {},
  ): Promise<void> {
    const { sql, parameters } = insertStatement(this.source, entity, rows, computed);
    if (databaseKind === 'sqlite') await this.unitOf(tx).runner.query(sql, [...parameters]);
    else await this.preparedIn(tx, sql, parameters);
  }

  /**
   * Changes the rows that have these values, by one prepared statement; the answer is the number of rows it matched.
   *
   * @throws Error for a condition without a value, or none, which would mean any row
   */
  async update<E extends ObjectLiteral>(
    tx: EntityManager,
    entity: EntityTarget<E>,
    where: Equalities<E>,
    changes: Partial<E>,
  ): Promise<number> {
    const { sql, parameters } = updateStatement(this.source, entity, where, changes);
    return this.change(tx, sql, parameters);
  }

  /** As `update`, as a transaction of its own. */
  async updateAlone<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    where: Equalities<E>,
    changes: Partial<E>,
  ): Promise<number> {
    const { sql, parameters } = updateStatement(this.source, entity, where, changes);
    return this.changeAlone(sql, parameters);
  }

  /** Does something when, and only when, the transaction has committed. */
  afterCommit(tx: EntityManager, effect: Effect): void {
    this.unitOf(tx).effects.push(effect);
  }

  /** Whether the database answers; for the readiness probe. */
  async ping(): Promise<boolean> {
    return (await within(PING_MS, () => this.select('SELECT 1 AS one', []))) !== null;
  }

  private unitOf(tx: EntityManager): Unit {
    const unit = this.units.get(tx);
    if (!unit) throw new Error('a statement of a transaction that is not under way');
    return unit;
  }

  private preparedIn<T>(tx: EntityManager, sql: string, parameters: readonly unknown[]): Promise<T> {
    const { connection } = this.unitOf(tx);
    return this.answered(sql, parameters, (done) => execute(connection, sql, parameters, done));
  }

  private pooled<T>(sql: string, parameters: readonly unknown[]): Promise<T> {
    return this.answered(sql, parameters, (done) => execute(poolOf(this.source), sql, parameters, done));
  }

  /** Opens or ends a transaction. */
  private say({ runner, connection }: Unit, sql: string): Promise<unknown> {
    if (databaseKind === 'sqlite') return runner.query(sql);
    return this.answered(sql, [], (done) => connection.query(sql, [], done));
  }

  /** By callback: mysql2's promises capture a stack at each call. */
  private answered<T>(sql: string, parameters: readonly unknown[], ask: (done: Done) => void): Promise<T> {
    this.source.logger.logQuery(sql, parameters as unknown[]);
    return new Promise((resolve, reject) => {
      ask((error, result) => {
        if (error) reject(new QueryFailedError(sql, [...parameters], error));
        else resolve(result as T);
      });
    });
  }

  private once<T>(verb: (tx: EntityManager) => Promise<T>): Promise<Committed<T>> {
    if (databaseKind === 'sqlite') return this.alone(() => this.inTransaction(verb));
    return this.inTransaction(verb);
  }

  private async inTransaction<T>(verb: (tx: EntityManager) => Promise<T>): Promise<Committed<T>> {
    const runner = this.source.createQueryRunner('master');
    const { manager } = runner;
    try {
      const unit: Unit = { runner, manager, connection: (await runner.connect()) as Connection, effects: [] };
      this.units.set(manager, unit);
      await this.say(unit, BEGIN);
      return { result: await this.committed(unit, verb), effects: unit.effects };
    } finally {
      this.units.delete(manager);
      await runner.release();
    }
  }

  private async committed<T>(unit: Unit, verb: (tx: EntityManager) => Promise<T>): Promise<T> {
    try {
      const result = await verb(unit.manager);
      await this.say(unit, 'COMMIT');
      return result;
    } catch (error) {
      // after a deadlock the server has rolled back already, and a broken connection needs no rollback
      await this.say(unit, 'ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** SQLite's turn. A unit inside a unit would wait for itself for ever, so it is a programming error. */
  private alone<T>(unit: () => Promise<T>): Promise<T> {
    if (this.inUnit.getStore()) throw new Error('a unit of work was opened inside another one; pass its tx on');
    return this.turn.run(() => this.inUnit.run(true, unit));
  }
}

/** A statement of its own, which a server that is not ready may refuse. */
function asked<T>(statement: () => Promise<T>): Promise<T> {
  return unlessUnavailable(() => retried(statement));
}

/** Prepared, or as text while the server keeps as many prepared statements, of all instances together, as it may. */
function execute(connection: Connection, sql: string, parameters: readonly unknown[], done: Done): void {
  connection.execute(sql, parameters, (error, result) => {
    if (isPreparedInVain(error)) connection.query(sql, parameters, done);
    else done(error, result);
  });
}

function poolOf(source: DataSource): Connection {
  const { pool } = source.driver as unknown as { readonly pool?: Connection };
  if (!pool) throw new TypeORMError(NO_POOL);
  return pool;
}

function matchedBy(result: unknown): number {
  return (result as { readonly affectedRows?: number }).affectedRows ?? 0;
}

function toSqlite(value: Parameter): string | number | Buffer | null {
  if (value instanceof Date) return String(DateUtils.mixedDateToUtcDatetimeString(value));
  return typeof value === 'boolean' ? Number(value) : value;
}
