import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../common/database.js';
import type { Parameter } from '../common/parameter.js';
import { findAll, selectListed, type Reading } from '../common/find-all.js';
import { Lookup } from '../common/lookup.js';
import { HELD } from '../common/row-lock.js';
import { AccessToken, type Surface } from '../token/index.js';
import { Customer } from './customer.entity.js';
import { CustomerAddress } from './customer-address.entity.js';

/** A living token, and whose it is; a machine's token is nobody's. */
export interface TokenHolder {
  readonly token: AccessToken;
  readonly customer: Customer | null;
  /** The customer's address book, oldest first, where it was read along. */
  readonly addresses?: readonly CustomerAddress[];
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

/** A customer as machines see one. */
export interface CustomerRecord {
  readonly customer: Customer;
  readonly hasPassword: boolean;
}

/** Queries on customers that need thought. */
@Injectable()
export class CustomerRepository {
  private readonly holders: Lookup<Buffer>;
  private readonly holdersWithAddresses: Lookup<Buffer>;
  private readonly addresses: Lookup<number>;
  /** By realm. */
  private readonly signIns = new Map<number, Lookup<Buffer>>();

  constructor(
    private readonly database: Database,
    clock: Clock,
  ) {
    const { rows } = database;
    const alive = {
      tail: ` AND t.revoked_at IS NULL AND t.expires_at > ?
        AND (t.customer_id IS NULL OR (c.state = 'enabled' AND c.disabled_by IS NULL))`,
      tailParameters: () => [clock.now()],
    };
    const holder = (): string =>
      `t.digest AS lookup_key, ${rows.packed(AccessToken, 't')}, ${rows.packed(Customer, 'c')}`;
    const holders = 'FROM access_token t LEFT JOIN customer c ON c.id = t.customer_id WHERE t.digest';
    this.holders = new Lookup(database, { ...alive, head: () => `SELECT ${holder()} ${holders}` });
    this.holdersWithAddresses = new Lookup(database, {
      ...alive,
      head: () => `SELECT ${holder()}, NULL AS a ${holders}`,
      along: () => `SELECT t.digest, NULL, NULL, ${rows.packed(CustomerAddress, 'a')}
        FROM access_token t JOIN customer_address a ON a.customer_id = t.customer_id WHERE t.digest`,
    });
    this.addresses = new Lookup(database, {
      head: () => `SELECT a.customer_id AS lookup_key, ${rows.packed(CustomerAddress, 'a')}
        FROM customer_address a WHERE a.customer_id`,
    });
  }

  /** With the password hash; the only read that selects it. */
  async findForSignIn(realmId: number, emailKey: string): Promise<Customer | null> {
    const [row] = await this.signInsOf(realmId).find(Buffer.from(emailKey));
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
    const [customer = null] = await this.select(tx, where + HELD, parameters);
    return customer;
  }

  /** The row as it is by now, of a customer who is there; it is held as by `findLocked`. */
  async getLocked(tx: EntityManager, id: number): Promise<Customer> {
    const customer = await this.findLocked(tx, { id });
    if (!customer) throw new Error('a row that was held is gone');
    return customer;
  }

  /** Whether a new password would be the first one. */
  async hasNoPassword(tx: EntityManager, id: number): Promise<boolean> {
    const sql = 'SELECT c.id FROM customer c WHERE c.id = ? AND c.password_hash IS NULL';
    return (await this.database.selectIn(tx, sql, [id])).length > 0;
  }

  /**
   * Who holds a token: one prepared statement over token, customer and lock state (design: "who am I" is one read).
   * A customer who is not enabled has no session, whatever the token's row says (SEC-51).
   */
  findHolder(digest: Buffer, surface: Surface): Promise<TokenHolder | null> {
    return this.holders.find(digest).then((rows) => this.holderIn(rows, surface));
  }

  /** As `findHolder`, with the address book, by the same one statement. */
  async findHolderWithAddresses(digest: Buffer, surface: Surface): Promise<TokenHolder | null> {
    const rows = await this.holdersWithAddresses.find(digest);
    const holder = this.holderIn(
      rows.filter(({ a }) => a === null),
      surface,
    );
    return holder && { ...holder, addresses: this.addressesIn(rows.filter(({ a }) => a !== null)) };
  }

  /** How records are read of the table as `c`; the password hash itself is not read. */
  get records(): Reading<CustomerRecord> {
    const { rows } = this.database;
    return {
      columns: `${rows.packed(Customer, 'c')}, (c.password_hash IS NOT NULL) AS has_password`,
      toRow: (found) => ({
        customer: rows.hydrate(Customer, found, 'c'),
        hasPassword: Number(found['has_password']) === 1,
      }),
    };
  }

  /** By ids, or by numbers of one realm. */
  async findRecords(
    which: { readonly ids: readonly number[] } | { readonly realmId: number; readonly numbers: readonly number[] },
  ): Promise<CustomerRecord[]> {
    const [where, values, before] =
      'ids' in which
        ? (['c.id IN', which.ids, []] as const)
        : (['c.realm_id = ? AND c.number IN', which.numbers, [which.realmId]] as const);
    const { columns, toRow } = this.records;
    const sql = `SELECT ${columns} FROM customer c WHERE ${where}`;
    return (await selectListed(this.database, sql, { values, before })).map(toRow);
  }

  /** The addresses of a customer, oldest first. */
  async findAddresses(customerId: number): Promise<CustomerAddress[]> {
    return this.addressesIn(await this.addresses.find(customerId));
  }

  /** The addresses of several customers, oldest first. */
  findAllAddresses(customerIds: readonly number[]): Promise<CustomerAddress[]> {
    const [only] = customerIds;
    if (only !== undefined && customerIds.length === 1) return this.findAddresses(only);
    return findAll(this.database, CustomerAddress, { property: 'customerId', values: customerIds });
  }

  private holderIn([row]: readonly ObjectLiteral[], surface: Surface): TokenHolder | null {
    if (!row) return null;
    const token = this.database.rows.hydrate(AccessToken, row, 't');
    if (token.surface !== surface) return null;
    return { token, customer: token.customerId === null ? null : this.database.rows.hydrate(Customer, row, 'c') };
  }

  private addressesIn(rows: readonly ObjectLiteral[]): CustomerAddress[] {
    const addresses = rows.map((row) => this.database.rows.hydrate(CustomerAddress, row, 'a'));
    return addresses.sort((one, other) => one.id - other.id);
  }

  private signInsOf(realmId: number): Lookup<Buffer> {
    const known = this.signIns.get(realmId);
    if (known) return known;
    const lookup = new Lookup<Buffer>(this.database, {
      head: () => `SELECT c.email_key AS lookup_key, ${this.database.rows.packed(Customer, 'c')}, c.password_hash
        FROM customer c WHERE c.email_key`,
      tail: ' AND c.realm_id = ?',
      tailParameters: () => [realmId],
    });
    this.signIns.set(realmId, lookup);
    return lookup;
  }

  private async select(tx: EntityManager, where: string, parameters: readonly Parameter[]): Promise<Customer[]> {
    const columns = this.database.rows.packed(Customer, 'c');
    const rows = await this.database.selectIn(tx, `SELECT ${columns} FROM customer c WHERE ${where}`, parameters);
    return rows.map((row) => this.database.rows.hydrate(Customer, row, 'c'));
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
