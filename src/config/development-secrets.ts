import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withValues, type Config } from './config.js';

/** In development a missing SECRET_KEY is made once and kept beside the signing keys, so that restarts change nothing. */
export function withDevelopmentSecrets(config: Config): Config {
  if (config.secretKey !== null) return config;
  const file = join(dirname(config.keysDir), 'secret.key');
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return withValues(config, { secretKey: readFileSync(file) });
}

/** The key from which all others are derived. */
export function masterKeyOf(config: Config): Buffer {
  if (config.secretKey === null) throw new Error('SECRET_KEY is missing');
  return config.secretKey;
}
