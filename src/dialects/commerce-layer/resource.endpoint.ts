import { Injectable } from '@nestjs/common';
import { JsonApiFault, readWritten, type SingleDocument } from '#lib/json-api';
import type { Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import { methodNotAllowed } from './commerce-layer.errors.js';
import { isIntegration } from './commerce-layer.resource.js';
import { ResourceReader, type Collection, type ResourceRequest } from './resource.reader.js';

/** The five actions, the same for every resource. What is to be shown is read before anything is done. */
@Injectable()
export class ResourceEndpoint {
  constructor(private readonly reader: ResourceReader) {}

  async list(request: ResourceRequest): Promise<Collection> {
    const { resource, caller } = request;
    const asked = this.reader.askedOf(request);
    const page = await this.reader.page(request, asked, { path: resource.declaration.type });
    return this.reader.many(resource, page, asked, caller);
  }

  async retrieve(request: ResourceRequest, id: string): Promise<SingleDocument> {
    const { resource, caller } = request;
    const shape = this.reader.shapeOf(request);
    return this.reader.one(resource, await this.reader.get(resource, id, caller), shape, caller);
  }

  async create(request: ResourceRequest, body: unknown): Promise<SingleDocument> {
    const { resource, caller } = request;
    const shape = this.reader.shapeOf(request);
    const written = readWritten(body, resource.declaration, { restricted: () => refuseStranger(caller) });
    if (!resource.create) throw new JsonApiFault([methodNotAllowed]);
    return this.reader.one(resource, await resource.create(written, caller), shape, caller);
  }

  async update(request: ResourceRequest, id: string, body: unknown): Promise<SingleDocument> {
    const { resource, caller } = request;
    const shape = this.reader.shapeOf(request);
    const written = readWritten(body, resource.declaration, { id, restricted: () => refuseStranger(caller) });
    resource.admit?.(written, caller);
    const row = await this.reader.get(resource, id, caller);
    if (!resource.update) throw new JsonApiFault([methodNotAllowed]);
    return this.reader.one(resource, await resource.update(row, written, caller), shape, caller);
  }

  async remove(request: ResourceRequest, id: string): Promise<void> {
    const { resource, caller } = request;
    this.reader.shapeOf(request);
    const row = await this.reader.get(resource, id, caller);
    if (!resource.remove) throw new JsonApiFault([methodNotAllowed]);
    await resource.remove(row, caller);
  }
}

/** What trusted machines alone may send. */
function refuseStranger(caller: Caller): void {
  if (!isIntegration(caller)) throw new DomainError('NOT_ALLOWED');
}
