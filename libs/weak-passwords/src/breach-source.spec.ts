import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breachHashOf, openBreachSource, type BreachSource } from './index.js';

/** SHA-1 of `password`, as the public service documents it. */
const PASSWORD = '5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8';
const folder = mkdtempSync(join(tmpdir(), 'breaches-'));

const opened: BreachSource[] = [];

let server: Server;
let base: string;
let handle: RequestListener;

async function sourceAt(place: string, timeoutMs = 2000): Promise<BreachSource> {
  const source = await openBreachSource(place, timeoutMs);
  opened.push(source);
  return source;
}

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/range`;
});

afterEach(() => Promise.all(opened.splice(0).map((source) => source.close())));

afterAll(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('hashes as the lists of leaks do, whatever the form of accents', () => {
  expect(breachHashOf('password')).toBe(PASSWORD);
  expect(breachHashOf('passwo\u0308rt')).toBe(breachHashOf('passwört'));
});

describe('the range API', () => {
  it('is told the first five digits and nothing more, and pads its answer', async () => {
    const seen: unknown[] = [];
    handle = ({ method, url, headers }, response) => {
      seen.push(method, url, headers['add-padding']);
      response.end(`${PASSWORD.slice(5)}:9545824\r\n003D68EB55068C33ACE09247EE4C639306B:3\r\n`);
    };
    const source = await sourceAt(base);

    expect(await source.has(PASSWORD)).toBe(true);
    expect(await source.has(`${PASSWORD.slice(0, 5)}${'0'.repeat(35)}`)).toBe(false);
    expect(seen.slice(0, 3)).toEqual(['GET', '/range/5BAA6', 'true']);
  });

  it('does not take padding for a leak, nor a part of a line for one', async () => {
    handle = (_request, response) => response.end(`${PASSWORD.slice(5)}:0\r\nX${PASSWORD.slice(5)}:7\n`);

    expect(await (await sourceAt(base)).has(PASSWORD)).toBe(false);
  });

  it.each<[string, string, RequestListener]>([
    ['a redirect', 'redirect', (_request, response) => response.writeHead(302, { location: base }).end()],
    ['a fault', '503', (_request, response) => response.writeHead(503).end()],
    ['too much', 'large', (_request, response) => response.end('x'.repeat(600_000))],
    ['nothing in time', 'slow', () => undefined],
  ])('knows nothing after %s', async (_what, message, listener) => {
    handle = listener;

    const source = await sourceAt(base, message === 'slow' ? 100 : 2000);

    await expect(source.has(PASSWORD)).rejects.toThrow(message);
  });
});

it.each(['5BAA6.txt', '5BAA6'])('reads a folder of ranges: %s', async (name) => {
  const ranges = join(folder, `ranges-${name}`);
  mkdirSync(ranges);
  writeFileSync(join(ranges, name), `0018A45C4D1DEF81644B54AB7F969B88D65:1\n${PASSWORD.slice(5)}:2\n`);
  const source = await sourceAt(ranges);

  expect(await source.has(PASSWORD)).toBe(true);
  expect(await source.has(`${PASSWORD.slice(0, 39)}9`)).toBe(false);
  await expect(source.has('0'.repeat(40))).rejects.toThrow('ENOENT');
});

it.each([1, 2, 70, 5000])('finds each of %d hashes in a sorted file, and no other', async (count) => {
  const words = Array.from({ length: count }, (_, at) => `word ${String(at)}`);
  const hashes = words.map(breachHashOf).sort();
  const file = join(folder, `${String(count)}-hashes.txt`);
  writeFileSync(file, hashes.map((hash, at) => `${hash}:${String(10 ** (at % 9))}\r\n`).join(''));
  const source = await sourceAt(file);
  const sought = [hashes[0], hashes.at(-1), ...hashes.filter((_, at) => at % 37 === 0)].map(String);

  for (const hash of sought) expect(await source.has(hash)).toBe(true);
  for (const other of [
    '0'.repeat(40),
    'F'.repeat(40),
    ...words.slice(0, 50).map((word) => breachHashOf(`no ${word}`)),
  ]) {
    expect(await source.has(other)).toBe(false);
  }
});

it('tells of a folder that is not there', async () => {
  await expect(sourceAt(join(folder, 'none'))).rejects.toThrow('ENOENT');
});
