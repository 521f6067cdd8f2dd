import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import type { Annotations } from '../common/annotations.js';
import { Clock } from '../common/clock.js';
import { isColumnOf, type Column } from '../common/column-criteria.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { unlessTaken } from '../common/database-conflict.js';
import { DomainError } from '../common/domain-error.js';
import { findRows, type ListedTable } from '../common/numbered-list.js';
import type { Realm } from '../store/index.js';
import { CustomerGroup } from './customer-group.entity.js';

const COLUMNS = {
  number: { sql: 'g.number', kind: 'number' },
  name: { sql: 'g.name', kind: 'text' },
  code: { sql: 'g.code', kind: 'text' },
  reference: { sql: 'g.reference', kind: 'text' },
  referenceOrigin: { sql: 'g.reference_origin', kind: 'text' },
  metadata: { sql: 'g.metadata', kind: 'json' },
  createdAt: { sql: 'g.created_at', kind: 'time' },
  updatedAt: { sql: 'g.updated_at', kind: 'time' },
} as const satisfies Record<string, Column>;

export type CustomerGroupField = keyof typeof COLUMNS;

const GROUPS: ListedTable<CustomerGroup, CustomerGroupField> = {
  ...{ entity: CustomerGroup, from: 'customer_group g', columns: COLUMNS },
};

export function isCustomerGroupField(field: string): field is CustomerGroupField {
  return isColumnOf(COLUMNS, field);
}

/** What is said of a group; absent members stay as they are. */
export type CustomerGroupChanges = Partial<Pick<CustomerGroup, 'name' | 'code'> & Annotations>;

/** The groups of a realm. */
@Injectable()
export class CustomerGroupService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  findByNumber({ id: realmId }: Realm, number: number): Promise<CustomerGroup | null> {
    return this.database.read((manager) => manager.findOneBy(CustomerGroup, { realmId, number }));
  }

  findByIds(ids: readonly number[]): Promise<CustomerGroup[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.read((manager) => manager.findBy(CustomerGroup, { id: In([...ids]) }));
  }

  find(
    { id }: Realm,
    criteria: Criteria<CustomerGroupField>,
    page: NumberedPage<CustomerGroupField>,
  ): Promise<Counted<CustomerGroup>> {
    return findRows(this.database, GROUPS, { scope: { 'g.realm_id': id }, criteria, page });
  }

  /** @throws DomainError VALUE_TAKEN */
  create(
    { id: realmId }: Realm,
    { name, code = null, ...annotations }: CustomerGroupChanges & Pick<CustomerGroup, 'name'>,
  ): Promise<CustomerGroup> {
    const at = this.clock.now();
    const times = { createdAt: at, updatedAt: at };
    return unlessTaken('code', () =>
      this.database.transaction(async (tx) => {
        const row = tx.create(CustomerGroup, { realmId, name, code, annotations, number: newNumber(), ...times });
        await tx.insert(CustomerGroup, row);
        return tx.findOneByOrFail(CustomerGroup, { id: row.id });
      }),
    );
  }

  /** @throws DomainError VALUE_TAKEN */
  update({ id }: CustomerGroup, { name, code, ...annotations }: CustomerGroupChanges): Promise<CustomerGroup> {
    const own = { ...(name === undefined ? {} : { name }), ...(code === undefined ? {} : { code }) };
    return unlessTaken('code', () =>
      this.database.transaction(async (tx) => {
        await tx.update(CustomerGroup, { id }, { ...own, annotations, updatedAt: this.clock.now() });
        return tx.findOneByOrFail(CustomerGroup, { id });
      }),
    );
  }

  /** @throws DomainError IN_USE while a customer belongs to it */
  remove({ id }: CustomerGroup): Promise<void> {
    return this.database.transaction(async (tx) => {
      const removed = await this.database.change(
        tx,
        'DELETE FROM customer_group WHERE id = ? AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.customer_group_id = ?)',
        [id, id],
      );
      if (removed === 0) throw new DomainError('IN_USE');
    });
  }
}
