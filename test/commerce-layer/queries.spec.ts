import { PASSWORD, TestApp } from '../support/test-app.js';
import { databaseKind } from '../../src/config/index.js';
import { CommerceLayerClient } from './wire.js';

let app: TestApp;
let cl: CommerceLayerClient;
let integration: string;

beforeAll(async () => {
  app = await TestApp.start();
  cl = new CommerceLayerClient(app);
  integration = await cl.integration();
});

afterAll(() => app.stop());

const countable = (statement: string): boolean => !/^(?:BEGIN|COMMIT|START|SET|ROLLBACK)/i.test(statement);

/** The statements of a request, the token's own look-up among them. */
async function statementsOf(path: string, token: string): Promise<string[]> {
  await cl.call('GET', path, token); // the application's credential is kept for some seconds
  app.statements.length = 0;
  const { status, text } = await cl.call('GET', path, token);
  expect([path, status, text.slice(0, status === 200 ? 0 : 300)]).toEqual([path, 200, '']);
  return app.statements.filter(countable);
}

it('reads an account with fifty addresses in three statements, token and all', async () => {
  const lines = (at: number): object => ({ lines: [`${at} Main St`], city: 'Paris', countryCode: 'FR' });
  const many = await app.aCustomer({ addresses: Array.from({ length: 50 }, (_, at) => lines(at)) });
  const few = await app.aCustomer({ addresses: [lines(1)] });

  for (const { email } of [many, few]) {
    const { body } = await cl.call('GET', `customers?filter[q][email_eq]=${email}`, integration);
    const path = `customers/${body.data[0].id}?include=customer_addresses.address`;
    expect((await statementsOf(path, integration)).length).toBeLessThanOrEqual(3);
    expect((await statementsOf(path, await cl.customer({ email, password: PASSWORD }))).length).toBeLessThanOrEqual(3);
    const { body: account } = await cl.call('GET', path, integration);
    expect(account.included).toHaveLength(email === many.email ? 100 : 2);
  }
});

it('lists customers with everything around them in as many statements as there are kinds of things', async () => {
  const include = 'customer_group,tags,customer_subscriptions,customer_addresses.address.tags';
  for (let at = 0; at < 12; at += 1) {
    await app.aCustomer({ tags: [`t${at}`], addresses: [{ lines: ['1'], city: 'x', countryCode: 'FR' }] });
  }

  const one = await statementsOf(`customers?filter[q][tags_name_start]=t&page[size]=1&include=${include}`, integration);
  const ten = await statementsOf(
    `customers?filter[q][tags_name_start]=t&page[size]=10&include=${include}`,
    integration,
  );

  expect(ten.length).toBe(one.length);
  expect(ten.length).toBeLessThanOrEqual(9);
});

/** How the database answers a statement of the last request. */
async function planOf(statement: string): Promise<string> {
  const explain = databaseKind === 'sqlite' ? 'EXPLAIN QUERY PLAN ' : 'EXPLAIN ';
  const parameters = Array.from(statement.matchAll(/\?/g), () => 1);
  return JSON.stringify(await app.database.selectOnce(explain + statement, parameters));
}

it('passes over earlier pages in an index that holds all that the order needs', async () => {
  await statementsOf('customers?page[number]=40&page[size]=25', integration);
  const found = app.statements.find((statement) => statement.includes('OFFSET 975')) ?? '';
  const plan = await planOf(found);

  expect(found).toMatch(
    /^SELECT c\.id AS id FROM customer c WHERE c\.realm_id = \? .*ORDER BY c\.created_at DESC, c\.number DESC/,
  );
  expect(plan).toContain('customer_realm_created_at');
  expect(plan).toMatch(databaseKind === 'sqlite' ? /COVERING INDEX/ : /Using index/);
  expect(plan).not.toMatch(/filesort|TEMP B-TREE/i);
});

it('finds by e-mail through the index of addresses', async () => {
  const { email } = await app.aCustomer();

  await statementsOf(`customers?filter[q][email_eq]=${email}&sort=-created_at`, integration);
  const found = app.statements.find((statement) => /FROM customer c WHERE .*ORDER BY/.test(statement)) ?? '';

  expect(await planOf(found)).toMatch(/customer_realm_email_key|customer_email_key/);
});
