import type { ObjectLiteral } from 'typeorm';
import { databaseKind } from '../config/index.js';
import { Batcher } from './batcher.js';
import type { Database } from './database.js';
import type { Parameter } from './parameter.js';
import { listOf, listSizeFor } from './list-of.js';

/** Each power of two up to it is a statement of its own to be prepared. */
const LARGEST_READ = 16;
/** While the database works at one, another can be sent; on SQLite they take turns anyway. */
const READS_AT_ONCE = databaseKind === 'mysql' ? 2 : 1;

/** Bytes or a number that rows are found by. */
export type LookupKey = Buffer | number;

/** A statement that reads the rows of several keys. */
export interface KeyedStatement {
  /** As far as the list of keys; each row has its own as `lookup_key`. Asked for at the first read. */
  readonly head: () => string;
  /** What comes after the list. */
  readonly tail?: string;
  /** The parameters of that, made for each read. */
  readonly tailParameters?: () => readonly Parameter[];
  /** Rows of another shape that are read along, as many columns as in `head`; as far as the list of keys, too. */
  readonly along?: () => string;
}

/**
 * Rows by a key. What is looked for while a read is under way is read together, by the next one: with many requests at
 * the same time it takes fewer statements, and what is found is never older than the question.
 */
export class Lookup<Key extends LookupKey> {
  private readonly reads: Batcher<Key, readonly ObjectLiteral[]>;
  /** By how many keys they list. */
  private readonly texts = new Map<number, string>();

  constructor(
    private readonly database: Pick<Database, 'select'>,
    private readonly statement: KeyedStatement,
  ) {
    this.reads = new Batcher({
      run: (keys) => this.readAll(keys),
      runAlone: async (key) => (await this.readAll([key]))[0] ?? [],
      largest: LARGEST_READ,
      atOnce: READS_AT_ONCE,
    });
  }

  /** The rows of a key, as `Database.select` gives them. They may be another request's too: they are not to be changed. */
  find(key: Key): Promise<readonly ObjectLiteral[]> {
    return this.reads.add(key);
  }

  private async readAll(keys: readonly Key[]): Promise<readonly (readonly ObjectLiteral[])[]> {
    const { places, listed } = listOf<Key>(keys, listSizeFor(keys.length));
    const sql = this.texts.get(listed.length) ?? this.textWith(places);
    this.texts.set(listed.length, sql);
    const { tailParameters, along } = this.statement;
    const rows = await this.database.select(sql, [...listed, ...(tailParameters?.() ?? []), ...(along ? listed : [])]);
    return keys.map((key) => rows.filter((row) => isEqual(key, row['lookup_key'])));
  }

  private textWith(places: string): string {
    const { head, tail = '', along } = this.statement;
    const sql = `${head()} IN (${places})${tail}`;
    return along ? `${sql} UNION ALL ${along()} IN (${places})` : sql;
  }
}

function isEqual(key: LookupKey, found: unknown): boolean {
  return typeof key === 'number' ? Number(found) === key : Buffer.isBuffer(found) && key.equals(found);
}
