import { buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, type GraphQLSchema } from 'graphql';
import type { TestApp } from './test-app.js';

/** The schema that answers at a path, as a client sees it, sorted. */
export async function schemaAt(app: TestApp, url: string): Promise<GraphQLSchema> {
  const { body } = await app.request({ method: 'POST', url, body: { query: getIntrospectionQuery() } });
  return lexicographicSortSchema(buildClientSchema(body.data));
}
