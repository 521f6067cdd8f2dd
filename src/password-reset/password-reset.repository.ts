import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, type EntityManager, type ObjectLiteral } from 'typeorm';
import type { EmailAddress } from '#lib/email-address';
import { unlessHeld } from '../common/database-conflict.js';
import { Database } from '../common/database.js';
import type { BoundStatement } from '../common/insert-statement.js';
import { listOf, listSizeFor } from '../common/list-of.js';
import { Lookup } from '../common/lookup.js';
import { findOwnersIn, type OwnerWindow } from '../common/owned-rows.js';
import { findRows } from '../common/numbered-list.js';
import type { Parameter } from '../common/parameter.js';
import { HELD, HELD_NOW } from '../common/row-lock.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Customer } from '../customer/index.js';
import type { Store } from '../store/index.js';
import { PasswordReset } from './password-reset.entity.js';
import type { ResetNotes } from './password-reset.orders.js';
import { RECIPIENT, type Recipient } from './recipient.js';
import { resetsAt, type ResetField } from './reset-search.js';

/** A row id that no reset has, and no customer. */
const NONE = 0;
/** The key of no address. */
const NOBODY = '';
/** Neither used nor voided. */
const UNSPENT = 'used_at IS NULL AND revoked_at IS NULL';
/** Nor expired. */
const OPEN = `${UNSPENT} AND expires_at > ?`;
const VOID = 'UPDATE password_reset SET revoked_at = ?, updated_at = ?, sealed_secret = NULL';

/** A reset and whose it is. */
export interface OwnedReset {
  readonly reset: PasswordReset;
  readonly customer: Recipient;
}

/** A reset, and whose it is if it is anybody's. */
export interface FoundReset {
  readonly reset: PasswordReset;
  readonly customer: Customer | null;
}

/** How askers are looked for. */
interface Asking {
  readonly at: Date;
  /** Whether to wait for a row that somebody else holds. */
  readonly waits: boolean;
  /** A column that is read with them. */
  readonly listeners: BoundStatement<Parameter>;
}

/** A customer whose address a link was asked for. */
export interface Asker {
  readonly customer: Recipient;
  /** The row ids of the resets that can be spent, oldest first. */
  readonly open: readonly number[];
}

@Injectable()
export class PasswordResetRepository {
  private readonly owned: Lookup<number>;

  constructor(private readonly database: Database) {
    const { rows } = database;
    this.owned = new Lookup(database, {
      head: () => `SELECT r.number AS lookup_key, r.store_id, ${rows.packed(PasswordReset, 'r')}, r.sealed_secret, ${rows.packedPart(RECIPIENT, 'c')}
        FROM password_reset r JOIN customer c ON c.id = r.customer_id WHERE r.number`,
    });
  }

  /** The reset of a digest with its customer, by one statement; null where there is none. A decoy is nobody's. */
  async findByDigest(digest: Buffer): Promise<FoundReset | null> {
    const { rows } = this.database;
    const [row] = await this.database.select(
      `SELECT ${rows.packed(PasswordReset, 'r')}, c.id AS owner, ${rows.packed(Customer, 'c')}
       FROM password_reset r LEFT JOIN customer c ON c.id = r.customer_id WHERE r.digest = ?`,
      [digest],
    );
    if (!row) return null;
    const customer = row['owner'] === null ? null : rows.hydrate(Customer, row, 'c');
    return { reset: rows.hydrate(PasswordReset, row, 'r'), customer };
  }

  /**
   * The customers with those addresses and what each of them has open, by the key of the address, by one statement. Their
   * rows are held until the transaction ends, and a reset is only ever made by who holds its customer's. Where none of
   * the addresses is anybody's, nobody's row is read and filled in, and nobody's resets are looked for, all the same (SEC-39).
   *
   * @throws RowHeld where it would have to wait for a row and `waits` is false
   */
  async findAskers(
    tx: EntityManager,
    { realmId }: Store,
    emails: readonly EmailAddress[],
    { at, waits, listeners }: Asking,
  ): Promise<{ readonly askers: ReadonlyMap<string, Asker>; readonly listeners: number }> {
    const { rows } = this.database;
    const sql = `SELECT c.email_key, ${rows.packedPart(RECIPIENT, 'c')}, r.id AS open_reset, ${listeners.sql} AS listeners
      FROM (SELECT 1 AS one) asked
      LEFT JOIN customer c ON c.realm_id = ? AND c.email_key IN (${emails.map(() => '?').join(', ')})
      LEFT JOIN password_reset r
        ON r.customer_id = COALESCE(c.id, ${NONE}) AND ${OPEN}${waits ? HELD : HELD_NOW}`;
    const parameters = [...listeners.parameters, realmId, ...emails.map(({ key }) => Buffer.from(key)), at];
    const read = (): Promise<ObjectLiteral[]> => this.database.selectIn(tx, sql, parameters);
    const found = await (waits ? read() : unlessHeld(read));
    const askers = new Map<string, { readonly customer: Recipient; readonly open: number[] }>();
    for (const row of found) {
      const key = String(row['email_key'] ?? NOBODY);
      const asker = askers.get(key) ?? { customer: rows.hydratePart(RECIPIENT, row, 'c'), open: [] };
      if (row['open_reset'] !== null) asker.open.push(Number(row['open_reset']));
      askers.set(key, asker);
    }
    askers.delete(NOBODY);
    for (const { open } of askers.values()) open.sort((one, other) => one - other);
    return { askers, listeners: Number(found[0]?.['listeners']) };
  }

