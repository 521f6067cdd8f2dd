import { createApp, prepare } from '../app.js';
import { createLog } from '../common/log.js';
import type { Config } from '../config/index.js';
import { loadSetup } from '../store/index.js';

/** Applies the setup file that the configuration names, without serving. */
export async function applySetup(config: Config): Promise<void> {
  const setup = loadSetup(config);
  const app = await createApp(config, createLog({ logLevel: 'warn', logFormat: 'json' }));
  try {
    await prepare(app, config, setup);
  } finally {
    await app.close();
  }
}
