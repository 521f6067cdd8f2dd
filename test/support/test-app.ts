import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'typeorm';
import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createAdapter, dressed, prepare } from '../../src/app.js';
import { AppModule } from '../../src/app.module.js';
import { Clock } from '../../src/common/clock.js';
import { Database } from '../../src/common/database.js';
import { createLog, type Log } from '../../src/common/log.js';
import { Config, loadConfig, withDevelopmentSecrets } from '../../src/config/index.js';
import { MailboxTransport, MailWorker, type CaughtMail } from '../../src/mail/index.js';
import { demoSetup, loadSetup, SetupService, readSetup, type Setup } from '../../src/store/index.js';
import { DeliveryWorker } from '../../src/webhook/index.js';
import { emptyDatabase, emptyTables, holdDatabase } from './database.js';
import { FakeClock } from './fake-clock.js';

export const PASSWORD = 'correct horse battery';
const ADMIN = { authorization: 'Bearer demo-admin-token' };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

export interface TestCustomer {
  readonly number: number;
  readonly id: number;
  readonly email: string;
  readonly password: string;
}

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** The client's address; each test has one of its own unless it says otherwise. */
  readonly from?: string;
}

const LOOKS_FOR_WORK = /^SELECT id(?:, \w+ AS lane FROM \w+| FROM event WHERE waiting > 0)/;
/** The directory of stores reads them again every ten seconds. */
const RELOADS_STORES = /^SELECT ["`](?:Store|s)["`]\.["`]id["`]/;

let made = 0;
let shared: TestApp | null = null;
let isSharing = false;

/** From now on `TestApp.start` hands out one application again and again, emptied each time. */
export function shareApps(): void {
  isSharing = true;
}

/** The whole application in one process, on the database that DB names, with a clock that only tests turn. */
export class TestApp {
  /** Every line that was logged. */
  readonly logged: string[] = [];
  /** Every statement since the last `statements.length = 0`, but for what idle workers look for now and then. */
  readonly statements: string[] = [];
  /** Every route that Fastify was given, as `METHOD path`. */
  readonly routes: string[] = [];
  private app: NestFastifyApplication;
  private log: Log;
  /** Mails that were caught while another file used this application. */
  private formerMails: ReadonlySet<CaughtMail> = new Set();

  private constructor(readonly clock: FakeClock) {}

  /** The application on an empty database with the demo setup. Its clock may stand in the future, and ids need not begin at 1. */
  static async start(): Promise<TestApp> {
    if (isSharing && shared) return shared.startedAnew();
    const app = await TestApp.startOwn();
    if (!isSharing) return app;
    shared = app;
    holdDatabase(async () => {
      shared = null;
      await app.close();
    });
    return app;
  }

  /** An application for one file alone, with settings of its own. */
  static async startOwn(env: Record<string, string> = {}, more: Type[] = []): Promise<TestApp> {
    await emptyDatabase();
    const test = new TestApp(new FakeClock());
    const config = withDevelopmentSecrets(
      loadConfig({
        ...process.env,
        HASH_MEMORY_KIB: '64',
        HASH_TIME_COST: '1',
        TRUSTED_PROXIES: '127.0.0.1',
        PUBLIC_URL: 'http://localhost:3000',
        ...env,
      }),
    );
    test.log = createLog({ logLevel: 'info', logFormat: 'json' }, { write: (line) => void test.logged.push(line) });
    const building = Test.createTestingModule({ imports: [AppModule.of(config, test.statementLog()), ...more] });
    const module = await building.overrideProvider(Clock).useValue(test.clock).compile();
    const app = module.createNestApplication<NestFastifyApplication>(createAdapter(config), {
      logger: test.log.forNest,
    });
    app
      .getHttpAdapter()
      .getInstance()
      .addHook(
        'onRoute',
        ({ method, url }) => void test.routes.push(...[method].flat().map((verb) => `${verb} ${url}`)),
      );
    test.app = await dressed(app, test.log);
    await prepare(test.app, config, loadSetup(config));
    await test.app.init();
    await test.app.getHttpAdapter().getInstance().ready();
    return test;
  }

  /** To be called when the tests of a file are done. */
  async stop(): Promise<void> {
    if (this !== shared) await this.close();
  }

  private close(): Promise<void> {
    return this.app.close();
  }

  /** As after a start, but in a fraction of the time. */
  private async startedAnew(): Promise<TestApp> {
    jest.restoreAllMocks();
    await this.get(MailWorker).idle();
    await this.get(DeliveryWorker).idle();
    await emptyTables(this.database);
    this.formerMails = new Set(this.get(MailboxTransport).list());
    this.clock.restart();
    await prepare(this.app, this.get(Config), loadSetup(this.get(Config)));
    for (const lines of [this.logged, this.statements]) lines.length = 0;
    return this;
  }

  /** Answers at PUBLIC_URL as well, for browsers. The answer is that URL. */
  async listen(): Promise<string> {
    const { publicUrl } = this.get(Config);
    const { hostname, port } = new URL(publicUrl);
    await this.app.listen(Number(port), hostname);
    return publicUrl;
  }

  get database(): Database {
    return this.app.get(Database);
  }

  get<T>(type: abstract new (...parameters: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }

  async request({ method = 'GET', url, headers = {}, body, from = '198.51.100.1' }: Request): Promise<Answer> {
    const json = body !== undefined && typeof body !== 'string';
    const answer = await this.app.inject({
      method,
      url,
      headers: { ...(json ? { 'content-type': 'application/json' } : {}), 'x-forwarded-for': from, ...headers },
      ...(body === undefined ? {} : { payload: json ? JSON.stringify(body) : body }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: parsed(answer.body) };
  }

  /** A GraphQL operation of Adobe's dialect. */
  adobe(query: string, variables?: object, headers: Record<string, string> = {}, from?: string): Promise<Answer> {
    return this.request({
      method: 'POST',
      url: '/graphql',
      headers,
      body: { query, variables },
      ...(from ? { from } : {}),
    });
  }

  admin(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    return this.request({ method, url: `/admin/v1${path}`, headers: ADMIN, body });
  }

  /** A new customer with a password; unique address by default. */
  async aCustomer(given: Record<string, unknown> = {}): Promise<TestCustomer> {
    made += 1;
    const email = `customer-${made}@example.com`;
    const { status, body, text } = await this.admin('POST', '/customers', {
      email,
      password: PASSWORD,
      firstName: 'Ann',
      lastName: 'Lee',
      state: 'enabled',
      ...given,
    });
    if (status !== 201) throw new Error(`no customer: ${text}`);
    return {
      number: body.number,
      id: body.id,
      email: body.email,
      password: typeof given['password'] === 'string' ? given['password'] : PASSWORD,
    };
  }

  /** A token through Adobe's dialect. */
  async signedIn({ email, password }: TestCustomer, headers: Record<string, string> = {}): Promise<string> {
    const answer = await this.adobe(
      'mutation($e:String!,$p:String!){generateCustomerToken(email:$e,password:$p){token}}',
      { e: email, p: password },
      headers,
    );
    const token: unknown = answer.body.data?.generateCustomerToken?.token;
    if (typeof token !== 'string') throw new Error(`no token: ${answer.text}`);
    return token;
  }

  async mailsTo(address: string): Promise<readonly CaughtMail[]> {
    await this.get(MailWorker).idle();
    return this.get(MailboxTransport)
      .list(address)
      .filter((mail) => !this.formerMails.has(mail));
  }

  /** The newest mail to an address, and the secret in its link. */
  async lastMail(address: string): Promise<CaughtMail & { readonly link: string; readonly secret: string }> {
    const mails = await this.mailsTo(address);
    const mail = mails[mails.length - 1];
    if (!mail) throw new Error(`no mail to ${address}: ${this.logged.slice(-5).join('')}`);
    const link = /^https?:\S+$/m.exec(mail.text)?.[0] ?? '';
    return { ...mail, link, secret: /[A-Za-z0-9]{32}/.exec(link)?.[0] ?? '' };
  }

  /** Applies the demo setup with changes to the default realm's policy or the default store. */
  async setUp(changes: {
    readonly policy?: object;
    readonly adobe?: object;
    readonly commerceLayer?: object;
    readonly shopify?: object;
    readonly stores?: readonly object[];
  }): Promise<void> {
    const [realm] = demoSetup.realms;
    const [store] = realm?.stores ?? [];
    const setup = {
      ...demoSetup,
      realms: [
        {
          ...realm,
          policy: changes.policy ?? {},
          stores: [
            {
              ...store,
              adobe: { ...store?.adobe, ...changes.adobe },
              commerceLayer: { ...store?.commerceLayer, ...changes.commerceLayer },
              shopify: { ...store?.shopify, ...changes.shopify },
            },
            ...(changes.stores ?? []),
          ],
        },
      ],
    };
    await this.get(SetupService).apply(this.checked(setup));
  }

  private checked(setup: object): Setup {
    return readSetup(JSON.stringify(setup), loadConfig({ ...process.env }));
  }

  private statementLog(): Logger {
    const ignore = (): void => undefined;
    return {
      logQuery: (query) => {
        if (!LOOKS_FOR_WORK.test(query) && !RELOADS_STORES.test(query)) this.statements.push(query);
      },
      logQueryError: ignore,
      logQuerySlow: ignore,
      logSchemaBuild: ignore,
      logMigration: ignore,
      log: ignore,
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
