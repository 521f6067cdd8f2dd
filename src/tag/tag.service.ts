import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { newNumber } from '#lib/opaque-token';
import type { Annotations } from '../common/annotations.js';
import { Clock } from '../common/clock.js';
import { isColumnOf, type Column } from '../common/column-criteria.js';
import type { Counted, Criteria, NumberedPage } from '../common/criteria.js';
import { Database } from '../common/database.js';
import { unlessTaken } from '../common/database-conflict.js';
import { findRows, type ListedTable } from '../common/numbered-list.js';
import type { Realm } from '../store/index.js';
import { Tag } from './tag.entity.js';

const carriedBy = (table: string): string =>
  `SELECT 1 FROM ${table} o WHERE o.realm_id = t.realm_id AND INSTR(o.tags, JSON_QUOTE(t.name)) > 0`;

const COLUMNS = {
  number: { sql: 't.number', kind: 'number' },
  name: { sql: 't.name', kind: 'text' },
  reference: { sql: 't.reference', kind: 'text' },
  referenceOrigin: { sql: 't.reference_origin', kind: 'text' },
  metadata: { sql: 't.metadata', kind: 'json' },
  createdAt: { sql: 't.created_at', kind: 'time' },
  updatedAt: { sql: 't.updated_at', kind: 'time' },
  'customer.number': { sql: 'o.number', kind: 'number', within: carriedBy('customer') },
  'address.number': { sql: 'o.number', kind: 'number', within: carriedBy('customer_address') },
} as const satisfies Record<string, Column>;

export type TagField = keyof typeof COLUMNS;

const TAGS: ListedTable<Tag, TagField> = { entity: Tag, from: 'tag t', columns: COLUMNS };

export function isTagField(field: string): field is TagField {
  return isColumnOf(COLUMNS, field);
}

/** What is said of a tag; absent members stay as they are. */
export type TagChanges = Partial<Pick<Tag, 'name'> & Annotations>;

/** The tags of a realm. */
@Injectable()
export class TagService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  findByNumber({ id: realmId }: Realm, number: number): Promise<Tag | null> {
    return this.database.read((manager) => manager.findOneBy(Tag, { realmId, number }));
  }

  findByNames({ id: realmId }: Pick<Realm, 'id'>, names: readonly string[]): Promise<Tag[]> {
    if (names.length === 0) return Promise.resolve([]);
    return this.database.read((manager) =>
      manager.find(Tag, { where: { realmId, name: In([...names]) }, order: { id: 'ASC' } }),
    );
  }

  findByNumbers({ id: realmId }: Realm, numbers: readonly number[]): Promise<Tag[]> {
    if (numbers.length === 0) return Promise.resolve([]);
    return this.database.read((manager) => manager.findBy(Tag, { realmId, number: In([...numbers]) }));
  }

  find({ id }: Realm, criteria: Criteria<TagField>, page: NumberedPage<TagField>): Promise<Counted<Tag>> {
    return findRows(this.database, TAGS, { scope: { 't.realm_id': id }, criteria, page });
  }

  /** @throws DomainError VALUE_TAKEN */
  create({ id: realmId }: Realm, { name, ...annotations }: TagChanges & Pick<Tag, 'name'>): Promise<Tag> {
    const at = this.clock.now();
    return unlessTaken('name', () =>
      this.database.transaction(async (tx) => {
        const row = tx.create(Tag, { realmId, name, annotations, number: newNumber(), createdAt: at, updatedAt: at });
        await tx.insert(Tag, row);
        return tx.findOneByOrFail(Tag, { id: row.id });
      }),
    );
  }

  /** A new name is at once that of everything that carries the tag. @throws DomainError VALUE_TAKEN */
  update({ id, realmId, name: former }: Tag, { name, ...annotations }: TagChanges): Promise<Tag> {
    return unlessTaken('name', () =>
      this.database.transaction(async (tx) => {
        const updatedAt = this.clock.now();
        await tx.update(Tag, { id }, { ...(name === undefined ? {} : { name }), annotations, updatedAt });
        if (name !== undefined && name !== former) {
          await this.rewrite(tx, realmId, former, [[quoted(former), quoted(name)]]);
        }
        return tx.findOneByOrFail(Tag, { id });
      }),
    );
  }

  /** Whatever carries the tag carries it no more. */
  remove({ id, realmId, name }: Tag): Promise<void> {
    const one = quoted(name);
    return this.database.transaction(async (tx) => {
      await this.rewrite(tx, realmId, name, [[`,${one}`, ''], [`${one},`, ''], [one, '']]); // prettier-ignore
      await tx.delete(Tag, { id });
    });
  }

  /** Lists of tags are JSON texts; a name in its quotes occurs in one only as that tag. */
  private async rewrite(
    tx: EntityManager,
    realmId: number,
    name: string,
    replacements: readonly (readonly [string, string])[],
  ): Promise<void> {
    const tags = replacements.reduce((expression) => `REPLACE(${expression}, ?, ?)`, 'tags');
    for (const table of ['customer', 'customer_address']) {
      await this.database.changeOnce(
        tx,
        `UPDATE ${table} SET tags = ${tags} WHERE realm_id = ? AND INSTR(tags, ?) > 0`,
        [...replacements.flat(), realmId, quoted(name)],
      );
    }
  }
}

/** Sees to it that tags which something is going to carry exist. */
export async function ensureTags(
  tx: EntityManager,
  realmId: number,
  names: readonly string[],
  at: Date,
): Promise<void> {
  if (names.length === 0) return;
  const known = await tx.find(Tag, { where: { realmId, name: In([...names]) }, select: { name: true } });
  const isKnown = new Set(known.map(({ name }) => name));
  const rows = [...new Set(names)]
    .filter((name) => !isKnown.has(name))
    .map((name) => ({ realmId, name, number: newNumber(), createdAt: at, updatedAt: at }));
  if (rows.length === 0) return;
  await tx.createQueryBuilder().insert().into(Tag).values(rows).orIgnore().updateEntity(false).execute();
}

const quoted = (name: string): string => JSON.stringify(name);
