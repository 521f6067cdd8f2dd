import { applyDecorators, Module, UseFilters, UseGuards } from '@nestjs/common';
import {
  ArgsType,
  InputType,
  InterfaceType,
  ObjectType,
  registerEnumType,
  Resolver,
  type ObjectTypeOptions,
  type ResolverTypeFn,
} from '@nestjs/graphql';
import { CallerFrom } from '../../access/index.js';
import { ShopifyCaller } from './shopify.caller.js';
import { ShopifyFilter } from './shopify.filter.js';
import { ShopifyScopes } from './shopify.scopes.js';

/** Marks what belongs to Shopify's schema: a type without it would leak into every other schema. */
@Module({})
export class ShopifySchema {}

const registerIn = (): typeof ShopifySchema => ShopifySchema;

export const ShopifyType = (name: string, options: ObjectTypeOptions = {}): ClassDecorator =>
  ObjectType(name, { ...options, registerIn });

export const ShopifyInput = (name: string): ClassDecorator => InputType(name, { registerIn });

export const ShopifyArguments = (): ClassDecorator => ArgsType();

export const ShopifyInterface = (name: string): ClassDecorator => InterfaceType(name, { registerIn });

export function shopifyEnum<T extends object>(name: string, values: T): T {
  registerEnumType(values, { name, registerIn });
  return values;
}

/** A resolver of this dialect: its callers are read, their scopes asked and its refusals worded as the vendor does. */
export const ShopifyResolver = (fieldsOf?: ResolverTypeFn): ClassDecorator =>
  applyDecorators(
    fieldsOf ? Resolver(fieldsOf) : Resolver(),
    CallerFrom(ShopifyCaller),
    UseGuards(ShopifyScopes),
    UseFilters(ShopifyFilter),
  );
