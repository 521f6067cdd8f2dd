import { Injectable } from '@nestjs/common';
import { identifierOf, JsonApiFault, member, type Filter, type Identifier, type SingleDocument } from '#lib/json-api';
import { notFound } from './commerce-layer.errors.js';
import type { AnyResource } from './commerce-layer.resource.js';
import { refuseUnseen, ResourceReader, type Collection, type ResourceRequest } from './resource.reader.js';

/** Types and ids of what a resource is related to. */
interface Linkage {
  readonly links: object;
  readonly data: Identifier | null | readonly Identifier[];
  readonly meta?: object;
}

/** A relationship of one record. `target` is null where nothing of that type is kept. */
interface Followed {
  readonly isMany: boolean;
  readonly inverse: string | undefined;
  readonly target: AnyResource | null;
}

/** What lies behind the links of a relationship. */
@Injectable()
export class RelationshipEndpoint {
  constructor(private readonly reader: ResourceReader) {}

  /** The related resource, or a page of those. */
  async related(request: ResourceRequest, id: string, name: string): Promise<SingleDocument | Collection> {
    const { resource, caller } = request;
    const { isMany, inverse, target } = this.follow(request, name);
    const path = `${resource.declaration.type}/${id}/${name}`;
    if (!target) {
      await this.reader.get(resource, id, caller);
      return isMany ? this.reader.emptyPage(request, path) : { data: null };
    }
    const there = { ...request, resource: target };
    if (!isMany) {
      const shape = this.reader.shapeOf(there);
      return this.reader.one(target, await this.one(request, id, name), shape, caller);
    }
    const asked = this.askedOf(there);
    await this.reader.get(resource, id, caller);
    const page = await this.reader.page(there, asked, { path, scope: scopeOf(inverse, id) });
    return this.reader.many(target, page, asked, caller);
  }

  async linkage(request: ResourceRequest, id: string, name: string): Promise<Linkage> {
    const { resource, caller } = request;
    const { isMany, inverse, target } = this.follow(request, name);
    const self = this.reader.linkTo(`${resource.declaration.type}/${id}`, caller);
    const path = `${resource.declaration.type}/${id}/relationships/${name}`;
    const links = { self: `${self}/relationships/${name}`, related: `${self}/${name}` };
    if (!target || !isMany) {
      const one = await this.one(request, id, name);
      return { links, data: isMany ? [] : target && one !== null ? identifierOf(target, one) : null };
    }
    const there = { ...request, resource: target };
    const asked = this.askedOf(there);
    await this.reader.get(resource, id, caller);
    const page = await this.reader.page(there, asked, { path, scope: scopeOf(inverse, id) });
    return {
      links: { ...links, ...page.links },
      data: page.rows.map((row) => identifierOf(target, row)),
      meta: page.meta,
    };
  }

  private askedOf(request: ResourceRequest): ReturnType<ResourceReader['askedOf']> {
    const asked = this.reader.askedOf(request);
    if (!request.resource.declaration.oldestFirst || asked.sort.length > 0) return asked;
    return { ...asked, sort: [{ path: ['created_at'], descending: false }] };
  }

  private follow({ resource, caller }: ResourceRequest, name: string): Followed {
    const relationship = member(resource.declaration.relationships, name);
    if (!relationship) throw new JsonApiFault([notFound]);
    const target = this.reader.find(relationship.type);
    if (target) refuseUnseen(target, caller);
    return { isMany: relationship.isMany, inverse: relationship.inverse, target };
  }

  private async one({ resource, caller }: ResourceRequest, id: string, name: string): Promise<unknown> {
    const row = await this.reader.get(resource, id, caller);
    if (!this.reader.find(member(resource.declaration.relationships, name)?.type ?? '')) return null;
    const [[one = null] = []] = await resource.related(name, [row], this.reader.contextOf(caller));
    return one;
  }
}

function scopeOf(inverse: string | undefined, id: string): Filter {
  if (inverse === undefined) return { any: [] };
  return { path: [inverse, 'id'], kind: 'text', operator: 'eq', value: id };
}
