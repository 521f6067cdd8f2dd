import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Annotations } from '../common/annotations.js';
import { Clock } from '../common/clock.js';
import { isColumnOf, type Column } from '../common/column-criteria.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { newestIds } from '../common/newest.js';
import { findRows, type ListedTable } from '../common/numbered-list.js';
import { Replicas } from '../common/replicas.js';
import { Event, type PublishedType } from './event.entity.js';

/** What a surface calls published events; those that it has no name for, it does not show. */
export type EventNames = Readonly<Partial<Record<PublishedType, string>>>;

const SUBJECT = { sql: 'e.subject', kind: 'number' } as const;

const COLUMNS = {
  number: { sql: 'e.number', kind: 'number' },
  type: { sql: 'e.type', kind: 'text' },
  reference: { sql: 'e.reference', kind: 'text' },
  referenceOrigin: { sql: 'e.reference_origin', kind: 'text' },
  metadata: { sql: 'e.metadata', kind: 'json' },
  createdAt: { sql: 'e.created_at', kind: 'time' },
  updatedAt: { sql: 'COALESCE(e.updated_at, e.created_at)', kind: 'time' },
  // public numbers of records of all kinds are apart
  'address.number': SUBJECT,
  'customer.number': SUBJECT,
  'customerAddress.number': SUBJECT,
  'customerGroup.number': SUBJECT,
  'customerPasswordReset.number': SUBJECT,
  'customerSubscription.number': SUBJECT,
} as const satisfies Record<string, Column>;

export type EventField = keyof typeof COLUMNS | 'name';

export function isEventField(field: string): field is EventField {
  return field === 'name' || isColumnOf(COLUMNS, field);
}

/** As many of a record as are shown beside it; its whole list has pages. */
const SHOWN_BESIDE = 100;

/** Published events as records, for machines. */
@Injectable()
export class EventListService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly replicas: Replicas,
  ) {}

  /** A store's event that has a name there; null when there is none (SEC-65). */
  async find(storeId: number, number: number, names: EventNames): Promise<Event | null> {
    const event = await this.database.read((manager) => manager.findOneBy(Event, { number, storeId }));
    return event && event.subject !== null && event.type in names ? event : null;
  }

  list(
    storeId: number,
    names: EventNames,
    criteria: Criteria<EventField>,
    page: NumberedPage<EventField>,
  ): Promise<Counted<Event>> {
    return findRows(this.replicas, named(names), { scope: { 'e.store_id': storeId }, criteria, page });
  }

  /** The newest events of records, oldest first, in the records' order; two statements. */
  async of(storeId: number, subjects: readonly number[], names: EventNames): Promise<readonly (readonly Event[])[]> {
    const groups = { table: 'event', group: 'subject', time: 'created_at' };
    const ids = await newestIds(this.database, groups, [...new Set(subjects)], SHOWN_BESIDE);
    const rows = await this.database.read((manager) =>
      manager.find(Event, { where: { id: In(ids), storeId }, order: { id: 'ASC' } }),
    );
    return subjects.map((subject) => rows.filter((event) => event.subject === subject && event.type in names));
  }

  /** Changes what a machine keeps with an event; what is left out stays. */
  note({ id }: Event, notes: Partial<Annotations>): Promise<Event> {
    return this.database.transaction(async (tx) => {
      await tx.update(Event, { id }, { annotations: notes, updatedAt: this.clock.now() });
      return tx.findOneByOrFail(Event, { id });
    });
  }
}

/** Names are the surface's own words, never a caller's (SEC-67). */
function named(names: EventNames): ListedTable<Event, EventField> {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const cases = Object.entries(names).map(([type, name]) => `WHEN ${quoted(type)} THEN ${quoted(name)}`);
  const types = Object.keys(names).map(quoted).join(', ');
  const name = { sql: `(CASE e.type ${cases.join(' ')} END)`, kind: 'text' } as const;
  return {
    ...{ entity: Event, from: 'event e', columns: { ...COLUMNS, name } },
    number: 'e.id', // of the same millisecond, the earlier one first
    always: `e.subject IS NOT NULL AND e.type IN (${types})`,
  };
}
