export { Config, ConfigError, isSecureUrl, loadConfig, settingNames, withValues, type Environment } from './config.js';
export { databaseKind, databaseUrl, isMultiPrimary, type DatabaseKind } from './database-url.js';
export { masterKeyOf, withDevelopmentSecrets } from './development-secrets.js';
export { isBaseUrl } from './settings.js';
