import { applyDecorators, Module, UseFilters, UsePipes } from '@nestjs/common';
import {
  InputType,
  InterfaceType,
  ObjectType,
  registerEnumType,
  Resolver,
  type InterfaceTypeOptions,
  type ObjectTypeOptions,
  type ResolverTypeFn,
} from '@nestjs/graphql';
import { CallerFrom } from '../../access/index.js';
import { AdobeCaller } from './adobe.caller.js';
import { AdobeFilter } from './adobe.filter.js';
import { AdobeTextPipe } from './adobe.input.js';

/** Marks what belongs to Adobe's schema: a type without it would leak into every other schema. */
@Module({})
export class AdobeSchema {}

const registerIn = (): typeof AdobeSchema => AdobeSchema;

export const AdobeType = (name: string, options: ObjectTypeOptions = {}): ClassDecorator =>
  ObjectType(name, { ...options, registerIn });

export const AdobeInput = (name: string): ClassDecorator => InputType(name, { registerIn });

export const AdobeInterface = (name: string, options: InterfaceTypeOptions): ClassDecorator =>
  InterfaceType(name, { ...options, registerIn });

export function adobeEnum<T extends object>(name: string, values: T): T {
  registerEnumType(values, { name, registerIn });
  return values;
}

/** A resolver of this dialect: its callers are read and its refusals worded as the vendor does. */
export const AdobeResolver = (fieldsOf?: ResolverTypeFn): ClassDecorator =>
  applyDecorators(
    fieldsOf ? Resolver(fieldsOf) : Resolver(),
    CallerFrom(AdobeCaller),
    UseFilters(AdobeFilter),
    UsePipes(AdobeTextPipe),
  );
