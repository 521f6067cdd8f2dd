import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService } from '@nestjs/core';
import { z } from 'zod';
import { DESCRIPTION, type Description } from './described.js';
import { Schemas, type JsonSchema } from './schemas.js';

/** A method of a controller. */
type Handler = (...parameters: never[]) => unknown;

/** What is the same for all operations of an API. */
export interface Api {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly server: string;
  /** What all paths begin with; it is left out of them, as it stands in `server`. */
  readonly base: string;
  /** Routes elsewhere are not of this API. */
  readonly within: string;
  readonly securitySchemes: Readonly<Record<string, object>>;
  /** Which of the schemes a handler wants, any of them; none: everybody may call it. */
  readonly schemesOf: (handler: Handler) => readonly string[];
  readonly refusal: { readonly type: string; readonly schema: z.ZodType };
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly owner: string;
  readonly name: string;
  readonly handler: Handler;
}

/** Every controller of the application. */
export function controllersOf(discovery: DiscoveryService): Type[] {
  return discovery.getControllers().flatMap(({ metatype }) => (metatype ? [metatype as Type] : []));
}

/** An OpenAPI 3.1 document of the routes of controllers, as they are declared. */
export function openApiOf(controllers: readonly Type[], api: Api): object {
  const schemas = new Schemas();
  const refusal = schemas.add(api.refusal.schema, 'output');
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operationsOf(controllers, api)) {
    const item = (paths[operation.path] ??= {});
    item[operation.method] = described(operation, schemas, api, refusal);
  }
  return {
    openapi: '3.1.1',
    info: { title: api.title, version: api.version, description: api.description },
    servers: [{ url: api.server }],
    paths,
    components: { schemas: schemas.all, securitySchemes: api.securitySchemes },
  };
}

function operationsOf(controllers: readonly Type[], { base, within }: Api): Operation[] {
  const operations = controllers.flatMap((controller) =>
    textsIn(PATH_METADATA, controller).flatMap((prefix) => handlersOf(controller, prefix)),
  );
  return operations
    .filter(({ path }) => path.startsWith(within))
    .map((operation) => ({ ...operation, path: operation.path.slice(base.length) }))
    .sort((one, other) => one.path.localeCompare(other.path) || one.method.localeCompare(other.method));
}

function handlersOf(controller: Type, prefix: string): Operation[] {
  const owner = controller.name.replace(/Controller$/, '');
  const members = Object.getOwnPropertyDescriptors(controller.prototype as object);
  return Object.entries(members).flatMap(([name, member]: [string, PropertyDescriptor]) => {
    const handler: unknown = member.value;
    if (!isHandler(handler)) return [];
    const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
    return textsIn(PATH_METADATA, handler).map((path) => ({
      path: joined(prefix, path),
      method: verb.toLowerCase(),
      owner,
      name,
      handler,
    }));
  });
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value);
}

function described(operation: Operation, schemas: Schemas, api: Api, refusal: JsonSchema): object {
  const { handler, owner, name, method, path } = operation;
  const description = Reflect.getMetadata(DESCRIPTION, handler) as Description | undefined;
  const schemes = api.schemesOf(handler);
  const status =
    (Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined) ?? (method === 'post' ? 201 : 200);
  return {
    operationId: `${owner}_${name}`,
    tags: [owner],
    ...(description ? { summary: description.summary } : {}),
    ...(description?.details ? { description: description.details } : {}),
    parameters: [...pathParameters(path, description, schemas), ...otherParameters(description, schemas)],
    ...(description?.body
      ? { requestBody: { required: true, content: json(schemas.add(description.body, 'input')) } }
      : {}),
    responses: {
      [String(status)]: answer(description, schemas),
      default: { description: 'The request is refused.', content: { [api.refusal.type]: { schema: refusal } } },
    },
    security: schemes.map((scheme) => ({ [scheme]: [] })),
  };
}

function answer(description: Description | undefined, schemas: Schemas): object {
  if (!description?.answer) return { description: 'Done; there is no body.' };
  return { description: 'What was asked for.', content: json(schemas.add(description.answer, 'output')) };
}

function pathParameters(path: string, description: Description | undefined, schemas: Schemas): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: schemas.add(description?.path?.[name] ?? z.string(), 'input'),
  }));
}

function otherParameters(description: Description | undefined, schemas: Schemas): object[] {
  const places = { query: description?.query?.shape ?? {}, header: description?.headers?.shape ?? {} };
  return Object.entries(places).flatMap(([place, shape]) =>
    Object.entries<z.ZodType>(shape).map(([name, schema]) => ({
      name,
      in: place,
      required: !schema.safeParse(undefined).success,
      schema: schemas.add(schema, 'input'),
    })),
  );
}

function json(schema: JsonSchema): object {
  return { 'application/json': { schema } };
}

function textsIn(key: string, target: object): string[] {
  return [(Reflect.getMetadata(key, target) as string | string[] | undefined) ?? []].flat();
}

/** Nest's path as OpenAPI writes it: `/customers/{id}`. */
function joined(...parts: readonly string[]): string {
  const path = parts.flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${path.map((part) => part.replace(/^:(\w+)$/, '{$1}')).join('/')}`;
}
