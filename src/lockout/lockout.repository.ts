import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import { unlessHeld } from '../common/database-conflict.js';
import { listOf, listSizeFor } from '../common/list-of.js';
import { HELD_NOW } from '../common/row-lock.js';
import type { LockoutPolicy } from '../store/index.js';
import { NEVER, strikes } from './lockout.policy.js';

const OPEN = '(locked_until IS NULL OR locked_until <= ?)';
const ENABLED = `state = 'enabled' AND disabled_by IS NULL`;
const SAME_PASSWORD = '(password_version = ? OR password_hash = ?)';
const CLEARED = 'failed_sign_ins = 0, locked_until = NULL';
const STAMPED = ', last_sign_in_at = CASE WHEN last_sign_in_at = ? THEN ? ELSE ? END';

/** An account as it was when its password was compared. */
export interface Account {
  readonly id: number;
  readonly passwordVersion: number;
  readonly passwordHash: string | null;
}

/** Whether a right password is a sign-in, whose time is kept, or only proves who asks. */
export type Stamp = 'sign-in' | 'none';

/** Statements on the sign-in columns of the customer's row. */
@Injectable()
export class LockoutRepository {
  constructor(private readonly database: Database) {}

  /** Holds the rows of several customers until the transaction ends. @throws RowHeld rather than wait for one */
  async holdNow(tx: EntityManager, customerIds: readonly number[]): Promise<void> {
    const { places, listed } = listOf(customerIds, listSizeFor(customerIds.length));
    const sql = `SELECT id FROM customer WHERE id IN (${places})${HELD_NOW}`;
    await unlessHeld(() => this.database.selectIn(tx, sql, listed));
  }

  /**
   * Counts one wrong password of each customer and strikes at the limit, in one statement (SEC-40); while locked it changes
   * nothing (SEC-41). `locked_until` is set first: MySQL assigns from left to right, SQLite from the old row.
   *
   * @param customerIds all different, but for those of nobody
   * @returns the ends of the locks that hold now, by customer
   */
  async countFailures(
    tx: EntityManager,
    customerIds: readonly number[],
    policy: LockoutPolicy,
    at: Date,
  ): Promise<ReadonlyMap<number, Date>> {
    const list = strikes(policy, at);
    const longest = list[list.length - 1] ?? list[0];
    const whens = list.map(() => 'WHEN failed_sign_ins + 1 = ? THEN ?').join(' ');
    const { places, listed } = listOf(customerIds, listSizeFor(customerIds.length));
    const are = `id IN (${places})`;
    await this.database.change(
      tx,
      `UPDATE customer SET locked_until = CASE WHEN failed_sign_ins + 1 >= ? THEN ? ${whens}
         WHEN (failed_sign_ins + 1) % ? = 0 THEN ? ELSE locked_until END,
         failed_sign_ins = failed_sign_ins + 1
       WHERE ${are} AND ${OPEN}`,
      [
        policy.hardLimit,
        NEVER,
        ...list.flatMap(({ failures, until }) => [failures, until]),
        policy.attempts,
        longest.until,
        ...listed,
        at,
      ],
    );
    const locks = `SELECT id, locked_until AS until FROM customer WHERE ${are} AND locked_until > ?`;
    const rows = await this.database.selectIn(tx, locks, [...listed, at]);
    return new Map(rows.map(({ id, until }) => [Number(id), asDate(until)]));
  }

  /**
   * Clears the counter, unless the account was locked or closed, or got another password, since its row was read. The
   * version alone does not tell that: a new address makes a new one too, and leaves the hash as it was.
   *
   * The stamp is never the one that stands there already. Nodes of a cluster tell a sign-in and a reset apart from each
   * other by the rows they change, and an UPDATE to the same values changes none (SEC-52).
   */
  async clearIfOpen(
    tx: EntityManager,
    { id, passwordVersion, passwordHash }: Account,
    at: Date,
    stamp: Stamp,
  ): Promise<boolean> {
    const stamped = stamp === 'sign-in' ? STAMPED : '';
    const matched = await this.database.change(
      tx,
      `UPDATE customer SET ${CLEARED}${stamped} WHERE id = ? AND ${SAME_PASSWORD} AND ${ENABLED} AND ${OPEN}`,
      [...(stamped ? stampsAt(at) : []), id, passwordVersion, passwordHash, at],
    );
    return matched === 1;
  }

  /**
   * As `clearIfOpen`, of several that sign in at the same time, by two statements for all.
   *
   * @returns the ids of those that are let in
   * @throws RowHeld rather than wait for one
   */
  async clearAllIfOpen(tx: EntityManager, accounts: readonly Account[], at: Date): Promise<ReadonlySet<number>> {
    const same = accounts.map(() => `(id = ? AND ${SAME_PASSWORD})`).join(' OR ');
    const rows = await unlessHeld(() =>
      this.database.selectIn(tx, `SELECT id FROM customer WHERE (${same}) AND ${ENABLED} AND ${OPEN}${HELD_NOW}`, [
        ...accounts.flatMap(({ id, passwordVersion, passwordHash }) => [id, passwordVersion, passwordHash]),
        at,
      ]),
    );
    const open = rows.map(({ id }) => Number(id));
    if (open.length === 0) return new Set();
    const places = open.map(() => '?').join(', ');
    const sql = `UPDATE customer SET ${CLEARED}${STAMPED} WHERE id IN (${places})`;
    await this.database.change(tx, sql, [...stampsAt(at), ...open]);
    return new Set(open);
  }

  /** Lifts the lock and clears the counter. */
  async lift(tx: EntityManager, customerId: number): Promise<void> {
    await this.database.change(tx, `UPDATE customer SET ${CLEARED} WHERE id = ?`, [customerId]);
  }
}

/** What the stamp becomes: never what it is. */
function stampsAt(at: Date): readonly Date[] {
  return [at, new Date(at.getTime() + 1), at];
}

/** SQLite keeps times as text, in UTC. */
function asDate(value: unknown): Date {
  return value instanceof Date ? value : new Date(`${String(value).replace(' ', 'T')}Z`);
}
