import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { rarely, scalarOf } from './bodies.js';
import type { World } from './callers.js';
import type { Draw } from './hostile.js';

const MAX_DEPTH = 3;
const MAX_FIELDS = 4;

interface Document {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Documents that a printed schema allows, with values that are right most of the time. */
export class Documents {
  private readonly schema: GraphQLSchema;

  constructor(name: string) {
    this.schema = buildSchema(readFileSync(join(process.cwd(), 'test/schema/printed', `${name}.graphql`), 'utf8'));
  }

  /** `query name` or `mutation name` of every root field, so that each can have its turn. */
  get rootFields(): readonly string[] {
    return (['query', 'mutation'] as const).flatMap((kind) =>
      Object.keys(this.rootOf(kind)?.getFields() ?? {}).map((name) => `${kind} ${name}`),
    );
  }

  /** One document that calls a root field. */
  make(rootField: string, draw: Draw, world: World): Document {
    const [kind, name = ''] = rootField.split(' ');
    const field = this.rootOf(kind === 'mutation' ? 'mutation' : 'query')?.getFields()[name];
    if (!field) throw new Error(`no ${rootField}`);
    const writing = new Writing(this.schema, draw, world);
    const body = writing.field(field, MAX_DEPTH);
    return { query: `${String(kind)}${writing.definitions}{${body}}`, variables: writing.variables };
  }

  private rootOf(kind: 'query' | 'mutation'): GraphQLObjectType | null | undefined {
    return kind === 'query' ? this.schema.getQueryType() : this.schema.getMutationType();
  }
}

class Writing {
  readonly variables: Record<string, unknown> = {};
  private readonly declared: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly draw: Draw,
    private readonly world: World,
  ) {}

  get definitions(): string {
    return this.declared.length === 0 ? '' : `(${this.declared.join(',')})`;
  }

  field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter(({ type }) => isNonNullType(type) || this.chance(2));
    const args = given.map(({ name, type }) => `${name}:$${this.declare(name, type)}`);
    return field.name + (args.length > 0 ? `(${args.join(',')})` : '') + this.selection(field.type, depth);
  }

  private selection(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (isAbstractType(named)) {
      const [some] = this.schema.getPossibleTypes(named);
      return `{__typename${some && depth > 1 ? `...on ${some.name}${this.selection(some, depth - 1)}` : ''}}`;
    }
    if (!isObjectType(named)) return '';
    const fields = Object.values(named.getFields()).filter((one) => depth > 1 || !isObjectType(getNamedType(one.type)));
    const chosen = fields.length === 0 ? [] : this.draw(fc.subarray(fields)).slice(0, MAX_FIELDS);
    return `{__typename ${chosen.map((one) => this.field(one, depth - 1)).join(' ')}}`;
  }

  private declare(name: string, type: GraphQLInputType): string {
    const variable = `v${this.declared.length}`;
    this.declared.push(`$${variable}:${String(type)}`);
    this.variables[variable] = rarely(this.draw, this.value(name, type, MAX_DEPTH));
    return variable;
  }

  private value(name: string, type: GraphQLInputType, depth: number): unknown {
    const bare = getNullableType(type);
    if (isListType(bare)) {
      return Array.from({ length: this.draw(fc.integer({ min: 0, max: 2 })) }, () =>
        rarely(this.draw, this.value(name, bare.ofType, depth - 1)),
      );
    }
    if (isEnumType(bare)) return this.draw(fc.constantFrom(...bare.getValues().map((one) => one.name)));
    if (!isInputObjectType(bare)) return this.scalar(name, String(bare));
    const fields = Object.values(bare.getFields()).filter(
      (one) => isNonNullType(one.type) || (depth > 0 && this.chance(2)),
    );
    return Object.fromEntries(
      fields.map((one) => [one.name, rarely(this.draw, this.value(one.name, one.type, depth - 1))]),
    );
  }

  private scalar(name: string, type: string): unknown {
    if (type === 'Boolean') return scalarOf('boolean', name, this.draw, this.world);
    if (type === 'Int') return scalarOf('integer', name, this.draw, this.world);
    if (['Float', 'Decimal', 'Money'].includes(type)) return scalarOf('float', name, this.draw, this.world);
    if (type === 'JSON') return scalarOf('object', name, this.draw, this.world);
    return scalarOf('text', name, this.draw, this.world);
  }

  private chance(of: number): boolean {
    return this.draw(fc.integer({ min: 1, max: of })) === 1;
  }
}
