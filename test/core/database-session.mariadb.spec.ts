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
