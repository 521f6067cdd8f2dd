import { buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, type GraphQLSchema } from 'graphql';
import type { TestApp } from './test-app.js';

/** The schema that answers at a path, as a client sees it, sorted. */
export async function schemaAt(
  app: TestApp,
  url: string,
  headers: Record<string, string> = {},
): Promise<GraphQLSchema> {
  const query = getIntrospectionQuery({ oneOf: true, inputValueDeprecation: true });
  const { body } = await app.request({ method: 'POST', url, headers, body: { query } });
  return lexicographicSortSchema(buildClientSchema(body.data));
}
