import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, prepare } from './app.js';
import { createLog, useLog, type Log } from './common/log.js';
import { holdDatabase } from './common/server-lock.js';
import { Shutdown } from './common/shutdown.js';
import { databaseKind, withDevelopmentSecrets, type Config } from './config/index.js';
import { demoAdminToken, demoSetup, loadSetup, secretText } from './store/index.js';

/**
 * Starts the whole service and says where it answers. SIGTERM, SIGINT and SIGHUP let running requests finish.
 *
 * @param given what `loadConfig` read; nothing is made before the setup has been found good, too
 */
export async function serve(given: Config): Promise<NestFastifyApplication> {
  const setup = loadSetup(given);
  const config = withDevelopmentSecrets(given);
  const log = createLog(config);
  useLog(log);
  holdDatabase(config.databaseUrl);
  const app = await createApp(config, log);
  endOnSignal(app, config, log);
  await prepare(app, config, setup);
  collectGarbage();
  await app.listen(config.port, config.host);
  announce(config, log, await app.getUrl());
  return app;
}

/** Gives back what the start needed, before anybody waits for an answer; Node 24 would keep most of it for good. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  // eslint-disable-next-line keyturn/cast -- what another context has is not known to the compiler
  const collect = runInNewContext('gc') as () => void;
  collect();
}

/**
 * Says that it is not ready, serves on until load balancers must have seen that, then finishes what is under way and
 * ends with code 0. Who signals twice waits no shorter.
 */
function endOnSignal(app: NestFastifyApplication, { shutdownDelay }: Config, { lines }: Log): void {
  const shutdown = app.get(Shutdown);
  const end = async (): Promise<void> => {
    if (shutdown.hasBegun) return;
    shutdown.begin();
    lines.info({ seconds: shutdownDelay }, 'Keyturn is about to end');
    await sleep(shutdownDelay * 1000);
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      end().catch((error: unknown) => {
        lines.error({ err: error }, 'Keyturn did not end in order');
        process.exit(1);
      });
    });
  }
}

function announce(config: Config, { lines }: Log, url: string): void {
  const { environment, mailUrl, hash, threadPoolSize: pool } = config;
  const mail = mailUrl === 'mailbox:' ? 'mailbox' : 'smtp';
  lines.info(
    { url, environment, database: databaseKind, mail, startedInMs: Math.round(performance.now()) },
    'Keyturn is ready',
  );
  if (pool < hash.concurrency + 4) {
    lines.warn(
      `UV_THREADPOOL_SIZE is ${pool}; with HASH_CONCURRENCY ${hash.concurrency} it should be ${hash.concurrency + 4}: start by "keyturn start"`,
    );
  }
  if (environment !== 'development' || config.setupFile !== null) return;
  for (const { email, password } of demoSetup.customers ?? []) {
    lines.info(`demo customer: ${email} with password ${password ? secretText(password) : 'none'}`);
  }
  lines.info(`demo admin token: ${demoAdminToken}`);
  lines.info(`open ${config.publicUrl} in a browser; caught mail: ${config.publicUrl}/dev/mailbox`);
}
