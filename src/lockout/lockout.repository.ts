import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../common/database.js';
import type { LockoutPolicy } from '../store/index.js';
import { NEVER, strikes } from './lockout.policy.js';

const OPEN = '(locked_until IS NULL OR locked_until <= ?)';

/** Statements on the sign-in columns of the customer's row. */
@Injectable()
export class LockoutRepository {
  constructor(private readonly database: Database) {}

  /**
   * Counts one wrong password and strikes at the limit, in one statement (SEC-40); while locked it changes nothing
   * (SEC-41). `locked_until` is set first: MySQL assigns from left to right, SQLite from the old row.
   */
  async countFailure(tx: EntityManager, customerId: number, policy: LockoutPolicy, at: Date): Promise<Date | null> {
    const list = strikes(policy, at);
    const longest = list[list.length - 1] ?? list[0];
    const whens = list.map(() => 'WHEN failed_sign_ins + 1 = ? THEN ?').join(' ');
    await this.database.change(
      tx,
      `UPDATE customer SET locked_until = CASE WHEN failed_sign_ins + 1 >= ? THEN ? ${whens}
         WHEN (failed_sign_ins + 1) % ? = 0 THEN ? ELSE locked_until END,
         failed_sign_ins = failed_sign_ins + 1
       WHERE id = ? AND ${OPEN}`,
      [
        policy.hardLimit,
        NEVER,
        ...list.flatMap(({ failures, until }) => [failures, until]),
        policy.attempts,
        longest.until,
        customerId,
        at,
      ],
    );
    return this.lockedUntil(tx, customerId);
  }

  /** Clears the counter and stamps the sign-in, unless the account was locked meanwhile. */
  async clearIfOpen(tx: EntityManager, customerId: number, at: Date): Promise<boolean> {
    const matched = await this.database.change(
      tx,
      `UPDATE customer SET failed_sign_ins = 0, locked_until = NULL, last_sign_in_at = ? WHERE id = ? AND ${OPEN}`,
      [at, customerId, at],
    );
    return matched === 1;
  }

  /** Lifts the lock and clears the counter. */
  async lift(tx: EntityManager, customerId: number): Promise<void> {
    await this.database.change(tx, 'UPDATE customer SET failed_sign_ins = 0, locked_until = NULL WHERE id = ?', [
      customerId,
    ]);
  }

  private async lockedUntil(tx: EntityManager, customerId: number): Promise<Date | null> {
    const row: { until: Date | null } | undefined = await tx
      .createQueryBuilder()
      .select('c.locked_until', 'until')
      .from('customer', 'c')
      .where('c.id = :customerId', { customerId })
      .getRawOne();
    return row?.until ? asDate(row.until) : null;
  }
}

/** SQLite keeps times as text, in UTC. */
function asDate(value: Date | string): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
}
