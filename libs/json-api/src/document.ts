import type { Shape, IncludeTree } from './query.js';
import { member, type ResourceType, type ResourceTypes } from './resource-type.js';

/** A resource as it is shown. */
export interface ResourceObject {
  readonly id: string;
  readonly type: string;
  readonly links: { readonly self: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, RelationshipObject | null>>;
  readonly meta: object;
}

export interface Identifier {
  readonly type: string;
  readonly id: string;
}

export interface RelationshipObject {
  readonly links: { readonly self: string; readonly related: string };
  readonly data?: Identifier | readonly Identifier[] | null;
}

/** Where an answer is given: the base of all links, and what every resource's `meta` says. */
export interface Surroundings {
  readonly base: string;
  readonly meta: object;
}

type AnyType<Context> = ResourceType<unknown, Context>;
/** What a row is related to, by the names of included relationships; shared by all mentions of the row. */
type Linkage = Map<string, readonly Identifier[]>;

interface Entry<Context> {
  readonly resource: AnyType<Context>;
  readonly row: unknown;
  readonly linkage: Linkage;
}

/**
 * Writes documents: the primary data and, flat and each once, what is included. Relationships are followed for all rows
 * of a level at once. (The published serializers build a document of objects that already hold each other; none loads a
 * level at a time, words links and `meta` as this vendor does, or knows which fields a declaration lets out.)
 */
export class DocumentWriter<Context extends Surroundings> {
  private readonly entries = new Map<string, Entry<Context>>();

  constructor(
    private readonly types: ResourceTypes<Context>,
    private readonly shape: Shape,
    private readonly context: Context,
  ) {}

  async one(resource: AnyType<Context>, row: unknown): Promise<SingleDocument> {
    const [data = null] = row === null ? [] : await this.primary(resource, [row]);
    return { data, ...this.included(data ? [data] : []) };
  }

  async many(resource: AnyType<Context>, rows: readonly unknown[]): Promise<CollectionDocument> {
    const data = await this.primary(resource, rows);
    return { data, ...this.included(data) };
  }

  private async primary(resource: AnyType<Context>, rows: readonly unknown[]): Promise<ResourceObject[]> {
    const entries = await this.follow(resource, rows, this.shape.include);
    return entries.map((entry) => this.shown(entry));
  }

  /** Enters rows, and what the tree leads to from them. */
  private async follow(
    resource: AnyType<Context>,
    rows: readonly unknown[],
    tree: IncludeTree,
  ): Promise<Entry<Context>[]> {
    const entries = rows.map((row) => this.entryOf(resource, row));
    for (const [name, branch] of Object.entries(tree)) {
      const relationship = member(resource.declaration.relationships, name);
      const target = relationship ? this.types.find(relationship.type) : null;
      const found = target && rows.length > 0 ? await this.related(resource, name, target, rows) : [];
      entries.forEach(({ linkage }, at) => {
        linkage.set(name, target ? (found[at] ?? []).map((row) => identifierOf(target, row)) : []);
      });
      if (target) await this.follow(target, distinct(target, found.flat()), branch);
    }
    return entries;
  }

  private related(
    resource: AnyType<Context>,
    name: string,
    target: AnyType<Context>,
    rows: readonly unknown[],
  ): Promise<readonly (readonly unknown[])[]> {
    if (!target.about) return resource.related(name, rows, this.context);
    const ids = rows.map((row) => resource.idOf(row));
    return target.about(ids, this.context);
  }

  private entryOf(resource: AnyType<Context>, row: unknown): Entry<Context> {
    const key = `${resource.declaration.type} ${resource.idOf(row)}`;
    const entry = this.entries.get(key) ?? { resource, row, linkage: new Map() };
    this.entries.set(key, entry);
    return entry;
  }

  private included(data: readonly ResourceObject[]): { included?: readonly ResourceObject[] } {
    if (Object.keys(this.shape.include).length === 0) return {};
    const primary = new Set(data.map(({ type, id }) => `${type} ${id}`));
    const others = [...this.entries].filter(([key]) => !primary.has(key));
    return { included: others.map(([, entry]) => this.shown(entry)) };
  }

  private shown({ resource, row, linkage }: Entry<Context>): ResourceObject {
    const { type, attributes, singlePath } = resource.declaration;
    const id = resource.idOf(row);
    const self = `${this.context.base}/${singlePath ?? `${type}/${id}`}`;
    const only = this.shape.fields.get(type);
    const values = Object.entries(resource.attributesOf(row, this.context)).filter(
      ([name]) => member(attributes, name)?.flags.includes('F') === true && (only?.has(name) ?? true),
    );
    const relationships = this.relationshipsOf(resource, self, linkage, only);
    return {
      ...{ id, type, links: { self }, attributes: Object.fromEntries(values) },
      ...(Object.keys(relationships).length > 0 ? { relationships } : {}),
      meta: this.context.meta,
    };
  }

  private relationshipsOf(
    { declaration }: AnyType<Context>,
    self: string,
    linkage: Linkage,
    only: ReadonlySet<string> | undefined,
  ): Readonly<Record<string, RelationshipObject>> {
    const names = Object.entries(declaration.relationships).filter(
      ([name, { flags }]) => !flags.includes('V') && (only?.has(name) ?? true),
    );
    return Object.fromEntries(
      names.map(([name, { isMany }]) => {
        const links = { self: `${self}/relationships/${name}`, related: `${self}/${name}` };
        const data = linkage.get(name);
        return [name, data ? { links, data: isMany ? data : (data[0] ?? null) } : { links }] as const;
      }),
    );
  }
}

export interface SingleDocument {
  readonly data: ResourceObject | null;
  readonly included?: readonly ResourceObject[];
}

export interface CollectionDocument {
  readonly data: readonly ResourceObject[];
  readonly included?: readonly ResourceObject[];
}

export function identifierOf<Context>(resource: AnyType<Context>, row: unknown): Identifier {
  return { type: resource.declaration.type, id: resource.idOf(row) };
}

function distinct<Context>(resource: AnyType<Context>, rows: readonly unknown[]): unknown[] {
  return [...new Map(rows.map((row) => [resource.idOf(row), row])).values()];
}
