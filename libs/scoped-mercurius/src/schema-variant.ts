import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** One of several schemas at the same path; which one a request is for, its headers tell. */
export interface SchemaVariant {
  /** The same for all variants of a path. */
  readonly name: string;
  readonly value: string;
  readonly of: (headers: IncomingHttpHeaders) => string;
}

/** Lets routes be told apart by a variant. */
export function knowVariant(http: FastifyInstance, { name, of }: SchemaVariant): void {
  if (http.hasConstraintStrategy(name)) return;
  http.addConstraintStrategy({
    name,
    storage: () => {
      const handlers = new Map<string, unknown>();
      return {
        get: (value: string) => (handlers.get(value) ?? null) as never,
        set: (value: string, handler: unknown) => void handlers.set(value, handler),
      };
    },
    deriveConstraint: ({ headers }) => of(headers),
    mustMatchWhenDerived: false,
  });
}
