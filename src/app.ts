import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { errorCodes, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { JSON_API } from '#lib/json-api';
import { answerUnparsable, answerUnreadable, AppFilter, GUARDS } from './app.filter.js';
import { AppModule } from './app.module.js';
import { clusterSize } from './common/cluster-size.js';
import { Database } from './common/database.js';
import { requestLog, type Log } from './common/log.js';
import { Schema } from './common/schema.js';
import { Shutdown } from './common/shutdown.js';
import { noteRequests } from './metrics/index.js';
import type { Config } from './config/index.js';
import { CustomerSetup } from './customer/index.js';
import { shopifyPath } from './dialects/shopify/shopify.paths.js';
import { commonGroundPath } from './dialects/common-ground/common-ground.paths.js';
import { issuerFaults, SetupService, StoreDirectory, type Setup } from './store/index.js';

const BODY_LIMIT = 100 * 1024;
const HEADER_LIMIT = 16 * 1024;
/** Longer than load balancers keep an idle connection, or they would send a request into a closing one. */
const KEEP_ALIVE_MS = 75_000;
const REQUEST_MS = 30_000;
/** Clients that send a header byte now and then are let go after at most `HEADERS_MS` and `CHECK_MS`. */
const HEADERS_MS = 10_000;
const CHECK_MS = 2_000;
const FORM = 'application/x-www-form-urlencoded';
const FORM_PATHS = /^\/(account|customer\/account|oauth)\//;
const JSON_API_PATHS = /^\/api\/(?!graphql\b)[a-z_]+(?:[/?]|$)/;

/** Other paths of what is served, one function for each dialect that has any. */
const REWRITES: readonly ((url: string) => string)[] = [shopifyPath, commonGroundPath];

/**
 * Fastify gives an error handler to the routes that come after it, and Nest sets its own after all routes. Ours is set
 * before them, so Nest's is not wanted.
 */
class Adapter extends FastifyAdapter {
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.instance;
  }
}

/** The HTTP server: bounded in every direction (SEC-3), reading client addresses through trusted proxies only (SEC-6). */
export function createAdapter(config: Config): FastifyAdapter {
  return new Adapter({
    bodyLimit: BODY_LIMIT,
    http: { maxHeaderSize: HEADER_LIMIT, headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: () => randomUUID(),
    rewriteUrl: ({ url = '/' }) => REWRITES.reduce((path, rewrite) => rewrite(path), url),
    routerOptions: { ignoreTrailingSlash: true },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnparsable,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      void answerUnreadable(error, request, reply.headers(GUARDS)); // a path that no route can read
    },
  });
}

/** Builds the application; nothing listens and nothing is set up yet. */
export async function createApp(config: Config, log: Log): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), createAdapter(config), {
    logger: log.forNest,
    abortOnError: false,
  });
  return dressed(app, log);
}

/** Adds what every answer has, of whatever API. */
export async function dressed(app: NestFastifyApplication, log: Log): Promise<NestFastifyApplication> {
  await app.register(fastifyCookie);
  app.useGlobalFilters(new AppFilter());
  hardenHttp(app.getHttpAdapter().getInstance(), log, app.get(Shutdown));
  return app;
}

/** Brings the database up to date where that is wanted, and applies the setup, which `loadSetup` has found good. */
export async function prepare(app: NestFastifyApplication, config: Config, setup: Setup | null): Promise<void> {
  const database = app.get(Database);
  if (config.environment !== 'production') await app.get(Schema).migrate();
  else await refuseUnready(app);
  await warnOfCluster(database, config);
  await app.get(StoreDirectory).reload();
  if (!setup && app.get(StoreDirectory).isEmpty) throw new Error('the database has no store yet: name a SETUP_FILE');
  if (!setup) return;
  for (const fault of issuerFaults(setup, config)) new Logger('setup').warn(fault);
  await app.get(SetupService).apply(setup);
  await app.get(CustomerSetup).apply(setup);
}

/** On a node that lags a revoked token would pass, if this instance alone used another node than the one that revoked it. */
async function warnOfCluster(database: Database, { isMultiPrimary }: Config): Promise<void> {
  const nodes = isMultiPrimary ? 0 : await clusterSize(database);
  if (nodes < 2) return;
  new Logger('database').warn(`the database is a cluster of ${nodes} nodes, but DATABASE_MULTI_PRIMARY is not true`);
}

/** What production asks of a database (SEC-83). */
async function refuseUnready(app: NestFastifyApplication): Promise<void> {
  await app.get(Schema).refusePending();
  if (await app.get(SetupService).hasDemo()) {
    throw new Error(
      'the database holds credentials of the demo setup, because it was used in development: use another',
    );
  }
}

/** Node keeps what was read once: who leaves before the answer is counted by the network all the same (SEC-7). */
const readAddress = ({ remoteAddress }: Socket): string | undefined => remoteAddress;

/** Headers of every answer (SEC-8), and which bodies are read where (SEC-5): forms by pages and OAuth alone. */
function hardenHttp(http: FastifyInstance, log: Log, shutdown: Shutdown): void {
  noteRequests(http);
  http.removeContentTypeParser('text/plain');
  const parse = http.getDefaultJsonParser('error', 'error');
  http.addContentTypeParser(JSON_API, { parseAs: 'string' }, (request, text: string, done) => {
    // clients name the type where there is no body, too
    if (text === '') done(null);
    else void parse(request, text, done);
  });
  http.addHook('onRequest', (request, reply, done) => {
    const type = request.headers['content-type']?.toLowerCase() ?? '';
    const isMisplaced =
      (type.startsWith(FORM) && !FORM_PATHS.test(request.url)) ||
      (type.startsWith(JSON_API) && !JSON_API_PATHS.test(request.url));
    void reply.headers({ ...GUARDS, 'X-Request-Id': request.id });
    if (isMisplaced) done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type));
    else done();
  });
  http.addHook('onResponse', requestLog(log));
  http.server.on('connection', readAddress);
  letConnectionsGo(http, shutdown);
  http.setErrorHandler(answerUnreadable);
}

/**
 * While the service ends, each last answer asks its connection to end too: a kept one would hold the process, and a load
 * balancer's next request would meet its end.
 */
function letConnectionsGo(http: FastifyInstance, shutdown: Shutdown): void {
  http.addHook('preClose', (done) => {
    shutdown.begin();
    done();
  });
  http.addHook('onSend', (_request, reply, payload, done) => {
    if (shutdown.hasBegun) void reply.header('Connection', 'close');
    done(null, payload);
  });
}
