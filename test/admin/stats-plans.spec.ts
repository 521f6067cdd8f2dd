import { databaseKind } from '../../src/config/index.js';
import { TestApp } from '../support/test-app.js';

const ROWS = 3000;

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.startOwn();
});

afterAll(() => app.stop());

async function copies(
  table: string,
  unique: readonly string[],
  changes: Readonly<Record<string, string>>,
): Promise<void> {
  const [model] = await app.database.select(`SELECT * FROM ${table} ORDER BY id DESC LIMIT 1`, []);
  if (!model) throw new Error(`nothing in ${table}`);
  const columns = Object.keys(model).filter((name) => name !== 'id');
  for (let from = 0; from < ROWS; from += 300) {
    const rows = Array.from({ length: 300 }, (_, at) =>
      columns.map((name) => (unique.includes(name) ? 7_000_000 + from + at : (changes[name] ?? model[name] ?? null))),
    );
    const sql = `INSERT INTO ${table} (${columns.join()}) VALUES ${rows.map(() => `(${columns.map(() => '?').join()})`).join()}`;
    await app.database.transaction((tx) => app.database.change(tx, sql, rows.flat()));
  }
  await app.database.selectOnce(databaseKind === 'sqlite' ? 'ANALYZE' : `ANALYZE TABLE ${table}`, []);
}

it('counts what happened by reading an index, not the tables', async () => {
  const ann = await app.aCustomer();
  await app.admin('POST', `/customers/${String(ann.number)}/password-reset`);
  await app.mailsTo(ann.email);
  const long = { created_at: '2026-01-01 00:00:00.000', due_at: '2026-01-01 00:00:00.000' };
  await copies('event', ['number'], long);
  await copies('mail_message', ['number'], long);
  const asked = jest.spyOn(app.database, 'select');

  const { status } = await app.admin('GET', '/stats');

  const counts = asked.mock.calls.filter(([sql]) => sql.includes('COUNT(*) AS times'));
  asked.mockRestore();
  const explain = databaseKind === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  const plans = await Promise.all(
    counts.map(async ([sql, values]) => JSON.stringify(await app.database.selectOnce(`${explain} ${sql}`, values))),
  );
  expect([status, plans.length]).toEqual([200, 2]);
  expect(plans[0]).toContain('event_type_created_at');
  expect(plans[1]).toContain('mail_message_status_due_at_kind');
  for (const plan of plans) expect(plan).not.toMatch(/SCAN|"type":"(ALL|index)"/);
});
