import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** zod's schemas as OpenAPI 3.1 has them; those with `.meta({ id })` are told once, by their names. */
export class Schemas {
  private readonly named = new Map<string, JsonSchema>();

  /** @param io what is sent to the API is `input`, what it answers is `output` */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const wrapped = z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any', override: plainer });
    const { $defs = {}, properties = {} } = withComponents(wrapped);
    for (const [name, definition] of Object.entries($defs)) this.name(name, definition);
    return properties['it'] ?? {};
  }

  get all(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.named].sort(([one], [other]) => one.localeCompare(other)));
  }

  private name(name: string, { id: _id, ...definition }: JsonSchema): void {
    const known = this.named.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`two schemas are called ${name}`);
    }
    this.named.set(name, definition);
  }
}

/** That JavaScript's integers end somewhere is nobody's business. */
function plainer({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

interface Wrapped {
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

function withComponents(schema: object): Wrapped {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as Wrapped;
}
