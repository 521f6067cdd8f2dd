import { Injectable } from '@nestjs/common';
import {
  DocumentWriter,
  JsonApiFault,
  member,
  pageLinks,
  readList,
  readShape,
  type CollectionDocument,
  type Filter,
  type IncludeTree,
  type ListQuery,
  type Shape,
  type SingleDocument,
} from '#lib/json-api';
import { isAllowed, type Caller } from '../../access/index.js';
import type { Counted } from '../../common/criteria.js';
import { DomainError } from '../../common/domain-error.js';
import { Config } from '../../config/index.js';
import { methodNotAllowed, notFound } from './commerce-layer.errors.js';
import { contextOf } from './commerce-layer.mapper.js';
import { isIntegration, type AnswerContext, type AnyResource } from './commerce-layer.resource.js';
import { ResourceRegistry } from './resource.registry.js';

/** A request about one resource type. */
export interface ResourceRequest {
  readonly resource: AnyResource;
  /** The parameters of the URL. */
  readonly query: object;
  readonly caller: Caller;
}

/** A page with what is said about it. */
export interface Paged extends Counted<unknown> {
  readonly meta: { readonly record_count: number; readonly page_count: number };
  readonly links: object;
}

export type Collection = CollectionDocument & Pick<Paged, 'meta' | 'links'>;

/** Which rows a page is of, and where it is found. */
interface PageTerms {
  /** The path of the list below the base, for its links. */
  readonly path: string;
  /** What the rows must be, whatever was asked for. */
  readonly scope?: Filter;
}

/** Reads records and pages of them as far as a caller may see, and shows them. */
@Injectable()
export class ResourceReader {
  constructor(
    private readonly resources: ResourceRegistry,
    private readonly config: Config,
  ) {}

  find(type: string): AnyResource | null {
    return this.resources.find(type);
  }

  contextOf(caller: Caller): AnswerContext {
    return contextOf(this.config, caller);
  }

  /** @throws JsonApiFault; DomainError NOT_ALLOWED for what the caller may not see */
  shapeOf({ resource, query, caller }: ResourceRequest): Shape {
    const shape = readShape(query, resource.declaration, this.resources);
    this.refuseHidden(shape.include, resource, caller);
    return shape;
  }

  /** @throws JsonApiFault; DomainError NOT_ALLOWED for what the caller may not see */
  askedOf({ resource, query, caller }: ResourceRequest): Shape & ListQuery {
    const asked = readList(query, resource.declaration, this.resources);
    this.refuseHidden(asked.include, resource, caller);
    return asked;
  }

  /**
   * The record of that id. Who may not see all is refused in one way, whether it exists or not (SEC-65, SEC-77).
   *
   * @throws JsonApiFault; DomainError NOT_ALLOWED
   */
  async get(resource: AnyResource, id: string, caller: Caller): Promise<unknown> {
    const row = await resource.find(id, caller);
    if (row !== null) return row;
    if (isIntegration(caller)) throw new JsonApiFault([notFound]);
    throw new DomainError('NOT_ALLOWED');
  }

  one(resource: AnyResource, row: unknown, shape: Shape, caller: Caller): Promise<SingleDocument> {
    return this.writer(shape, caller).one(resource, row);
  }

  async many(resource: AnyResource, page: Paged, shape: Shape, caller: Caller): Promise<Collection> {
    const document = await this.writer(shape, caller).many(resource, page.rows);
    return { ...document, meta: page.meta, links: page.links };
  }

  async page(
    { resource, query, caller }: ResourceRequest,
    asked: ListQuery,
    { path, scope }: PageTerms,
  ): Promise<Paged> {
    if (!resource.list) throw new JsonApiFault([methodNotAllowed]);
    const filter = scope ? { all: [scope, asked.filter] } : asked.filter;
    const found = await resource.list({ ...asked, filter }, caller);
    return { ...found, ...this.about(found.total, { query, caller, path, page: asked.page }) };
  }

  /** A page of a list in which there is never anything. */
  emptyPage({ caller }: ResourceRequest, path: string): Collection {
    return { data: [], ...this.about(0, { query: {}, caller, path, page: { number: 1, size: 10 } }) };
  }

  linkTo(path: string, caller: Caller): string {
    return `${this.contextOf(caller).base}/${path}`;
  }

  private about(
    total: number,
    { query, caller, path, page }: Pick<ResourceRequest, 'query' | 'caller'> & PageTerms & Pick<ListQuery, 'page'>,
  ): Pick<Paged, 'meta' | 'links'> {
    const meta = { record_count: total, page_count: Math.ceil(total / page.size) };
    return { meta, links: pageLinks(this.linkTo(path, caller), query, page, total) };
  }

  private writer(shape: Shape, caller: Caller): DocumentWriter<AnswerContext> {
    return new DocumentWriter(this.resources, shape, this.contextOf(caller));
  }

  private refuseHidden(tree: IncludeTree, { declaration }: AnyResource, caller: Caller): void {
    for (const [name, branch] of Object.entries(tree)) {
      const relationship = member(declaration.relationships, name);
      const target = relationship ? this.resources.find(relationship.type) : null;
      if (!target) continue;
      refuseUnseen(target, caller);
      this.refuseHidden(branch, target, caller);
    }
  }
}

/** @throws DomainError NOT_ALLOWED for a type of which the caller may see no record */
export function refuseUnseen({ declaration: { access } }: AnyResource, caller: Caller): void {
  if (access.retrieve && !isAllowed(access.retrieve, caller)) throw new DomainError('NOT_ALLOWED');
}
