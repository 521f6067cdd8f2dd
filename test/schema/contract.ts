import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges, printSchema, type GraphQLSchema } from 'graphql';
import { schemaAt } from '../support/schema.js';
import { TestApp } from '../support/test-app.js';

/** UPDATE_SCHEMAS=1 writes the files anew; what they then say is reviewed like code. */
const isUpdate = process.env['UPDATE_SCHEMAS'] !== undefined;
const FOLDER = join(process.cwd(), 'test/schema');

/** What a committed file of the folder `printed` should say; it is written where that is wanted. */
export function committed(name: string, printed: string): string {
  const file = join(FOLDER, 'printed', name);
  if (isUpdate) writeFileSync(file, printed);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Compares the schema that answers at a path with its committed print and with the vendor's contract. */
export function itKeepsTheContract(name: string, url: string, headers: Record<string, string> = {}): void {
  const contract = buildSchema(readFileSync(join(FOLDER, 'contracts', `${name}.graphql`), 'utf8'));
  /** What of the contract is not built yet; it shrinks to nothing. */
  const pending = join(FOLDER, 'pending', `${name}.json`);
  let app: TestApp;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    app = await TestApp.start();
    schema = await schemaAt(app, url, headers);
  });

  afterAll(() => app.stop());

  it('has not drifted from the committed print', () => {
    const printed = `${printSchema(schema)}\n`;

    expect(committed(`${name}.graphql`, printed)).toBe(printed);
  });

  it('breaks nothing of the contract but what is listed as not built yet', () => {
    const breaking = findBreakingChanges(contract, schema).map(({ description }) => description);
    if (isUpdate) writeFileSync(pending, `${JSON.stringify(breaking.sort(), null, 2)}\n`);

    expect(breaking.sort()).toEqual(JSON.parse(readFileSync(pending, 'utf8')));
  });

  it('adds nothing that the contract does not have', () => {
    expect(findBreakingChanges(schema, contract).map(({ description }) => description)).toEqual([]);
  });
}
