import { ApiClient } from '../../src/store/index.js';
import { TestApp } from '../support/test-app.js';

const TOKEN = 'demo-storefront-token';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});

afterAll(() => app.stop());

async function status(): Promise<number> {
  const url = '/api/2026-04/graphql.json';
  const headers = { 'x-shopify-storefront-access-token': TOKEN };
  return (await app.request({ method: 'POST', url, headers, body: { query: '{__typename}' } })).status;
}

it('ends within ten seconds of its end in the database, on every instance', async () => {
  const before = await status();
  await app.database.transaction((tx) => tx.delete(ApiClient, { kind: 'shopify-storefront' }));

  app.clock.advance(10);

  expect([before, await status()]).toEqual([200, 401]);
});

it('is known as soon as it has been made, though it was asked for before', async () => {
  const before = await status();

  await app.setUp({});

  expect([before, await status()]).toEqual([401, 200]);
});
