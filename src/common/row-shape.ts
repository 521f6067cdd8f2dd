import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

/** Types that a driver's value of goes into the entity as it is. */
const PLAIN = new Set<unknown>(['varchar', 'int']);

type Row = Readonly<Record<string, unknown>>;
type Fill = (entity: ObjectLiteral, row: Row) => void;

/** How the columns of an entity stand in rows of our own statements, worked out once: hot reads fill entities by it. */
export class RowShape {
  private readonly fills: readonly Fill[];
  private readonly lists = new Map<string, string>();
  private readonly names: readonly string[];
  private readonly create: () => ObjectLiteral;

  /** @param prefix what the names of the row's columns begin with */
  constructor(
    source: DataSource,
    entity: EntityTarget<ObjectLiteral>,
    private readonly prefix: string,
  ) {
    const metadata = source.getMetadata(entity);
    const columns = metadata.columns.filter((column) => column.isSelect);
    this.names = columns.map(({ databaseName }) => databaseName);
    this.fills = columns.map((column) => fillOf(source, column, prefix + column.databaseName));
    this.create = () => metadata.create() as ObjectLiteral;
  }

  /** The select list. */
  columns(alias: string): string {
    const list =
      this.lists.get(alias) ?? this.names.map((name) => `${alias}.\`${name}\` AS ${this.prefix}${name}`).join(', ');
    this.lists.set(alias, list);
    return list;
  }

  /** An entity with the row's values. */
  hydrate(row: ObjectLiteral): ObjectLiteral {
    const entity = this.create();
    for (const fill of this.fills) fill(entity, row);
    return entity;
  }
}

function fillOf({ driver }: DataSource, column: ColumnMetadata, name: string): Fill {
  const { propertyName, embeddedMetadata } = column;
  if (embeddedMetadata) {
    return (entity, row) => {
      column.setEntityValue(entity, driver.prepareHydratedValue(row[name], column));
    };
  }
  if (PLAIN.has(column.type) && !column.transformer) {
    return (entity, row) => {
      entity[propertyName] = row[name];
    };
  }
  return (entity, row) => {
    entity[propertyName] = driver.prepareHydratedValue(row[name], column) as unknown;
  };
}
