import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { RowShape } from './row-shape.js';

/** How entities stand in rows of our own statements; worked out once for each of them and prefix. */
export class Rows {
  private readonly shapes = new Map<EntityTarget<ObjectLiteral>, Map<string, RowShape>>();

  constructor(private readonly source: DataSource) {}

  /** A row of `select` as entity; its columns are named `<prefix><column>`. */
  hydrate<E extends ObjectLiteral>(entity: EntityTarget<E>, row: ObjectLiteral, prefix: string): E {
    return this.shapeOf(entity, prefix).hydrate(row) as E;
  }

  tableOf(entity: EntityTarget<ObjectLiteral>): string {
    return this.source.getMetadata(entity).tableName;
  }

  /** The column of a property. @throws Error when there is none */
  columnOf(entity: EntityTarget<ObjectLiteral>, property: string): string {
    const column = this.source.getMetadata(entity).findColumnWithPropertyName(property);
    if (!column) throw new Error(`${this.tableOf(entity)} has no column for ${property}`);
    return column.databaseName;
  }

  /** Columns of an entity for the select list of `select`, aliased so that `hydrate` finds them. */
  columnsOf(entity: EntityTarget<ObjectLiteral>, alias: string, prefix: string): string {
    return this.shapeOf(entity, prefix).columns(alias);
  }

  private shapeOf(entity: EntityTarget<ObjectLiteral>, prefix: string): RowShape {
    const ofEntity = this.shapes.get(entity) ?? new Map<string, RowShape>();
    this.shapes.set(entity, ofEntity);
    const shape = ofEntity.get(prefix) ?? new RowShape(this.source, entity, prefix);
    ofEntity.set(prefix, shape);
    return shape;
  }
}
