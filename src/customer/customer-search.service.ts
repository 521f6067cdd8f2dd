import { Injectable } from '@nestjs/common';
import type { Criteria, PageOf, PageOrder, Position } from '../common/criteria.js';
import { Database } from '../common/database.js';
import type { Realm } from '../store/index.js';
import { SORT_KEYS, sqlOf, SqlParameters, type CustomerField, type CustomerSort } from './customer-search.sql.js';
import { Customer } from './customer.entity.js';

/** What a numbered page is ordered by. */
export interface CustomerOrder {
  readonly by: 'id' | 'email' | 'firstName' | 'middleName' | 'lastName' | 'dateOfBirth' | 'createdAt' | 'updatedAt';
  readonly descending: boolean;
}

/** A page by its place; equal rows follow their ids. */
export interface NumberedPage {
  readonly orders: readonly CustomerOrder[];
  readonly offset: number;
  readonly size: number;
}

/** Lists of a realm's customers, for staff. */
@Injectable()
export class CustomerSearchService {
  constructor(private readonly database: Database) {}

  /** A page of those that the criteria hold of, and how many there are. Far pages cost what lies before them. */
  async list(
    realm: Realm,
    criteria: Criteria<CustomerField>,
    { orders, offset, size }: NumberedPage,
  ): Promise<{ readonly rows: readonly Customer[]; readonly total: number }> {
    const parameters = new SqlParameters();
    const where = `c.realm_id = ${parameters.bind(realm.id)} AND (${sqlOf(criteria, parameters)})`;
    const [rows, total] = await this.database.read((manager) => {
      const found = manager.createQueryBuilder(Customer, 'c').where(where, parameters.values);
      for (const { by, descending } of orders) found.addOrderBy(`c.${by}`, descending ? 'DESC' : 'ASC');
      if (!orders.some(({ by }) => by === 'id')) found.addOrderBy('c.id', 'ASC');
      return found.offset(offset).limit(size).getManyAndCount();
    });
    return { rows, total };
  }

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
    const { raw, entities } = await this.database.read((manager) =>
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
