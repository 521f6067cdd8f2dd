import { join } from 'node:path';
import { BuiltCommand, type Env, type Server } from '../cli/command.js';
import { MailServer } from '../cli/mail-server.js';
import { ADMIN_TOKEN, PRODUCTION, setupOf } from '../cli/production.js';
import { until } from '../support/until.js';
import { sql, urlOf, type ServerName } from './servers.js';

const PASSWORD = 'correct horse battery';

/** Failures in a row that lock an account here. */
export const ATTEMPTS = 25;

const POLICY = { limits: 'off', lockout: { attempts: ATTEMPTS } };

export interface Answer {
  readonly status: number;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the wire says
}

export interface Person {
  readonly number: number;
  readonly email: string;
  readonly password: string;
}

/** Where an instance keeps its data, and what else it is told. */
export interface Place {
  readonly server: ServerName;
  readonly env?: Env;
}

let persons = 0;

/** Processes of Keyturn, as many as there are places, that share a database, keys and a mail server. */
export class Instances {
  readonly mails = new MailServer();
  private servers: Server[] = [];
  private envs: readonly Env[] = [];
  /** How many requests were asked to come back. */
  busy = 0;

  private constructor(
    private readonly command: BuiltCommand,
    private readonly database: string,
  ) {}

  static async start(database: string, places: readonly Place[]): Promise<Instances> {
    const command = new BuiltCommand();
    await command.build();
    const instances = new Instances(command, database);
    const [first] = places;
    if (!first) throw new Error('no place');
    await sql(first.server, `CREATE DATABASE ${database}`);
    instances.envs = await instances.envsOf(
      POLICY,
      places.map(({ server, env }) => ({ DATABASE_URL: urlOf(server, database), ...env })),
    );
    for (const env of instances.envs) instances.servers.push(await command.start(env));
    return instances;
  }

  /** Two that start at the same moment on an empty database of the server that the other tests use. */
  static async startPair(policy: object = {}, env: Env = {}): Promise<Instances> {
    const command = new BuiltCommand();
    await command.build();
    const DATABASE_URL = await command.aDatabase();
    const instances = new Instances(command, new URL(DATABASE_URL).pathname.slice(1));
    instances.envs = await instances.envsOf({ ...POLICY, ...policy }, [
      { DATABASE_URL, ...env },
      { DATABASE_URL, ...env },
    ]);
    try {
      instances.servers = await Promise.all(instances.envs.map((one) => command.start(one)));
    } catch (error) {
      await instances.stop(); // the other may have started
      throw error;
    }
    return instances;
  }

  /** Ends an instance as a load balancer's operator does; the answer is its exit code. */
  async end(at: number): Promise<number | null> {
    const ended = await this.servers[at]?.stop('SIGTERM');
    return ended?.code ?? null;
  }

  /** Starts an instance anew, when it has ended. */
  async startAgain(at: number): Promise<void> {
    this.servers[at] = await this.command.start(this.envs[at] ?? {});
  }

  /** The base URL of an instance, the first being 0; numbers beyond the last begin anew. */
  url(at: number): string {
    return String(this.servers[at % this.servers.length]?.url);
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
    await this.command.clear();
    await this.mails.stop();
  }

  /** How often each conflict was met by all instances so far, by the server's error number. */
  conflicts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const entry of this.servers.flatMap((server) => server.log())) {
      if (entry['msg'] !== 'a conflict between transactions') continue;
      counts[String(entry['errno'])] = (counts[String(entry['errno'])] ?? 0) + 1;
    }
    return counts;
  }

  /** Texts of warnings about the database, instance by instance. */
  warnings(): readonly (readonly unknown[])[] {
    const isWarning = (entry: Record<string, unknown>): boolean =>
      entry['context'] === 'database' && entry['level'] === 40;
    return this.servers.map((server) =>
      server
        .log()
        .filter(isWarning)
        .map(({ msg }) => msg),
    );
  }

  /** Lines of requests that no surface had words for. */
  faults(): readonly unknown[] {
    const entries = this.servers.flatMap((server) => server.log());
    return entries.filter(({ msg }) => msg === 'a request failed' || msg === 'a page failed');
  }

  async post(at: number, path: string, body: object, headers: Env = {}): Promise<Answer> {
    return this.ask(at, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  async ask(at: number, path: string, request: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.url(at) + path, request);
    const text = await response.text();
    if (response.status === 503) this.busy += 1;
    return {
      status: response.status,
      body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
    };
  }

  adobe(at: number, query: string, variables: object = {}, headers: Env = {}): Promise<Answer> {
    return this.post(at, '/graphql', { query, variables }, headers);
  }

  admin(at: number, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    if (body) return this.post(at, `/admin/v1${path}`, body, headers);
    return this.ask(at, `/admin/v1${path}`, { method, headers });
  }

  /** A customer who was made by one instance; every other sees the row when this returns. */
  async aPerson(at = 0): Promise<Person> {
    const email = `person${(persons += 1)}@example.com`;
    const { body } = await this.admin(at, 'POST', '/customers', { email, password: PASSWORD, state: 'enabled' });
    return { number: body.number, email, password: PASSWORD };
  }

  /** A row of a customer, as a node tells it that has seen all commits. */
  async row(server: ServerName, { number }: Person): Promise<Readonly<Record<string, unknown>>> {
    const [row] = await sql(server, `SELECT * FROM customer WHERE number = ${number}`, this.database);
    return row ?? {};
  }

  /** Secrets of the links in mails to an address, oldest first, once there are so many. */
  async secrets(email: string, wanted: number): Promise<string[]> {
    const find = (): string[] =>
      this.textsTo(email).flatMap((text) => /(?:token=|reset\/\d+\/)([A-Za-z0-9]{32})/.exec(text)?.[1] ?? []);
    await until(() => find().length >= wanted);
    return find();
  }

  textsTo(email: string): string[] {
    return this.mails.mails.filter(({ to }) => to === email).map(({ text }) => text);
  }

  /** Settings of each instance: its own, and those that all share. */
  private async envsOf(policy: object, own: readonly Env[]): Promise<readonly Env[]> {
    const shared = {
      ...PRODUCTION,
      NODE_ENV: 'development', // production refuses to be without limits
      MAIL_URL: await this.mails.start(),
      KEYS_DIR: join(this.command.aFolder(), 'keys'),
      SETUP_FILE: this.command.aFileWith(JSON.stringify(setupOf(policy))),
      HASH_MEMORY_KIB: '1024',
      HASH_CONCURRENCY: '2',
      UV_THREADPOOL_SIZE: '6',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
    };
    await this.command.run('keys generate', shared);
    return own.map((env) => ({ ...shared, ...env }));
  }
}
