import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { BuiltCommand } from '../cli/command.js';
import { until } from '../support/until.js';
import { Place } from './place.js';

jest.setTimeout(120_000);

const SLOW_CLIENTS = 2_000;
const SLOW_BODIES = 200;
const LIMIT = 100 * 1024;

const command = new BuiltCommand();
let place: Place;

beforeAll(async () => {
  await command.build();
  place = await Place.make(command, { HASH_CONCURRENCY: '1', HASH_MEMORY_KIB: '19456' });
  await place.start();
});

afterAll(async () => {
  await place.stop();
  await command.clear();
});

const port = (): number => Number(new URL(place.url).port);

/** Those that the process has taken, as it tells itself. */
const connections = async (): Promise<number> => (await place.metrics()).get('keyturn_http_connections') ?? 0;

const HEADERS = 'POST /graphql HTTP/1.1\r\nHost: a\r\nX: ';
const BODY = 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{';

/** Clients that send a byte more now and then. */
async function slowClients(
  count: number,
  begun: string,
): Promise<{ readonly open: () => number; readonly end: () => void }> {
  const sockets = Array.from({ length: count }, () => connect(port(), '127.0.0.1').on('error', () => undefined));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.write(begun);
  for (const socket of sockets) socket.resume();
  const isOpen = (socket: Socket): boolean => !socket.readableEnded && !socket.destroyed;
  const dripping = setInterval(() => sockets.filter(isOpen).forEach((socket) => void socket.write('a')), 1000);
  return {
    open: () => sockets.filter(isOpen).length,
    end: () => {
      clearInterval(dripping);
      for (const socket of sockets) socket.destroy();
    },
  };
}

it('answers others in time while 2,000 clients dawdle over their headers, and lets those go', async () => {
  const ann = await place.aPerson();
  const slow = await slowClients(SLOW_CLIENTS, HEADERS);
  await until(async () => (await connections()) >= SLOW_CLIENTS);
  const signIn = await place.signIn(ann);
  const from = performance.now();
  await until(() => slow.open() === 0);
  const ms = performance.now() - from;
  slow.end();

  expect([signIn.text.includes('"token":"'), signIn.ms < 3000]).toEqual([true, true]);
  expect([slow.open(), ms < 20_000]).toEqual([0, true]);
  await until(async () => (await connections()) < 10);
});

it('answers others in time while clients send their bodies a byte at a time, and lets those go', async () => {
  const ann = await place.aPerson();
  const slow = await slowClients(SLOW_BODIES, BODY);
  const from = performance.now();
  const signIn = await place.signIn(ann);
  const open = slow.open();
  await until(() => slow.open() === 0);
  const ms = performance.now() - from;
  slow.end();

  expect([signIn.text.includes('"token":"'), signIn.ms < 3000, open]).toEqual([true, true, SLOW_BODIES]);
  expect([ms > 25_000, ms < 45_000]).toEqual([true, true]);
});

/** Sends a body without end until it is refused. Status null: the end of the connection overtook the answer, as TCP lets it. */
async function pour(): Promise<{ readonly status: number | null; readonly sent: number }> {
  const headers = { 'content-type': 'application/json' };
  const bomb = request({ port: port(), path: '/admin/v1/customers', method: 'POST', headers });
  const answered = new Promise<number | null>((resolve) => {
    bomb.once('response', ({ statusCode = 0 }) => resolve(statusCode));
    bomb.once('close', () => resolve(null));
  });
  bomb.on('error', () => undefined);
  let sent = 0;
  const pouring = setInterval(() => {
    bomb.write('a'.repeat(8192));
    sent += 8192;
  }, 1);
  const status = await answered;
  clearInterval(pouring);
  bomb.destroy();
  return { status, sent };
}

it('reads no more than 100 KiB of a body that has no end (SEC-3)', async () => {
  const poured = [await pour()];
  while (poured.at(-1)?.status === null && poured.length < 10) poured.push(await pour());

  expect(poured.filter(({ sent }) => sent >= 100 * LIMIT)).toEqual([]);
  expect(poured.at(-1)?.status).toBe(413);
  expect((await place.ask('/health/live')).status).toBe(200);
});

it.each([
  ['small', 10],
  ['one that would fill the memory', 50 * 1024 * 1024],
])('unpacks no body: %s', async (_, padding) => {
  const body = gzipSync(JSON.stringify({ query: '{__typename}', padding: ' '.repeat(padding) }));
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const before = (await place.metrics()).get('process_resident_memory_bytes') ?? 0;

  const { status, text } = await place.ask('/graphql', { method: 'POST', headers, body });

  const after = (await place.metrics()).get('process_resident_memory_bytes') ?? 0;
  expect([status >= 400 && status < 500, text.includes('"data":{"__typename"')]).toEqual([true, false]);
  expect(after - before).toBeLessThan(40 * 1024 * 1024);
});

it('refuses at once whose password would have to wait behind a hundred others, and still answers everybody else (SEC-20)', async () => {
  const ann = await place.aPerson();
  const before = (await place.metrics()).get('keyturn_hash_refused_total') ?? 0;

  const signIns = Promise.all(Array.from({ length: 250 }, () => place.signIn(ann)));
  await until(async () => ((await place.metrics()).get('keyturn_hash_queue_waiting') ?? 0) > 50);
  const during = await place.metrics();
  const live = await place.ask('/health/ready');
  const answers = await signIns;

  const refused = answers.filter(({ status }) => status === 503);
  const taken = answers.filter(({ text }) => text.includes('"token":"'));
  const after = await place.metrics();
  expect([taken.length >= 100, refused.length > 0, taken.length + refused.length]).toEqual([true, true, 250]);
  for (const { headers } of refused) expect(headers.get('retry-after')).toBe('1');
  expect(during.get('keyturn_hash_queue_running')).toBe(1);
  expect(live.status).toBe(200);
  expect((after.get('keyturn_hash_refused_total') ?? 0) - before).toBe(refused.length);
  expect(after.get('keyturn_hash_queue_waiting')).toBe(0);
});
