import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuiltCommand } from './command.js';

jest.setTimeout(120_000);

const command = new BuiltCommand();

beforeAll(() => command.build());

afterAll(() => command.clear());

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** The files of JavaScript that a process has loaded, by Node's own account of them. */
function loadedBy(folder: string): readonly string[] {
  const accounts = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage);
  return accounts.flatMap(({ result }) => result.map(({ url }) => url)).filter((url) => url.startsWith('file:'));
}

const packageOf = (url: string): string | undefined => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];

it('serves out of the bundle, and loads nothing of what is packed a second time', async () => {
  const folder = command.aFolder();
  const env = { PORT: '0', DATABASE_URL: await command.aDatabase(), NODE_V8_COVERAGE: folder };
  const server = await command.start(env);
  const page = await fetch(`${server.url}/account/recover`);
  await server.stop();

  const loaded = loadedBy(folder);
  const packages = new Set(loaded.map(packageOf));

  expect(page.status).toBe(200);
  expect(loaded.filter((url) => url.includes('/dist/bundle/'))).not.toEqual([]);
  expect(loaded.filter((url) => /\/dist\/(src|libs)\//.test(url)).map((url) => url.replace(/.*\/dist/, ''))).toEqual([
    '/src/keyturn.cjs',
    '/src/thread-priorities.cjs',
  ]);
  expect([...packages].filter((name) => /^(@nestjs|graphql|mercurius|fastify|typeorm|mysql2|passport)/.test(name ?? ''))).toEqual([]); // prettier-ignore
  for (const apart of ['@node-rs/argon2', 'libsql', 'pino']) expect(packages).toContain(apart);
});

it('is packed in letters that every Node keeps in one byte each', () => {
  const folder = join(command.home, 'dist/bundle');

  const wide = readdirSync(folder).filter((name) => /[\u0080-\uffff]/.test(readFileSync(join(folder, name), 'utf8')));

  expect(wide).toEqual([]);
});
