import { Injectable } from '@nestjs/common';
import type { Counted, Criteria, NumberedPage, PageOf, PageOrder, Position } from '../common/criteria.js';
import { findPage } from '../common/numbered-list.js';
import { Replicas } from '../common/replicas.js';
import { SqlParameters } from '../common/sql-text.js';
import type { Realm } from '../store/index.js';
import { orderOf, type CustomerColumnSort } from './customer-columns.sql.js';
import { SORT_KEYS, sqlOf, type CustomerField, type CustomerSort } from './customer-search.sql.js';
import { Customer } from './customer.entity.js';
import { CustomerRepository, type CustomerRecord } from './customer.repository.js';

/** Lists of a realm's customers, for staff; they may be some seconds behind. */
@Injectable()
export class CustomerSearchService {
  constructor(
    private readonly replicas: Replicas,
    private readonly customers: CustomerRepository,
  ) {}

  /** A page of those that the criteria hold of. Pages are cut by the order's own keys, so that none is left out or seen twice. */
  async find(
    realm: Realm,
    criteria: Criteria<CustomerField>,
    page: PageOrder<CustomerSort>,
  ): Promise<PageOf<Customer>> {
    const parameters = new SqlParameters();
    const key = SORT_KEYS[page.sort];
    const conditions = [
      `c.realm_id = ${parameters.bind(realm.id)}`,
      `(${sqlOf(criteria, parameters)})`,
      ...(page.after ? [beyond(key, page.after, page.descending ? '<' : '>', parameters)] : []),
      ...(page.before ? [beyond(key, page.before, page.descending ? '>' : '<', parameters)] : []),
    ];
    const direction = page.descending === page.fromEnd ? 'ASC' : 'DESC';
    const { raw, entities } = await this.replicas.read((manager) =>
      manager
        .createQueryBuilder(Customer, 'c')
        .addSelect(`(${key})`, 'sort_key') // in brackets, or the library takes a column for the entity's own
        .where(conditions.join(' AND '), parameters.values)
        .orderBy('sort_key', direction)
        .addOrderBy('c.number', direction)
        .limit(page.size + 1)
        .getRawAndEntities<{ sort_key: unknown }>(),
    );
    const found = entities.map((row, at) => ({ row, position: placeOf(row, page.sort, raw[at]?.sort_key) }));
    const rows = found.slice(0, page.size);
    return { rows: page.fromEnd ? rows.reverse() : rows, hasMore: found.length > page.size };
  }

  /** A numbered page, with the count of all that the criteria hold of. */
  findNumbered(
    realm: Realm,
    criteria: Criteria<CustomerField>,
    { orders, ...page }: NumberedPage<CustomerColumnSort>,
  ): Promise<Counted<CustomerRecord>> {
    const parameters = new SqlParameters();
    const where = `c.realm_id = ${parameters.bind(realm.id)} AND (${sqlOf(criteria, parameters)})`;
    const list = { from: 'customer c', where, order: orderOf(orders), ...page };
    return findPage(this.replicas, list, parameters, this.customers.records);
  }
}

function placeOf(row: Customer, sort: CustomerSort, key: unknown): Position {
  const { number } = row;
  if (sort === 'number' || sort === 'createdAt' || sort === 'updatedAt') return { key: row[sort], number };
  return { key: String(key), number };
}

function beyond(key: string, place: Position, operator: '<' | '>', parameters: SqlParameters): string {
  const [value, number] = [parameters.bind(place.key), parameters.bind(place.number)];
  return `(${key} ${operator} ${value} OR (${key} = ${value} AND c.number ${operator} ${number}))`;
}
