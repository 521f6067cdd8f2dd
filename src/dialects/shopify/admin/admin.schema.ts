import { applyDecorators, Module, UseFilters, UseGuards } from '@nestjs/common';
import {
  InputType,
  InterfaceType,
  ObjectType,
  registerEnumType,
  Resolver,
  type InputTypeOptions,
  type ObjectTypeOptions,
  type ResolverTypeFn,
} from '@nestjs/graphql';
import { CallerFrom } from '../../../access/index.js';
import { ShopifyAdminCaller } from './admin.caller.js';
import { ShopifyAdminFilter } from './admin.filter.js';
import { ShopifyAdminScopes } from './admin.scopes.js';

/** Marks what belongs to the vendor's other schema: its types have the storefront's names and other members. */
@Module({})
export class ShopifyAdminSchema {}

const registerIn = (): typeof ShopifyAdminSchema => ShopifyAdminSchema;

export const AdminType = (name: string, options: ObjectTypeOptions = {}): ClassDecorator =>
  ObjectType(name, { ...options, registerIn });

export const AdminInput = (name: string, options: InputTypeOptions = {}): ClassDecorator =>
  InputType(name, { ...options, registerIn });

export const AdminInterface = (name: string): ClassDecorator => InterfaceType(name, { registerIn });

/** An enum whose values are what they are called. */
export function adminEnum(name: string, names: readonly string[]): Readonly<Record<string, string>> {
  const values = Object.fromEntries(names.map((value) => [value, value]));
  registerEnumType(values, { name, registerIn });
  return values;
}

/** A resolver of this surface: its callers are read, their scopes asked and its refusals worded as the vendor does. */
export const AdminResolver = (fieldsOf?: ResolverTypeFn): ClassDecorator =>
  applyDecorators(
    fieldsOf ? Resolver(fieldsOf) : Resolver(),
    CallerFrom(ShopifyAdminCaller),
    UseGuards(ShopifyAdminScopes),
    UseFilters(ShopifyAdminFilter),
  );
