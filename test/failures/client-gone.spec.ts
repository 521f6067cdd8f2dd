import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { HttpAdapterHost } from '@nestjs/core';
import type { ObjectLiteral } from 'typeorm';
import { operations } from '../adobe/wire.js';
import { PATH, shopify, SIGN_IN, TOKEN } from '../shopify/storefront.js';
import { CATALOGUE, UpstreamServer } from '../shopify/upstream-server.js';
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

/** Sends a request whose client is gone before anything reads who it was. */
async function sendAndLeave(path: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const text = JSON.stringify(body);
  const all = { host: 'a', 'content-type': 'application/json', 'content-length': String(text.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  server.prependOnceListener('request', ({ socket }: IncomingMessage) => void socket.destroy());
  const client = connect(port, '127.0.0.1');
  client.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
  await once(client.resume(), 'close');
}

/** As of a client that had gone before its connection was taken. */
const withoutAddress = (): void =>
  void server.prependOnceListener('connection', (socket: Socket) =>
    Object.defineProperty(socket, 'remoteAddress', { value: undefined }),
  );

/** Sends a wrong password through two APIs, each time after `before`; answers the networks that failed. */
async function failedFrom(before: () => void): Promise<readonly unknown[]> {
  const { id, email } = await app.aCustomer();
  const failures = (): Promise<ObjectLiteral[]> =>
    app.database.select("SELECT network FROM event WHERE customer_id = ? AND type = 'login_failed' ORDER BY id", [id]);
  before();
  const adobe = { query: operations.generateCustomerToken, variables: { email, password: 'wrong 1' } };
  await sendAndLeave('/graphql', adobe);
  await until(async () => (await failures()).length === 1);
  before();
  await sendAndLeave(PATH, { query: SIGN_IN, variables: { input: { email, password: 'wrong 2' } } }, TOKEN);
  await until(async () => (await failures()).length === 2);
  return (await failures()).map(({ network }) => network);
}

it('takes nothing from a wrong password: its network is counted (SEC-7)', async () => {
  expect(await failedFrom(() => undefined)).toEqual(['127.0.0.1', '127.0.0.1']);
});

it('is no fault where its address was never known: all such are one network (SEC-7)', async () => {
  expect(await failedFrom(withoutAddress)).toEqual(['unknown', 'unknown']);
  expect(app.logged.join('')).not.toContain('a request failed');
});

it('has nothing asked in the name of the shop behind it', async () => {
  const upstream = await UpstreamServer.start();
  await upstream.serve(app);
  withoutAddress();

  await sendAndLeave(PATH, { query: CATALOGUE, variables: { n: 1 } }, TOKEN);
  await shopify(app, CATALOGUE, { n: 2 });

  expect(upstream.received.map(({ text }) => JSON.parse(text).variables)).toEqual([{ n: 2 }]);
  await upstream.stop();
});
