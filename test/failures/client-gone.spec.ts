import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import { HttpAdapterHost } from '@nestjs/core';
import { operations } from '../adobe/wire.js';
import { PATH, SIGN_IN, TOKEN } from '../shopify/storefront.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

let app: TestApp;
let server: Server;
let port: number;

beforeAll(async () => {
  app = await TestApp.start();
  port = Number(new URL(await app.listen()).port);
  server = app.get(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
});

afterAll(() => app.stop());

/** Sends a request whose client is gone, and its address with it, before anything reads who it was. */
async function sendAndLeave(path: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const text = JSON.stringify(body);
  const all = { host: 'a', 'content-type': 'application/json', 'content-length': String(text.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const leave = ({ socket }: IncomingMessage): void => void socket.destroy();
  server.prependOnceListener('request', leave);
  const client = connect(port, '127.0.0.1');
  client.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
  await once(client.resume(), 'close');
}

const failures = (): Promise<unknown[]> =>
  app.database.select("SELECT origin, network FROM event WHERE type = 'login_failed' ORDER BY id", []);

it('is no fault: a wrong password of a client that is gone counts, as of an unknown network (SEC-7)', async () => {
  const { email } = await app.aCustomer();

  await sendAndLeave('/graphql', {
    query: operations.generateCustomerToken,
    variables: { email, password: 'wrong 1' },
  });
  await until(async () => (await failures()).length === 1);
  const variables = { input: { email, password: 'wrong 2' } };
  await sendAndLeave(PATH, { query: SIGN_IN, variables }, TOKEN);
  await until(async () => (await failures()).length === 2);

  expect(await failures()).toEqual([
    { origin: 'adobe', network: 'unknown' },
    { origin: 'shopify', network: 'unknown' },
  ]);
  expect(app.logged.join('')).not.toContain('a request failed');
});
