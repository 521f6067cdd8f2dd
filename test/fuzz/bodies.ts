import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Declaration } from '../../libs/json-api/src/index.js';
import { hostileJson, hostileText, maybe, type Draw } from './hostile.js';
import type { World } from './callers.js';

/** What of JSON Schema our documents use. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const MAX_DEPTH = 6;

/** The bodies that an OpenAPI document describes, valid ones with something wrong here and there. */
export class DescribedBodies {
  private readonly document: Described;

  constructor(name: string) {
    this.document = JSON.parse(
      readFileSync(join(process.cwd(), 'test/schema/printed', `${name}.openapi.json`), 'utf8'),
    ) as Described;
  }

  /** Null where the path takes no body. */
  schemaOf(path: string, method: string): Schema | null {
    const operation = this.document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    return Object.values(operation?.requestBody?.content ?? {})[0]?.schema ?? null;
  }

  make(schema: Schema, draw: Draw, world: World): unknown {
    return maybe(draw, this.good(schema, draw, world, MAX_DEPTH));
  }

  private good(schema: Schema, draw: Draw, world: World, depth: number): unknown {
    if (schema.$ref !== undefined) {
      const named = this.document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
      return named && depth > 0 ? this.good(named, draw, world, depth - 1) : {};
    }
    if (schema.enum) return draw(fc.constantFrom(...schema.enum));
    if (schema.anyOf) return this.good(draw(fc.constantFrom(...schema.anyOf)), draw, world, depth);
    if (schema.properties) return this.object(schema.properties, draw, world, depth);
    const type = [schema.type ?? 'object'].flat()[0];
    if (type === 'array') {
      return Array.from({ length: draw(fc.integer({ min: 0, max: 2 })) }, () =>
        maybe(draw, this.good(schema.items ?? {}, draw, world, depth - 1)),
      );
    }
    return scalarOf(type, '', draw, world);
  }

  private object(properties: NonNullable<Schema['properties']>, draw: Draw, world: World, depth: number): unknown {
    const made: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(properties)) {
      if (draw(fc.integer({ min: 0, max: 2 })) === 0) continue;
      const isPlain = ['string', 'integer'].includes(String([schema.type].flat()[0]));
      const good = isPlain
        ? scalarOf(String([schema.type].flat()[0]), name, draw, world)
        : this.good(schema, draw, world, depth - 1);
      made[name] = rarely(draw, good);
    }
    return rarely(draw, made);
  }
}

/** Hostile one time in twelve: of many members most must be good, or all that is ever tested is the first check. */
export function rarely(draw: Draw, good: unknown): unknown {
  return draw(fc.integer({ min: 0, max: 11 })) === 0 ? draw(hostileJson) : good;
}

/** A value that fits a kind, and often its name. */
export function scalarOf(kind: string | undefined, name: string, draw: Draw, world: World): unknown {
  if (kind === 'boolean' || kind === 'trigger') return draw(fc.boolean());
  if (kind === 'integer') return draw(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.maxSafeInteger()));
  if (kind === 'number' || kind === 'float') return draw(fc.double());
  if (kind === 'object') return draw(fc.dictionary(fc.string(), hostileJson, { maxKeys: 3 }));
  if (kind === 'time') return draw(fc.constantFrom('2026-01-31T12:00:00Z', '2026-01-31', '2026-02-30T00:00:00Z'));
  if (kind === 'texts') return draw(fc.array(hostileText, { maxLength: 3 }));
  if (/email|username/i.test(name)) {
    return draw(
      fc.oneof(
        fc.constant(world.email),
        fc.nat(1e9).map((some) => `fuzz-${some}@example.com`),
      ),
    );
  }
  if (/password/i.test(name)) return draw(fc.constantFrom(world.password, 'another good password', 'short'));
  if (/country/i.test(name)) return draw(fc.constantFrom('AT', 'US', 'DE', 'XX'));
  return draw(fc.oneof(fc.constantFrom(...world.known, 'Ann', 'Lee'), hostileText));
}

/** A JSON:API document of a resource with something wrong here and there. */
export function jsonApiBody(
  { type, attributes, relationships }: Declaration,
  id: string,
  draw: Draw,
  world: World,
): unknown {
  const written = Object.entries(attributes).filter(([, { flags }]) => /[CU]/.test(flags));
  const some = written.filter(() => draw(fc.integer({ min: 0, max: 2 })) > 0);
  const linked = Object.entries(relationships).filter(() => draw(fc.integer({ min: 0, max: 2 })) === 0);
  const linkage = (kind: string): unknown =>
    rarely(draw, { type: kind, id: rarely(draw, draw(fc.constantFrom(...world.known))) });
  return rarely(draw, {
    data: rarely(draw, {
      type: rarely(draw, type),
      ...(id === '' ? {} : { id: rarely(draw, id) }),
      attributes: rarely(
        draw,
        Object.fromEntries(some.map(([name, { kind }]) => [name, rarely(draw, scalarOf(kind, name, draw, world))])),
      ),
      relationships: rarely(
        draw,
        Object.fromEntries(
          linked.map(([name, { type: other, isMany }]) => [
            name,
            rarely(draw, { data: isMany ? [linkage(other)] : linkage(other) }),
          ]),
        ),
      ),
    }),
  });
}

const QUERIES = [
  ...['filter[q][email_eq]', 'filter[q][created_at_gt]', 'filter[q][metadata_jcont]', 'filter[q][g][0][email_cont]'],
  ...['page[size]', 'page[number]', 'sort', 'include', 'fields[customers]', 'fields', 'cursor', 'limit', 'email'],
  ...['searchCriteria[filter_groups][0][filters][0][field]', 'searchCriteria[filter_groups][0][filters][0][value]'],
  ...['searchCriteria[filter_groups][0][filters][0][condition_type]', 'searchCriteria[pageSize]', 'searchCriteria[x]'],
  ...['searchCriteria[sortOrders][0][field]', 'searchCriteria', 'token', 'id', 'key', 'store', 'to', 'query', 'type'],
  ...['filter[q][reset_password_token_in]', 'filter[q][event_in]', 'services', 'variables', 'operationName', '__proto__[x]'],
]; // prettier-ignore
const WORDS = ['email', 'created_at', 'eq', 'in', 'like', 'gt', '1', '20', '-id', 'customers', 'customer_group', '{}'];

/** A query string, or none; mostly of the parameters that belong there. */
export function queryOf(draw: Draw, world: World, own = /^/): string {
  const isForeign = draw(fc.integer({ min: 0, max: 7 })) === 0;
  const fitting = QUERIES.filter((name) => isForeign || own.test(name));
  const names =
    fitting.length === 0 ? [] : draw(fc.array(fc.constantFrom(...fitting), { maxLength: isForeign ? 4 : 2 }));
  const pairs = names.map((name) => {
    const value = draw(fc.oneof(fc.constantFrom(...WORDS, ...world.known), hostileText));
    return `${draw(fc.boolean()) ? encodeURIComponent(name) : name}=${encoded(value)}`;
  });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Percent-encoded; what is no proper Unicode cannot be sent in a URL and is left out. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed().slice(0, 3000));
}
