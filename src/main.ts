import 'reflect-metadata';
import { loadConfig } from './config/index.js';

/** Starts the server. The rest is loaded only after the configuration has been found to be good. */
async function main(): Promise<void> {
  const config = loadConfig();
  const { serve } = await import('./serve.js');
  await serve(config);
}

/** Faults of the configuration are for the operator; of anything else the developer wants to know where it came from. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'faults' in error ? error.message : (error.stack ?? error.message);
}

main().catch((error: unknown) => {
  process.stderr.write(`${textOf(error)}\n`);
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
});
