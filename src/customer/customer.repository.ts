import { Injectable } from '@nestjs/common';
import { In, type EntityManager, type EntityTarget, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { Database, type Parameter } from '../common/database.js';
import { unlessHeld } from '../common/database-conflict.js';
import { AccessToken, type Surface } from '../token/index.js';
import { Customer } from './customer.entity.js';
import { CustomerAddress } from './customer-address.entity.js';

/** A living token, and whose it is; a machine's token is nobody's. */
export interface TokenHolder {
  readonly token: AccessToken;
  readonly customer: Customer | null;
}

/** A customer together with the token that proves who it is. */
export interface Session extends TokenHolder {
  readonly customer: Customer;
}

/** What names one customer. */
type CustomerKey =
  | { readonly id: number }
  | { readonly realmId: number; readonly number: number }
  | { readonly realmId: number; readonly emailKey: Buffer };

/** What names several customers of one realm. */
interface CustomerKeys {
  readonly realmId: number;
  readonly emailKeys: readonly Buffer[];
}

/** A customer as machines see one. */
export interface CustomerRecord {
  readonly customer: Customer;
  readonly hasPassword: boolean;
}

const ROW_LOCK = databaseKind === 'mysql' ? ' FOR UPDATE' : '';
const NO_WAIT = databaseKind === 'mysql' ? ' NOWAIT' : '';

/** Queries on customers that need thought. */
@Injectable()
export class CustomerRepository {
  constructor(private readonly database: Database) {}

  /** With the password hash; the only read that selects it. */
  async findForSignIn(realmId: number, emailKey: string): Promise<Customer | null> {
    const [row] = await this.database.select(
      `SELECT ${this.database.rows.packed(Customer, 'c')}, c.password_hash FROM customer c
       WHERE c.realm_id = ? AND c.email_key = ?`,
      [realmId, Buffer.from(emailKey)],
    );
    if (!row) return null;
    const hash: unknown = row['password_hash'];
    return Object.assign(this.database.rows.hydrate(Customer, row, 'c'), {
      passwordHash: typeof hash === 'string' ? hash : null,
    });
  }

  /** With the password hash, by the customer's own id. */
  findForReauthentication(id: number): Promise<Customer | null> {
    return this.database.read((manager) => withHash(manager).where({ id }).getOne());
  }

  /** Holds the row until the transaction ends, so that what hangs on it is counted right. */
  async findLocked(tx: EntityManager, which: CustomerKey): Promise<Customer | null> {
    const [where, parameters] = keyOf(which);
    const [customer = null] = await this.select(tx, where + ROW_LOCK, parameters);
    return customer;
  }

  /** Holds the rows of all that there are. @throws RowHeld rather than wait for one */
  findAllLocked(tx: EntityManager, { realmId, emailKeys }: CustomerKeys): Promise<Customer[]> {
    const where = `c.realm_id = ? AND c.email_key IN (${emailKeys.map(() => '?').join(', ')})`;
    return unlessHeld(() => this.select(tx, where + ROW_LOCK + NO_WAIT, [realmId, ...emailKeys]));
  }

  /**
   * Who holds a token: one prepared statement over token, customer and lock state (design: "who am I" is one read).
   * A customer who is not enabled has no session, whatever the token's row says (SEC-51).
   */
  async findHolder(digest: Buffer, surface: Surface, at: Date): Promise<TokenHolder | null> {
    const tokenColumns = this.database.rows.packed(AccessToken, 't');
    const customerColumns = this.database.rows.packed(Customer, 'c');
    const [row] = await this.database.select(
      `SELECT ${tokenColumns}, ${customerColumns} FROM access_token t LEFT JOIN customer c ON c.id = t.customer_id
       WHERE t.digest = ? AND t.surface = ? AND t.revoked_at IS NULL AND t.expires_at > ?
         AND (t.customer_id IS NULL OR (c.state = 'enabled' AND c.disabled_by IS NULL))`,
      [digest, surface, at],
    );
    if (!row) return null;
    const token = this.database.rows.hydrate(AccessToken, row, 't');
    return { token, customer: token.customerId === null ? null : this.database.rows.hydrate(Customer, row, 'c') };
  }

  /** With whether there is a password; the hash itself is not read. */
  async findRecords(
    which: { readonly ids: readonly number[] } | { readonly realmId: number; readonly numbers: readonly number[] },
  ): Promise<CustomerRecord[]> {
    const where = 'ids' in which ? { id: In(which.ids) } : { realmId: which.realmId, number: In(which.numbers) };
    const { raw, entities } = await this.database.read((manager) =>
      manager
        .createQueryBuilder(Customer, 'c')
        .addSelect('(c.password_hash IS NOT NULL)', 'has_password')
        .where(where)
        .getRawAndEntities<{ has_password: unknown }>(),
    );
    return entities.map((customer, at) => ({ customer, hasPassword: Number(raw[at]?.has_password) === 1 }));
  }

  /** The addresses of customers, oldest first. */
  async findAddresses(...customerIds: readonly number[]): Promise<CustomerAddress[]> {
    const found = await this.rows(CustomerAddress, 'customer_id', customerIds);
    return found.sort((one, other) => one.id - other.id);
  }

  private async select(tx: EntityManager, where: string, parameters: readonly Parameter[]): Promise<Customer[]> {
    const columns = this.database.rows.packed(Customer, 'c');
    const rows = await this.database.selectIn(tx, `SELECT ${columns} FROM customer c WHERE ${where}`, parameters);
    return rows.map((row) => this.database.rows.hydrate(Customer, row, 'c'));
  }

  /** Rows by one column. For a single value the statement is prepared; the texts for several are too many for that. */
  private async rows<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    column: 'customer_id',
    values: readonly number[],
  ): Promise<E[]> {
    if (values.length === 0) return [];
    const table = this.database.rows.tableOf(entity);
    const places = values.map(() => '?').join();
    const sql = `SELECT ${this.database.rows.packed(entity, 'r')} FROM ${table} r WHERE r.${column} IN (${places})`;
    const rows = await (values.length === 1
      ? this.database.select(sql, values)
      : this.database.selectOnce(sql, values));
    return rows.map((row) => this.database.rows.hydrate(entity, row, 'r'));
  }
}

function withHash(manager: EntityManager): SelectQueryBuilder<Customer> {
  return manager.createQueryBuilder(Customer, 'c').addSelect('c.passwordHash');
}

function keyOf(which: CustomerKey): [where: string, parameters: readonly Parameter[]] {
  if ('id' in which) return ['c.id = ?', [which.id]];
  if ('number' in which) return ['c.realm_id = ? AND c.number = ?', [which.realmId, which.number]];
  return ['c.realm_id = ? AND c.email_key = ?', [which.realmId, which.emailKey]];
}
