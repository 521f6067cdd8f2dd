import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges, printSchema, type GraphQLSchema } from 'graphql';
import { schemaAt } from '../support/schema.js';
import { TestApp } from '../support/test-app.js';

/** UPDATE_SCHEMAS=1 writes both files anew; what they then say is reviewed like code. */
const isUpdate = process.env['UPDATE_SCHEMAS'] !== undefined;
const FOLDER = join(process.cwd(), 'test/schema');
const CONTRACT = join(FOLDER, 'contracts/shopify.graphql');
const PRINTED = join(FOLDER, 'printed/shopify.graphql');
/** What of the contract is not built yet; it shrinks to nothing. */
const PENDING = join(FOLDER, 'pending/shopify.json');

let app: TestApp;
let schema: GraphQLSchema;

beforeAll(async () => {
  app = await TestApp.start();
  schema = await schemaAt(app, '/api/2026-04/graphql.json');
});

afterAll(() => app.stop());

it('has not drifted from the committed print', () => {
  const printed = `${printSchema(schema)}\n`;
  if (isUpdate) writeFileSync(PRINTED, printed);

  expect(existsSync(PRINTED) ? readFileSync(PRINTED, 'utf8') : '').toBe(printed);
});

it('breaks nothing of the contract but what is listed as not built yet', () => {
  const contract = buildSchema(readFileSync(CONTRACT, 'utf8'));
  const breaking = findBreakingChanges(contract, schema).map(({ description }) => description);
  if (isUpdate) writeFileSync(PENDING, `${JSON.stringify(breaking.sort(), null, 2)}\n`);

  expect(breaking.sort()).toEqual(JSON.parse(readFileSync(PENDING, 'utf8')));
});

it('adds nothing that the contract does not have', () => {
  const contract = buildSchema(readFileSync(CONTRACT, 'utf8'));

  expect(findBreakingChanges(schema, contract).map(({ description }) => description)).toEqual([]);
});
