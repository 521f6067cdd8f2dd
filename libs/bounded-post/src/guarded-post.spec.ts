import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ForbiddenAddress, guardedPost, PostError } from './index.js';

type Options = Parameters<typeof guardedPost>[0];

let server: Server;
let port: number;
let handle: RequestListener;
let connections = 0;

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});

beforeEach(() => {
  connections = 0;
  handle = (_request, response) => response.end();
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const LOCAL = [{ address: '127.0.0.1', family: 4 }];
const PUBLIC = [{ address: '8.8.8.8', family: 4 }];

/** A name server that gives one answer after the other. */
function answering(...answers: (readonly { readonly address: string; readonly family: number }[])[]) {
  let asked = 0;
  const resolve: Options['resolve'] = (_name, _options, done) => done(null, answers[asked++] ?? []);
  return { resolve, count: () => asked };
}

async function outcome(more: Partial<Options> = {}): Promise<number | string> {
  const options = {
    url: `http://shop.example:${port}/`,
    headers: {},
    body: '{}',
    timeoutMs: 3000,
    allowsPrivate: false,
  };
  try {
    return await guardedPost({ ...options, ...more });
  } catch (error) {
    if (error instanceof ForbiddenAddress) return 'forbidden';
    return error instanceof PostError ? error.fault : `untyped: ${String(error)}`;
  }
}

const there = (): Partial<Options> => ({ allowsPrivate: true, resolve: answering(LOCAL).resolve });

it('sends headers and body as they are given, to the path that was named', async () => {
  let seen: unknown;
  handle = (request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen = [method, url, headers['x-own'], headers['host'], headers['content-length'], text];
      response.writeHead(202).end();
    });
  };

  const status = await outcome({
    ...there(),
    url: `http://shop.example:${port}/hook?a=1`,
    headers: { 'x-own': 'ours' },
    body: '{"ä":1}',
  });

  expect(status).toBe(202);
  expect(seen).toEqual(['POST', '/hook?a=1', 'ours', `shop.example:${port}`, '8', '{"ä":1}']);
});

it.each([200, 204, 301, 307, 404, 500])('tells the status %d, and follows nothing', async (status) => {
  handle = (_request, response) => response.writeHead(status, { location: `http://127.0.0.1:${port}/other` }).end();

  expect(await outcome(there())).toBe(status);
  expect(connections).toBe(1);
});

it('does not wait for a body, however long', async () => {
  handle = (_request, response) => {
    const more = (): void => {
      if (response.write('x'.repeat(65_536))) setImmediate(more);
    };
    response.on('drain', more);
    response.on('error', () => undefined);
    response.writeHead(200);
    more();
  };

  expect(await outcome(there())).toBe(200);
});

it('lets a server say what it has to say, as far as it is short', async () => {
  const finished: boolean[] = [];
  handle = (_request, response) => {
    response.on('close', () => finished.push(response.writableFinished));
    response.writeHead(200).write('x'.repeat(1000));
    setTimeout(() => response.end('y'), 30);
  };

  expect(await outcome(there())).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(finished).toEqual([true]);
});

it('waits no longer than it may', async () => {
  handle = () => undefined;

  expect(await outcome({ ...there(), timeoutMs: 60 })).toBe('slow');
});

it('waits no longer than it may for a name server', async () => {
  expect(await outcome({ allowsPrivate: true, timeoutMs: 60, resolve: () => undefined })).toBe('slow');
});

it('tells what cannot be reached', async () => {
  handle = (request) => request.socket.destroy();

  expect(await outcome(there())).toBe('unreachable');
  expect(await outcome({ resolve: answering([]).resolve })).toBe('unreachable');
  const unknown: Options['resolve'] = (_name, _options, done) =>
    void Reflect.apply(done, null, [new Error('ENOTFOUND')]);
  expect(await outcome({ resolve: unknown })).toBe('unreachable');
});

it.each([
  'http://127.0.0.1',
  'http://[::1]',
  'http://[::ffff:127.0.0.1]',
  'http://2130706433',
  'http://0x7f.1',
  'http://0',
  'https://169.254.169.254',
  'http://10.0.0.1',
])('does not ask the address %s', async (origin) => {
  expect(await outcome({ url: `${origin}:${port}/` })).toBe('forbidden');
  expect(connections).toBe(0);
});

it('does not ask a name that leads to a private address', async () => {
  expect(await outcome({ resolve: answering(LOCAL).resolve })).toBe('forbidden');
  expect(await outcome({ url: `http://localhost:${port}/` })).toBe('forbidden');
  expect(connections).toBe(0);
});

it('does not ask a name of which one address is private', async () => {
  expect(await outcome({ resolve: answering([...PUBLIC, ...LOCAL]).resolve })).toBe('forbidden');
  expect(connections).toBe(0);
});

it('looks a name up once, so that a second answer cannot lead elsewhere', async () => {
  const names = answering(PUBLIC, LOCAL, LOCAL);

  expect(['slow', 'unreachable']).toContain(await outcome({ resolve: names.resolve, timeoutMs: 200 }));
  expect([names.count(), connections]).toEqual([1, 0]);
});
