import { DataSource } from 'typeorm';
import { MailWorker } from '../../src/mail/index.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

it.each(['/health/live', '/health/live/'])('says that the process runs: %s', async (url) => {
  const { status, headers, body } = await app.request({ url });

  expect([status, body]).toEqual([200, { status: 'ok' }]);
  expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
});

it.each(['/health/ready', '/health/ready/'])('says that requests can be served: %s', async (url) => {
  const { status, headers, body } = await app.request({ url });

  expect([status, body]).toEqual([200, { status: 'ok', database: true, migrations: true, mail: true, limits: true }]);
  expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  expect((await app.request({ method: 'HEAD', url })).status).toBe(200);
});

it('is not ready while a migration is missing', async () => {
  const [last] = await app.database.select('SELECT timestamp, name FROM migrations ORDER BY id DESC LIMIT 1', []);
  const row = [Number(last?.['timestamp']), String(last?.['name'])];
  const change = (sql: string): Promise<number> => app.database.transaction((tx) => app.database.change(tx, sql, row));

  await change('DELETE FROM migrations WHERE timestamp = ? AND name = ?');
  const without = await app.request({ url: '/health/ready' });
  await change('INSERT INTO migrations (timestamp, name) VALUES (?, ?)');
  const again = await app.request({ url: '/health/ready' });

  expect([without.status, without.body]).toEqual([
    503,
    { status: 'unavailable', database: true, migrations: false, mail: true, limits: true },
  ]);
  expect(again.status).toBe(200);
});

it('is not ready when the mail worker has stopped, though it lives', async () => {
  await app.get(MailWorker).beforeApplicationShutdown();

  const [ready, live] = [await app.request({ url: '/health/ready' }), await app.request({ url: '/health/live' })];
  app.get(MailWorker).onApplicationBootstrap();

  expect([ready.status, ready.body]).toEqual([
    503,
    { status: 'unavailable', database: true, migrations: true, mail: false, limits: true },
  ]);
  expect(live.status).toBe(200);
  expect((await app.request({ url: '/health/ready' })).status).toBe(200);
});

it('is not ready without its database, and says nothing of the reason', async () => {
  await app.get(DataSource).destroy();

  const [ready, live] = [await app.request({ url: '/health/ready' }), await app.request({ url: '/health/live' })];
  await app.get(DataSource).initialize();

  expect([ready.status, ready.body]).toEqual([
    503,
    { status: 'unavailable', database: false, migrations: false, mail: true, limits: false },
  ]);
  expect(live.status).toBe(200);
  expect((await app.request({ url: '/health/ready' })).status).toBe(200);
});
