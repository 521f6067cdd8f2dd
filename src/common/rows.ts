import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { RowShape } from './row-shape.js';

/** Some members of an entity, for reads that need no more: made once for all of them. */
export interface EntityPart<E extends ObjectLiteral, Name extends keyof E & string> {
  readonly entity: EntityTarget<E>;
  readonly members: readonly Name[];
}

/** How entities stand in rows of our own statements; worked out once for each of them. */
export class Rows {
  /** By the entity or the part of one. */
  private readonly shapes = new Map<unknown, RowShape>();

  constructor(private readonly source: DataSource) {}

  /** The entity that a row of `select` holds, `packed` under that alias. */
  hydrate<E extends ObjectLiteral>(entity: EntityTarget<E>, row: ObjectLiteral, alias: string): E {
    return this.shapeOf(entity).hydrate(row[alias]) as E;
  }

  /** As `packed`, of some members alone. */
  packedPart<E extends ObjectLiteral, Name extends keyof E & string>(part: EntityPart<E, Name>, alias: string): string {
    return this.shapeOf(part.entity, part).packed(alias);
  }

  /** What a row of `select` holds, packed by `packedPart`. */
  hydratePart<E extends ObjectLiteral, Name extends keyof E & string>(
    part: EntityPart<E, Name>,
    row: ObjectLiteral,
    alias: string,
  ): Pick<E, Name> {
    return this.shapeOf(part.entity, part).hydrate(row[alias]) as Pick<E, Name>;
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

  private shapeOf(entity: EntityTarget<ObjectLiteral>, part?: { readonly members: readonly string[] }): RowShape {
    const shape = this.shapes.get(part ?? entity) ?? new RowShape(this.source, entity, part?.members);
    this.shapes.set(part ?? entity, shape);
    return shape;
  }
}
