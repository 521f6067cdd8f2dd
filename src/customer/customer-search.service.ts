import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Criteria, Found, NumberedPage, PageOf, PageOrder, Position } from '../common/criteria.js';
import { Database } from '../common/database.js';
import type { Realm } from '../store/index.js';
import { COLUMNS, type CustomerOrder } from './customer-columns.sql.js';
import { SORT_KEYS, sqlOf, type CustomerField, type CustomerSort } from './customer-search.sql.js';
import { Customer } from './customer.entity.js';
import { SqlParameters } from './sql-text.js';

/** Lists of a realm's customers, for staff. */
@Injectable()
export class CustomerSearchService {
  constructor(private readonly database: Database) {}

  /** A page of those that the criteria hold of. Pages are cut by the order's own keys, so that none is left out or seen twice. */
  async find(
    realm: Realm,
    criteria: Criteria<CustomerField>,
    page: PageOrder<CustomerSort>,
  ): Promise<PageOf<Customer>> {
    const parameters = new SqlParameters();
    const key = SORT_KEYS[page.sort];
    const conditions = [
      inRealm(realm, criteria, parameters),
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

  /**
   * A page of those that the criteria hold of, told by its number, and how many there are in all. Behind the last page
   * there is nothing.
   */
  async search(
    realm: Realm,
    criteria: Criteria<CustomerField>,
    page: NumberedPage<CustomerOrder>,
  ): Promise<Found<Customer>> {
    const parameters = new SqlParameters();
    const where = inRealm(realm, criteria, parameters);
    const ids = await this.database.read((manager) => idsOf(manager, where, parameters, page));
    const isLast = ids.length < page.size && (ids.length > 0 || page.offset === 0);
    const [total, rows] = await Promise.all([
      isLast ? page.offset + ids.length : this.database.read((manager) => countOf(manager, where, parameters)),
      this.database.read((manager) => manager.findBy(Customer, { id: In(ids) })),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { rows: ids.flatMap((id) => byId.get(id) ?? []), total };
  }
}

/** Ids alone, so that an index holds all that is passed over on the way to a later page. */
async function idsOf(
  manager: EntityManager,
  where: string,
  { values }: SqlParameters,
  { sorts, size, offset }: NumberedPage<CustomerOrder>,
): Promise<number[]> {
  const query = manager.createQueryBuilder(Customer, 'c').select('c.id', 'id').where(where, values);
  for (const { field, descending } of sorts) query.addOrderBy(COLUMNS[field].sql, descending ? 'DESC' : 'ASC');
  if (!sorts.some(({ field }) => UNIQUE.includes(field))) {
    query.addOrderBy('c.number', sorts.at(-1)?.descending ? 'DESC' : 'ASC'); // the way that indices go
  }
  const rows = await query.offset(offset).limit(size).getRawMany<{ id: number }>();
  return rows.map(({ id }) => id);
}

const UNIQUE: readonly CustomerOrder[] = ['id', 'number', 'email'];

function countOf(manager: EntityManager, where: string, { values }: SqlParameters): Promise<number> {
  return manager.createQueryBuilder(Customer, 'c').where(where, values).getCount();
}

function inRealm(realm: Realm, criteria: Criteria<CustomerField>, parameters: SqlParameters): string {
  return `c.realm_id = ${parameters.bind(realm.id)} AND (${sqlOf(criteria, parameters)})`;
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
