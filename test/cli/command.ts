import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { until } from '../support/until.js';

const ROOT = join(__dirname, '../..');
const MARIADB = process.env['DB'] === 'mariadb' ? String(process.env['DATABASE_URL']) : null;

export type Env = Readonly<Record<string, string>>;

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server that runs as a process of its own. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  /** What it has logged so far, line by line. */
  readonly log: () => Record<string, unknown>[];
  /** The exit code, and milliseconds from the signal. */
  readonly stop: (
    signal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL',
  ) => Promise<{ readonly code: number | null; readonly ms: number }>;
}

/** The one document that `--json` prints, on whichever stream. */
export const jsonOf = ({ stdout, stderr }: Outcome): unknown => JSON.parse(stdout + stderr) as unknown;

/** The command as it is built and shipped, in a folder of its own, so that nobody's `dist` matters. */
export class BuiltCommand {
  private readonly folder = mkdtempSync(join(String(process.env['TEST_FOLDER']), 'command-'));
  /** The runs of both databases share what was built. */
  private readonly built = join(process.env['TEST_ROOT'] ?? this.folder, 'built');
  private readonly databases: string[] = [];
  private readonly running = new Set<ChildProcess>();

  async build(): Promise<void> {
    if (existsSync(this.file)) return;
    const making = mkdtempSync(`${this.built}-`);
    const options = [
      '-p',
      'tsconfig.build.json',
      '--outDir',
      join(making, 'dist'),
      '--noCheck',
      '--sourceMap',
      'false',
    ];
    copyFileSync(join(ROOT, 'package.json'), join(making, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(making, 'node_modules'));
    await made([join(ROOT, 'node_modules/typescript/bin/tsc'), ...options]);
    await made([join(ROOT, 'scripts/bundle.mjs'), join(making, 'dist')]);
    try {
      renameSync(making, this.built);
    } catch (error) {
      if (!existsSync(this.file)) throw error; // else another file of tests was quicker
    }
  }

  /** Ends what still runs and removes what was made. */
  async clear(): Promise<void> {
    for (const child of this.running) child.kill('SIGKILL');
    for (const name of this.databases) await onServer(`DROP DATABASE IF EXISTS \`${name}\``);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** An empty folder to work in. */
  aFolder(): string {
    return mkdtempSync(join(this.folder, 'work-'));
  }

  /** The path of a file with that content. */
  aFileWith(content: string): string {
    const file = join(this.aFolder(), 'content');
    writeFileSync(file, content);
    return file;
  }

  /** The URL of an empty database, of the kind that DB names. */
  async aDatabase(): Promise<string> {
    if (!MARIADB) return `sqlite:${join(this.aFolder(), 'keyturn.db')}`;
    const name = `${new URL(MARIADB).pathname.slice(1)}_cli_${this.databases.length}`;
    this.databases.push(name);
    await onServer(`DROP DATABASE IF EXISTS \`${name}\``);
    await onServer(`CREATE DATABASE \`${name}\``);
    return Object.assign(new URL(MARIADB), { pathname: `/${name}` }).href;
  }

  run(command: string, env: Env = {}, cwd = this.aFolder()): Promise<Outcome> {
    return execute([this.file, ...command.split(' ')], withPath(env), cwd);
  }

  /** Begins a command, to kill it before it has ended. */
  begin(command: string, env: Env): { readonly kill: () => Promise<void> } {
    const argv = [this.file, ...command.split(' ')];
    const child = spawn(process.execPath, argv, { env: withPath(env), cwd: this.aFolder(), stdio: 'ignore' });
    this.running.add(child);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
      this.running.delete(child);
    };
    return { kill };
  }

  /** Starts the server and waits until it says that it is ready. */
  async start(env: Env, cwd = this.aFolder()): Promise<Server> {
    mkdirSync(cwd, { recursive: true });
    const child = spawn(process.execPath, [this.file, 'start'], { env: withPath(env), cwd, stdio: ['ignore', 'pipe', 'pipe'] }); // prettier-ignore
    this.running.add(child);
    let output = '';
    child.stdout.on('data', (data) => (output += String(data)));
    child.stderr.on('data', (data) => (output += String(data)));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const log = (): Record<string, unknown>[] => output.split('\n').filter(Boolean).map(entryOf);
    const url = await readyUrl(log, child);
    const stop: Server['stop'] = async (signal = 'SIGTERM') => {
      const from = performance.now();
      child.kill(signal);
      const code = await ended;
      this.running.delete(child);
      return { code, ms: performance.now() - from };
    };
    return { url, pid: Number(child.pid), log, stop };
  }

  /** The folder of its package.json. */
  get home(): string {
    return this.built;
  }

  private get file(): string {
    return join(this.built, 'dist/src/keyturn.cjs');
  }
}

async function readyUrl(log: Server['log'], child: ChildProcess): Promise<string> {
  const find = (): Record<string, unknown> | undefined => log().find(({ msg }) => msg === 'Keyturn is ready');
  await until(() => find() !== undefined || child.exitCode !== null);
  const ready = find();
  if (!ready) throw new Error(`the server did not start: ${JSON.stringify(log())}`);
  return String(ready['url']);
}

function entryOf(line: string): Record<string, unknown> {
  return line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : { text: line };
}

/** A step of the build. */
async function made(argv: string[]): Promise<void> {
  const { code, stdout, stderr } = await execute(argv, process.env, ROOT);
  if (code !== 0) throw new Error(stdout + stderr);
}

/** Nothing of the tests' own environment reaches the command. */
function withPath(env: Env): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...env };
}

function execute(argv: string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, { env, cwd, timeout: 60_000 }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

async function onServer(statement: string): Promise<void> {
  const { hostname, port, username, password } = new URL(String(MARIADB));
  const connection = await createConnection({ host: hostname, port: Number(port || 3306), user: username, password });
  await connection.query(statement);
  await connection.end();
}
