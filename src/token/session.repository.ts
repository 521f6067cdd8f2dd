import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { unlessHeld } from '../common/database-conflict.js';
import { Database } from '../common/database.js';
import { listOf, listSizeFor } from '../common/list-of.js';
import type { Parameter } from '../common/parameter.js';
import { HELD_NOW } from '../common/row-lock.js';
import { AccessToken, type Surface } from './access-token.entity.js';

/** A token to store. */
export interface TokenRow {
  readonly number: number;
  readonly digest: Buffer;
  readonly surface: Surface;
  readonly realmId: number;
  readonly storeId: number;
  readonly customerId: number | null;
  readonly apiClientId: number | null;
  readonly family: number | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** The tokens of a new session, and how many its customer may have. */
export interface BoundSession extends SessionAllowance {
  readonly rows: readonly TokenRow[];
}

/** A new session, and how many of its customer's end for it. */
export interface Replacing<S extends BoundSession> {
  readonly session: S;
  readonly ended: number;
}

interface LivingToken {
  readonly id: number;
  readonly customerId: number;
  readonly session: number;
}

/** How many sessions a customer may have. */
interface SessionAllowance {
  readonly customerId: number;
  readonly max: number;
}

const COLUMNS = [
  'number', 'digest', 'surface', 'realm_id', 'store_id', 'customer_id', 'api_client_id', 'family', 'issued_at', 'expires_at',
] as const; // prettier-ignore
const NAMES = COLUMNS.map((column) => `\`${column}\``).join(', ');
const isMysql = databaseKind === 'mysql';
const FROM_NOTHING = isMysql ? ' FROM DUAL' : '';
/** MariaDB takes a digest of no declared length for a blob, and keeps rows with blobs in a file until they are inserted. */
const placeOf = (column: string): string => (isMysql && column === 'digest' ? 'CAST(? AS BINARY(32))' : '?');
const PLACES = COLUMNS.map(placeOf).join(', ');

/** Tokens of one sign-in are one session. */
const ALIVE = `SELECT COUNT(DISTINCT COALESCE(t.family, t.number)) FROM access_token t
  WHERE t.customer_id = ? AND t.revoked_at IS NULL AND t.expires_at > ?`;

/** Rows of tokens, and how many sessions they are. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /** Stores tokens, whatever else there is. */
  async insert(rows: readonly TokenRow[], tx: EntityManager): Promise<void> {
    await this.database.insert(tx, AccessToken, rows);
  }

  /**
   * Stores the tokens of new sessions, of a customer each, who may have another one, in one statement; false when there is
   * one who may not, see `insertInPlace`. Exact among parallel sign-ins, because each of them holds the customer's row
   * before it comes here.
   */
  async insertWithin(sessions: readonly BoundSession[], at: Date, tx: EntityManager): Promise<boolean> {
    const rows = sessions.flatMap((session) => session.rows.map((row) => ({ row, bound: session })));
    if (rows.length === 0) return true;
    const given = rows.map(() => `SELECT ${PLACES}${FROM_NOTHING} WHERE (${ALIVE}) < ?`).join(' UNION ALL ');
    const inserted = await this.database.change(
      tx,
      `INSERT INTO access_token (${NAMES}) ${given}`,
      rows.flatMap(({ row, bound }) => [...valuesOf(row), bound.customerId, at, bound.max]),
    );
    return inserted === rows.length;
  }

  /**
   * Stores those of the new sessions that `insertWithin` left out, and ends their customers' oldest ones until there is
   * room; tells whose and how many.
   *
   * @throws RowHeld rather than wait for a token that has to end, where there are several customers
   */
  async insertInPlace<S extends BoundSession>(
    sessions: readonly S[],
    at: Date,
    tx: EntityManager,
  ): Promise<readonly Replacing<S>[]> {
    const living = await this.findLiving(sessions, at, tx);
    const stored = new Set(living.map(({ session }) => session));
    const left = sessions.filter(({ rows }) => !rows.some((row) => stored.has(sessionOf(row))));
    const replacing = left.map((session) => ({ session, oldest: oldestOf(session, living) }));
    const ids = replacing.flatMap(({ oldest }) => oldest.map(({ id }) => id));
    if (sessions.length > 1) await this.hold(ids, tx);
    await this.end(ids, at, tx);
    const rows = left.flatMap((session) => session.rows);
    await this.insert(rows, tx);
    return replacing.map(({ session, oldest }) => ({
      session,
      ended: new Set(oldest.map((token) => token.session)).size,
    }));
  }

  /** The living tokens of these customers, newest first. */
  private async findLiving(
    customers: readonly SessionAllowance[],
    at: Date,
    tx: EntityManager,
  ): Promise<readonly LivingToken[]> {
    const { places, listed } = listOf(
      customers.map(({ customerId }) => customerId),
      listSizeFor(customers.length),
    );
    const rows = await this.database.selectIn(
      tx,
      `SELECT id, customer_id, number, family FROM access_token
        WHERE customer_id IN (${places}) AND revoked_at IS NULL AND expires_at > ? ORDER BY id DESC`,
      [...listed, at],
    );
    return rows.map(({ id, customer_id: customerId, number, family }) => ({
      id: Number(id),
      customerId: Number(customerId),
      session: Number(family ?? number),
    }));
  }

  private async hold(ids: readonly number[], tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    const { places, listed } = listOf(ids, listSizeFor(ids.length));
    const sql = `SELECT id FROM access_token WHERE id IN (${places})${HELD_NOW}`;
    await unlessHeld(() => this.database.selectIn(tx, sql, listed));
  }

  private async end(ids: readonly number[], at: Date, tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    const { places, listed } = listOf(ids, listSizeFor(ids.length));
    const sql = `UPDATE access_token SET revoked_at = ?, revoke_reason = ? WHERE id IN (${places}) AND revoked_at IS NULL`;
    await this.database.change(tx, sql, [at, 'too-many-sessions', ...listed]);
  }
}

function sessionOf({ family, number }: Pick<TokenRow, 'family' | 'number'>): number {
  return family ?? number;
}

/** The tokens of all sessions but as many of the newest as leave room for one more. */
function oldestOf({ customerId, max }: SessionAllowance, living: readonly LivingToken[]): readonly LivingToken[] {
  const own = living.filter((token) => token.customerId === customerId);
  const surplus = new Set([...new Set(own.map(({ session }) => session))].slice(max - 1));
  return own.filter(({ session }) => surplus.has(session));
}

function valuesOf(row: TokenRow): readonly Parameter[] {
  const { number, digest, surface, realmId, storeId, customerId, apiClientId, family, issuedAt, expiresAt } = row;
  return [number, digest, surface, realmId, storeId, customerId, apiClientId, family, issuedAt, expiresAt];
}
