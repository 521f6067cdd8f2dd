import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { RowShape } from './row-shape.js';

/** Some members of an entity, for reads that need no more: made once for all of them. */
export interface EntityPart<E extends ObjectLiteral, Name extends keyof E & string> {
  readonly entity: EntityTarget<E>;
  readonly members: readonly Name[];
}

/** How entities stand in rows of our own statements; worked out once for each of them. */
export class Rows {
  private readonly shapes = new Map<EntityTarget<ObjectLiteral>, RowShape>();
  private readonly parts = new WeakMap<object, RowShape>();

  constructor(private readonly source: DataSource) {}

  /** The entity that a row of `select` holds, `packed` under that alias. */
  hydrate<E extends ObjectLiteral>(entity: EntityTarget<E>, row: ObjectLiteral, alias: string): E {
    return this.shapeOf(entity).hydrate(row[alias]) as E;
  }

  /** As `packed`, of some members alone. */
  packedPart<E extends ObjectLiteral, Name extends keyof E & string>(part: EntityPart<E, Name>, alias: string): string {
    return this.shapeOfPart(part).packed(alias);
  }

  /** What a row of `select` holds, packed by `packedPart`. */
  hydratePart<E extends ObjectLiteral, Name extends keyof E & string>(
    part: EntityPart<E, Name>,
    row: ObjectLiteral,
    alias: string,
  ): Pick<E, Name> {
    return this.shapeOfPart(part).hydrate(row[alias]) as Pick<E, Name>;
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

  /** All that an entity needs, for the select list of `select`, named as its table is there, so that `hydrate` finds it. */
  packed(entity: EntityTarget<ObjectLiteral>, alias: string): string {
    return this.shapeOf(entity).packed(alias);
  }

  private shapeOf(entity: EntityTarget<ObjectLiteral>): RowShape {
    const shape = this.shapes.get(entity) ?? new RowShape(this.source, entity);
    this.shapes.set(entity, shape);
    return shape;
  }

  private shapeOfPart<E extends ObjectLiteral, Name extends keyof E & string>(part: EntityPart<E, Name>): RowShape {
    const shape = this.parts.get(part) ?? new RowShape(this.source, part.entity, part.members);
    this.parts.set(part, shape);
    return shape;
  }
}