  /** A store's reset with its sealed copy and its customer, or null; decoys are nobody's. */
  async findByNumber(number: number, storeId: number): Promise<OwnedReset | null> {
    const [row] = await this.owned.find(number);
    if (!row || row['store_id'] !== storeId) return null;
    const sealed: unknown = row['sealed_secret'];
    const sealedSecret = Buffer.isBuffer(sealed) ? sealed : null;
    const reset = Object.assign(this.database.rows.hydrate(PasswordReset, row, 'r'), { sealedSecret });
    return { reset, customer: this.database.rows.hydratePart(RECIPIENT, row, 'c') };
  }

  /** A store's resets, with their sealed copies; decoys are nobody's. */
  async findNumbered({
    storeId,
    criteria,
    page,
    at,
  }: {
    readonly storeId: number;
    readonly criteria: Criteria<ResetField>;
    readonly page: NumberedPage<ResetField>;
    readonly at: Date;
  }): Promise<Counted<PasswordReset>> {
    return findRows(this.database, resetsAt(at), { scope: { 'r.store_id': storeId }, criteria, page });
  }

  /** Deletes it, and does what goes with that in the same transaction. */
  async remove(id: number, along: (tx: EntityManager) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.delete(PasswordReset, { id });
      await along(tx);
    });
  }

  /** Changes what a machine keeps with a reset. */
  async note(id: number, notes: Partial<ResetNotes>, at: Date): Promise<void> {
    await this.database.updateAlone(PasswordReset, { id }, { ...notes, updatedAt: at });
  }

  async addAll(tx: EntityManager, resets: readonly PasswordReset[]): Promise<void> {
    await this.database.insert(tx, PasswordReset, resets);
  }

  /** Claims the row in one statement, so of two racing requests exactly one gets it (SEC-28). */
  async consume(tx: EntityManager, digest: Buffer, at: Date): Promise<boolean> {
    const sql = `UPDATE password_reset SET used_at = ?, updated_at = ?, sealed_secret = NULL WHERE digest = ? AND ${OPEN}`;
    return (await this.database.change(tx, sql, [at, at, digest, at])) === 1;
  }

  /** Voids these; none is a statement, too. */
  async voidThese(tx: EntityManager, ids: readonly number[], at: Date): Promise<void> {
    const { places, listed } = listOf(ids.length > 0 ? ids : [NONE], listSizeFor(ids.length));
    await this.database.change(tx, `${VOID} WHERE id IN (${places})`, [at, at, ...listed]);
  }

  /** Voids every open reset of a customer. */
  async voidAll(tx: EntityManager, customerId: number, at: Date): Promise<void> {
    await this.database.change(tx, `${VOID} WHERE customer_id = ? AND ${UNSPENT}`, [at, at, customerId]);
  }

  /** Customers who have a reset that may be spent. */
  findOwners(window: OwnerWindow, at: Date): Promise<readonly number[]> {
    const alive = { table: 'password_reset', open: 'used_at IS NULL AND revoked_at IS NULL', at };
    return findOwnersIn(this.database, alive, window);
  }

  /** Voids every open reset of several customers. */
  async endOf(tx: EntityManager, customerIds: readonly number[], at: Date): Promise<void> {
    const theirs = `customer_id IN (${customerIds.map(() => '?').join(', ')})`;
    await this.database.changeOnce(tx, `${VOID} WHERE ${theirs} AND ${UNSPENT}`, [at, at, ...customerIds]);
  }

  async removeAll(tx: EntityManager, customerId: number): Promise<void> {
    await tx.delete(PasswordReset, { customerId });
  }

  async purge(endedBefore: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const where = { expiresAt: LessThanOrEqual(endedBefore) };
      const old = await tx.find(PasswordReset, { where, select: { id: true }, take: 1000 });
      if (old.length > 0) {
        await tx.delete(
          PasswordReset,
          old.map(({ id }) => id),
        );
      }
      return old.length;
    });
  }
}
