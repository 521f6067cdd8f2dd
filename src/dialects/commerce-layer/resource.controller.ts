import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  UseFilters,
  type Type,
} from '@nestjs/common';
import { JSON_API, JsonApiFault, type SingleDocument } from '#lib/json-api';
import { Allow, CallerFrom, CurrentCaller, type Caller } from '../../access/index.js';
import { CommerceLayerCaller } from './commerce-layer.caller.js';
import { methodNotAllowed } from './commerce-layer.errors.js';
import { CommerceLayerFilter } from './commerce-layer.filter.js';
import type { Action, AnyResource, ResourceDeclaration } from './commerce-layer.resource.js';
import { RelationshipEndpoint } from './relationship.endpoint.js';
import { ResourceEndpoint } from './resource.endpoint.js';
import type { Collection, ResourceRequest } from './resource.reader.js';

/**
 * The routes of a resource. Every resource has all of them: what its declaration leaves out is refused as a method,
 * after the token was looked at.
 */
// eslint-disable-next-line max-lines-per-function -- a class within a function, because its decorators depend on the resource
export function resourceController(declaration: ResourceDeclaration, provider: Type<AnyResource>): Type {
  const { type, access } = declaration;
  const allow = (action: Action): MethodDecorator => Allow(...(access[action] ?? (['public'] as const)));

  @Controller(`api/${type}`)
  @CallerFrom(CommerceLayerCaller)
  @UseFilters(CommerceLayerFilter)
  class ResourceController {
    constructor(
      @Inject(provider) private readonly resource: AnyResource,
      private readonly endpoint: ResourceEndpoint,
      private readonly relationships: RelationshipEndpoint,
    ) {}

    @allow('list')
    @Header('Content-Type', JSON_API)
    @Get()
    list(@Query() query: object, @CurrentCaller() caller: Caller): Promise<Collection> {
      return this.endpoint.list(this.opened('list', query, caller));
    }

    @allow('create')
    @Header('Content-Type', JSON_API)
    @Post()
    create(@Query() query: object, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<SingleDocument> {
      return this.endpoint.create(this.opened('create', query, caller), body);
    }

    @allow('retrieve')
    @Header('Content-Type', JSON_API)
    @Get(':id')
    retrieve(
      @Query() query: object,
      @CurrentCaller() caller: Caller,
      @Param('id') id: string,
    ): Promise<SingleDocument> {
      return this.endpoint.retrieve(this.opened('retrieve', query, caller), id);
    }

    @allow('update')
    @Header('Content-Type', JSON_API)
    @Patch(':id')
    update(
      @Query() query: object,
      @CurrentCaller() caller: Caller,
      @Param('id') id: string,
      @Body() body: unknown,
    ): Promise<SingleDocument> {
      return this.endpoint.update(this.opened('update', query, caller), id, body);
    }

    @allow('remove')
    @HttpCode(204)
    @Delete(':id')
    remove(@Query() query: object, @CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
      return this.endpoint.remove(this.opened('remove', query, caller), id);
    }

    @allow('retrieve')
    @Header('Content-Type', JSON_API)
    @Get(':id/:relationship')
    related(
      @Query() query: object,
      @CurrentCaller() caller: Caller,
      @Param() { id, relationship }: RelationshipPath,
    ): Promise<SingleDocument | Collection> {
      return this.relationships.related(this.opened('retrieve', query, caller), id, relationship);
    }

    @allow('retrieve')
    @Header('Content-Type', JSON_API)
    @Get(':id/relationships/:relationship')
    linkage(
      @Query() query: object,
      @CurrentCaller() caller: Caller,
      @Param() { id, relationship }: RelationshipPath,
    ): Promise<object> {
      return this.relationships.linkage(this.opened('retrieve', query, caller), id, relationship);
    }

    private opened(action: Action, query: object, caller: Caller): ResourceRequest {
      if (!access[action]) throw new JsonApiFault([methodNotAllowed]);
      return { resource: this.resource, query, caller };
    }
  }
  Object.defineProperty(ResourceController, 'name', { value: `CommerceLayer_${type}_controller` });
  return ResourceController;
}

/** The routes of a resource of which there is one record: it can be read, and whatever else is refused as a method. */
// eslint-disable-next-line max-lines-per-function -- as above
export function singletonController(
  { singlePath = '', access }: ResourceDeclaration,
  provider: Type<AnyResource>,
): Type {
  @Controller(`api/${singlePath}`)
  @CallerFrom(CommerceLayerCaller)
  @UseFilters(CommerceLayerFilter)
  class SingletonController {
    constructor(
      @Inject(provider) private readonly resource: AnyResource,
      private readonly endpoint: ResourceEndpoint,
    ) {}

    @Allow(...(access.retrieve ?? (['public'] as const)))
    @Header('Content-Type', JSON_API)
    @Get()
    retrieve(@Query() query: object, @CurrentCaller() caller: Caller): Promise<SingleDocument> {
      return this.endpoint.retrieve({ resource: this.resource, query, caller }, '');
    }

    @Allow('public')
    @Post()
    create(): never {
      throw new JsonApiFault([methodNotAllowed]);
    }

    @Allow('public')
    @Patch()
    update(): never {
      throw new JsonApiFault([methodNotAllowed]);
    }

    @Allow('public')
    @Delete()
    remove(): never {
      throw new JsonApiFault([methodNotAllowed]);
    }
  }
  Object.defineProperty(SingletonController, 'name', { value: `CommerceLayer_${singlePath}_controller` });
  return SingletonController;
}

interface RelationshipPath {
  readonly id: string;
  readonly relationship: string;
}
