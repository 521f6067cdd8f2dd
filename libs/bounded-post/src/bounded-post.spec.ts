import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { boundedPost, PostError, type Post, type Posted } from './index.js';

let server: Server;
let url: string;
let handle: RequestListener;

beforeAll(async () => {
  server = createServer((request, response) => {
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (more: Partial<Post> = {}): Promise<Posted> =>
  boundedPost({ url, headers: {}, body: '{}', timeoutMs: 5000, maxBytes: 1000, ...more });

async function faultOf(posting: Promise<Posted>): Promise<string> {
  try {
    return String((await posting).status);
  } catch (error) {
    return error instanceof PostError ? error.fault : `untyped: ${String(error)}`;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

it.each([200, 204, 400, 401, 429, 500, 503])('gives back an answer of status %d', async (status) => {
  handle = (_request, response) => response.writeHead(status, { 'x-told': 'yes' }).end(status === 204 ? '' : 'ä');

  const posted = await post();

  expect([posted.status, posted.headers.get('x-told'), posted.body.toString()]).toEqual([
    status,
    'yes',
    status === 204 ? '' : 'ä',
  ]);
});

it('sends headers and body as they are given', async () => {
  handle = (request, response) => {
    void textOf(request).then((text) =>
      response.end(`${request.method} ${request.url} ${String(request.headers['x-own'])} ${text}`),
    );
  };

  const { body } = await post({ url: `${url}/path`, headers: { 'x-own': 'ours' }, body: '{"ä":1}' });

  expect(body.toString()).toBe('POST /path ours {"ä":1}');
});

it.each([301, 302, 303, 307, 308])('follows no redirect: %d', async (status) => {
  const asked: (string | undefined)[] = [];
  handle = (request, response) => {
    asked.push(request.url);
    response.writeHead(status, { location: '/elsewhere' }).end('x'.repeat(100));
  };

  expect(await faultOf(post())).toBe('redirect');
  expect(asked).toEqual(['/']);
});

it('waits no longer than it may, for the first byte or the last', async () => {
  handle = () => undefined;
  const silent = await faultOf(post({ timeoutMs: 50 }));
  handle = (_request, response) => response.writeHead(200).write('{');
  const halfway = await faultOf(post({ timeoutMs: 100 }));

  expect([silent, halfway]).toEqual(['slow', 'slow']);
});

it('takes no more than it may, unpacked', async () => {
  handle = (_request, response) => response.end('x'.repeat(1000));
  const fits = await faultOf(post());
  handle = (_request, response) => response.end('x'.repeat(1001));
  const large = await faultOf(post());
  handle = (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1e6)));
  const packed = await faultOf(post());

  expect([fits, large, packed]).toEqual(['200', 'large', 'large']);
});

it('tells what cannot be reached or breaks off', async () => {
  handle = (request) => request.socket.destroy();
  const broken = await faultOf(post());
  handle = (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('x');
    setTimeout(() => response.destroy(), 20);
  };
  const cut = await faultOf(post());
  const garbage = await faultOf(post({ url: 'http://127.0.0.1:1' }));

  expect([broken, cut, garbage]).toEqual(['unreachable', 'unreachable', 'unreachable']);
});
