import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, type EntityManager } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { Database } from '../common/database.js';
import type { Parameter } from '../common/parameter.js';
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

/** How many sessions a customer may have. */
export interface SessionAllowance {
  readonly customerId: number;
  readonly max: number;
}

const COLUMNS = [
  'number', 'digest', 'surface', 'realm_id', 'store_id', 'customer_id', 'api_client_id', 'family', 'issued_at', 'expires_at',
] as const; // prettier-ignore
const NAMES = COLUMNS.map((column) => `\`${column}\``).join(', ');
const PLACES = COLUMNS.map(() => '?').join(', ');
const FROM_NOTHING = databaseKind === 'mysql' ? ' FROM DUAL' : '';

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
   * one who may not. Exact among parallel sign-ins, because each of them holds the customer's row before it comes here.
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

  /** Ends the oldest sessions until there is room for one more, and tells how many it ended. */
  async endOldest({ customerId, max }: SessionAllowance, at: Date, tx: EntityManager): Promise<number> {
    const alive = { customerId, revokedAt: IsNull(), expiresAt: MoreThan(at) };
    const tokens = await tx.find(AccessToken, {
      where: alive,
      select: { id: true, number: true, family: true },
      order: { id: 'DESC' },
    });
    const sessionOf = (token: AccessToken): number => token.family ?? token.number;
    const newestFirst = [...new Set(tokens.map(sessionOf))];
    const surplus = new Set(newestFirst.slice(max - 1));
    const ids = tokens.filter((token) => surplus.has(sessionOf(token))).map(({ id }) => id);
    await tx.update(AccessToken, { id: In(ids) }, { revokedAt: at, revokeReason: 'too-many-sessions' });
    return surplus.size;
  }
}

function valuesOf(row: TokenRow): readonly Parameter[] {
  const { number, digest, surface, realmId, storeId, customerId, apiClientId, family, issuedAt, expiresAt } = row;
  return [number, digest, surface, realmId, storeId, customerId, apiClientId, family, issuedAt, expiresAt];
}
