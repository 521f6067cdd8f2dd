import {
  buildClientSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  type IntrospectionQuery,
} from 'graphql';
import { TestApp } from '../support/test-app.js';
import { committed } from './contract.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it.each(['admin', 'client'])('has not drifted from the committed print of the %s surface', async (surface) => {
  const { body } = await app.request({
    method: 'POST',
    url: `/cg/${surface}/graphql`,
    headers: surface === 'admin' ? { authorization: 'Bearer demo-cg-secret' } : {},
    body: { query: getIntrospectionQuery() },
  });
  const printed = `${printSchema(lexicographicSortSchema(buildClientSchema(body.data as IntrospectionQuery)))}\n`;

  expect(committed(`common-ground-${surface}.graphql`, printed)).toBe(printed);
});

it('shows the schema of the admin surface to nobody without a key', async () => {
  const { status, body } = await app.request({
    method: 'POST',
    url: '/cg/admin/graphql',
    body: { query: getIntrospectionQuery() },
  });

  expect(status).toBe(401);
  expect(body.data).toBeUndefined();
});
