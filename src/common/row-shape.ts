import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

const BINARY = new Set<unknown>(['blob', 'binary', 'varbinary']);
/** Types whose values JSON gives as the entity has them. */
const PLAIN = new Set<unknown>(['varchar', 'int']);

type Read = (value: unknown) => unknown;
type Fill = (entity: ObjectLiteral, value: unknown) => void;

/**
 * How the columns of an entity stand in rows of our own statements, worked out once: hot reads fill entities by it.
 *
 * All of them are read as one JSON array. MariaDB names and describes each column of each answer anew, and the driver
 * reads that: for a token with its customer, 49 columns, it nearly doubles what the read costs a process.
 */
export class RowShape {
  private readonly fills: readonly Fill[];
  private readonly lists = new Map<string, string>();
  private readonly columns: readonly ColumnMetadata[];
  private readonly create: () => ObjectLiteral;

  /** @param members in place of all that is always read of it */
  constructor(source: DataSource, entity: EntityTarget<ObjectLiteral>, members?: readonly string[]) {
    const metadata = source.getMetadata(entity);
    const columns = metadata.columns.filter((column) => column.isSelect);
    this.columns = members ? members.map((name) => columnIn(columns, name)) : columns;
    this.fills = this.columns.map((column) => fillOf(column, readerOf(source, column)));
    this.create = members ? () => ({}) : () => metadata.create() as ObjectLiteral;
  }

  /** The columns as one, named as the table is in the statement. */
  packed(alias: string): string {
    const values = (): string => this.columns.map((column) => inJson(column, alias)).join(', ');
    const list = this.lists.get(alias) ?? `JSON_ARRAY(${values()}) AS ${alias}`;
    this.lists.set(alias, list);
    return list;
  }

  /** The entity, or the part of it, with the values of a packed column; some drivers give it parsed, some as text. */
  hydrate(packed: unknown): ObjectLiteral {
    const values = (typeof packed === 'string' ? JSON.parse(packed) : packed) as readonly unknown[];
    const entity = this.create();
    for (let at = 0; at < this.fills.length; at += 1) this.fills[at]?.(entity, values[at]);
    return entity;
  }
}

function columnIn(columns: readonly ColumnMetadata[], name: string): ColumnMetadata {
  const column = columns.find(({ propertyName }) => propertyName === name);
  if (!column) throw new Error(`${name} is not a column that is read`);
  return column;
}

/** JSON has no bytes. SQLite's HEX of nothing is a text. */
function inJson({ databaseName, type, isNullable }: ColumnMetadata, alias: string): string {
  const name = `${alias}.\`${databaseName}\``;
  if (!BINARY.has(type)) return name;
  return isNullable ? `CASE WHEN ${name} IS NULL THEN NULL ELSE HEX(${name}) END` : `HEX(${name})`;
}

function fillOf(column: ColumnMetadata, read: Read | null): Fill {
  const { propertyName, embeddedMetadata } = column;
  if (embeddedMetadata) {
    return (entity, value) => {
      column.setEntityValue(entity, read ? read(value) : value);
    };
  }
  if (!read) {
    return (entity, value) => {
      entity[propertyName] = value;
    };
  }
  return (entity, value) => {
    entity[propertyName] = read(value);
  };
}

/** How a value in JSON becomes the entity's; null: it is the entity's. */
function readerOf({ driver }: DataSource, column: ColumnMetadata): Read | null {
  const { type, transformer } = column;
  if (PLAIN.has(type) && !transformer) return null;
  if (BINARY.has(type)) return (value) => (typeof value === 'string' ? Buffer.from(value, 'hex') : null);
  if (type === 'datetime') return (value) => (typeof value === 'string' ? timeOf(value) : null);
  return (value) => driver.prepareHydratedValue(value, column) as unknown;
}

/** Times are stored in UTC, as `2026-01-31 12:00:00.000`. */
function timeOf(text: string): Date {
  return new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`);
}
