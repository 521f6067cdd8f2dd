import libsql from 'libsql';
import { createConnection } from 'mysql2/promise';
import { BuiltCommand, type Env, type Server } from '../cli/command.js';
import { ADMIN_TOKEN, setupOf } from '../cli/production.js';
import { numbersIn } from '../metrics/numbers.js';

export const PASSWORD = 'correct horse battery';
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly ms: number;
}

let people = 0;

/** An installation whose process is killed and started again: the same database, keys and settings. */
export class Place {
  private server: Server | null = null;

  private constructor(
    private readonly command: BuiltCommand,
    private readonly env: Env,
    readonly databaseUrl: string,
  ) {}

  /** @param env the database is an empty one, unless it is named here */
  static async make(command: BuiltCommand, env: Env = {}): Promise<Place> {
    const databaseUrl = env['DATABASE_URL'] ?? (await command.aDatabase());
    const settings = {
      PORT: '0',
      KEYS_DIR: `${command.aFolder()}/keys`,
      SETUP_FILE: command.aFileWith(JSON.stringify(setupOf({ limits: 'off' }))),
      HASH_MEMORY_KIB: '1024',
      LOG_FORMAT: 'json',
      DATABASE_URL: databaseUrl,
      ...env,
    };
    return new Place(command, settings, databaseUrl);
  }

  async start(): Promise<void> {
    this.server = await this.command.start(this.env);
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.server?.stop(signal);
    this.server = null;
  }

  get url(): string {
    return String(this.server?.url);
  }

  log(): Record<string, unknown>[] {
    return this.server?.log() ?? [];
  }

  async ask(path: string, request: RequestInit = {}): Promise<Answer> {
    const from = performance.now();
    const { status, headers, ...answer } = await this.fetched(path, request);
    return { status, headers, text: answer.text, ms: performance.now() - from };
  }

  post(path: string, body: object, headers: Env = {}): Promise<Answer> {
    const type = { 'content-type': 'application/json' };
    return this.ask(path, { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) });
  }

  /** A new customer's address; the password is PASSWORD. */
  async aPerson(email = `person${(people += 1)}@example.com`): Promise<string> {
    const person = { email, password: PASSWORD, state: 'enabled' };
    const { status, text } = await this.post('/admin/v1/customers', person, { authorization: `Bearer ${ADMIN_TOKEN}` });
    if (status !== 201) throw new Error(`no customer: ${text}`);
    return email;
  }

  askReset(email: string): Promise<Answer> {
    return this.post('/graphql', { query: `mutation{requestPasswordResetEmail(email:"${email}")}` });
  }

  signIn(email: string, password = PASSWORD): Promise<Answer> {
    const query = `mutation{generateCustomerToken(email:"${email}",password:"${password}"){token}}`;
    return this.post('/graphql', { query });
  }

  async metrics(): Promise<ReadonlyMap<string, number>> {
    return numbersIn((await this.ask('/metrics')).text);
  }

  /** A statement past the process, such as the passing of a lease that the test does not wait for. */
  async sql(statement: string): Promise<void> {
    if (this.databaseUrl.startsWith('sqlite:')) {
      const file = new libsql(this.databaseUrl.slice('sqlite:'.length), { timeout: 5000 });
      file.exec(statement);
      file.close();
      return;
    }
    const connection = await createConnection({ uri: this.databaseUrl.replace(/^mariadb:/, 'mysql:') });
    await connection.query(statement);
    await connection.end();
  }

  private async fetched(path: string, request: RequestInit): Promise<Omit<Answer, 'ms'>> {
    const response = await fetch(this.url + path, request);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
}
