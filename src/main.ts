import 'reflect-metadata';
import { ConfigError, loadConfig, withDevelopmentSecrets } from './config/index.js';

/** Starts the server. The rest is loaded only after the configuration has been found to be good. */
async function main(): Promise<void> {
  const config = withDevelopmentSecrets(loadConfig());
  const { serve } = await import('./serve.js');
  await serve(config);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
});
