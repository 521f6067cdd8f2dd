import { applyDecorators, Module, UseFilters, UsePipes } from '@nestjs/common';
import { InputType, ObjectType, Resolver, type ResolverTypeFn } from '@nestjs/graphql';
import { CallerFrom } from '../../access/index.js';
import { CommonGroundAdminCaller, CommonGroundClientCaller } from './common-ground.caller.js';
import { adminErrors, clientErrors } from './common-ground.errors.js';
import { CommonGroundFilter } from './common-ground.filter.js';
import { CommonGroundTextPipe } from './common-ground.input.js';

/** Marks what belongs to the admin surface's schema: a type without it would leak into every other schema. */
@Module({})
export class CommonGroundAdminSchema {}

/** The same for the client surface. */
@Module({})
export class CommonGroundClientSchema {}

export const AdminType = (name: string): ClassDecorator =>
  ObjectType(name, { registerIn: () => CommonGroundAdminSchema });

export const ClientType = (name: string): ClassDecorator =>
  ObjectType(name, { registerIn: () => CommonGroundClientSchema });

export const AdminInput = (name: string): ClassDecorator =>
  InputType(name, { registerIn: () => CommonGroundAdminSchema });

export const ClientInput = (name: string): ClassDecorator =>
  InputType(name, { registerIn: () => CommonGroundClientSchema });

/** A resolver of the admin surface: its callers are read and its refusals worded as there. */
export const AdminResolver = (fieldsOf?: ResolverTypeFn): ClassDecorator =>
  applyDecorators(
    fieldsOf ? Resolver(fieldsOf) : Resolver(),
    CallerFrom(CommonGroundAdminCaller),
    UseFilters(new CommonGroundFilter(adminErrors)),
    UsePipes(CommonGroundTextPipe),
  );

/** A resolver of the client surface. */
export const ClientResolver = (fieldsOf?: ResolverTypeFn): ClassDecorator =>
  applyDecorators(
    fieldsOf ? Resolver(fieldsOf) : Resolver(),
    CallerFrom(CommonGroundClientCaller),
    UseFilters(new CommonGroundFilter(clientErrors)),
    UsePipes(CommonGroundTextPipe),
  );
