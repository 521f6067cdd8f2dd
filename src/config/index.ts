export { Config, ConfigError, isSecureUrl, loadConfig, settingNames, type Environment } from './config.js';
export { databaseKind, databaseUrl, type DatabaseKind } from './database-url.js';
export { masterKeyOf, withDevelopmentSecrets } from './development-secrets.js';
export { isBaseUrl } from './settings.js';
