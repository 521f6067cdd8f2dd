import { Connection } from 'mysql2';
import { DataSource } from 'typeorm';
import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it('speaks to the server strictly, in utf8mb4 and UTC (SEC-82)', async () => {
  const sql = 'SELECT @@sql_mode AS mode, @@time_zone AS zone, @@character_set_connection AS text';

  const [session] = await app.database.select(sql, []);

  expect(session).toEqual({ mode: expect.stringMatching(/STRICT_ALL_TABLES/), zone: '+00:00', text: 'utf8mb4' });
});

it('is a refusal, not a fault, for what is still at work when the pool is given up', async () => {
  await app.get(DataSource).destroy();
  const refused = [
    app.database.select('SELECT 1 AS one', []),
    app.database.changeAlone('DELETE FROM event WHERE id = ?', [0]),
    app.database.transaction(() => Promise.resolve()),
  ];
  const reasons = await Promise.allSettled(refused);
  await app.get(DataSource).initialize();

  const busy = { status: 'rejected', reason: { code: 'BUSY' } };
  expect(reasons).toMatchObject([busy, busy, busy]);
});

it('asks in plain text while the server prepares no more statements, and says so once', async () => {
  const full = { errno: 1461, code: 'ER_MAX_PREPARED_STMT_COUNT_REACHED', fatal: false };
  const execute = jest.spyOn(Connection.prototype, 'execute').mockImplementation(function (
    this: Connection,
    _statement,
    _values,
    done,
  ) {
    done?.(Object.assign(new Error("Can't create more statements"), full), [], []);
    return this.query('DO 0'); // it ends as the refused one does
  });
  const ann = await app.aCustomer({ firstName: 'Zoë' });
  const { email } = ann;
  await app.adobe('mutation($e:String!){requestPasswordResetEmail(email:$e)}', { e: email });
  const token = await app.signedIn(ann);
  const who = await app.adobe('{customer{email firstname}}', {}, { authorization: `Bearer ${token}` });
  const refused = execute.mock.calls.length;
  execute.mockRestore();

  expect(refused).toBeGreaterThan(10);
  expect(who.body.data.customer).toEqual({ email, firstname: 'Zoë' });
  expect((await app.lastMail(email)).secret).toHaveLength(32);
  expect(app.logged.filter((line) => line.includes('max_prepared_stmt_count'))).toHaveLength(1);
});
