import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildClientSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  type IntrospectionQuery,
} from 'graphql';
import { TestApp } from '../support/test-app.js';

/** UPDATE_SCHEMAS=1 writes the files anew; what they then say is reviewed like code. */
const isUpdate = process.env['UPDATE_SCHEMAS'] !== undefined;
const FOLDER = join(process.cwd(), 'test/schema/printed');

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it.each(['admin', 'client'])('has not drifted from the committed print of the %s surface', async (surface) => {
  const file = join(FOLDER, `common-ground-${surface}.graphql`);
  const { body } = await app.request({
    method: 'POST',
    url: `/cg/${surface}/graphql`,
    headers: surface === 'admin' ? { authorization: 'Bearer demo-cg-secret' } : {},
    body: { query: getIntrospectionQuery() },
  });
  const printed = `${printSchema(lexicographicSortSchema(buildClientSchema(body.data as IntrospectionQuery)))}\n`;
  if (isUpdate) writeFileSync(file, printed);

  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(printed);
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
