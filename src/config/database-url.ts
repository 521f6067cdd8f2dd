import { Settings } from './settings.js';

/** Which family of SQL the entities and migrations are written for. */
export type DatabaseKind = 'sqlite' | 'mysql';

export const DEFAULT_DATABASE_URL = 'sqlite:./data/keyturn.db';

/** Read before the rest of the configuration, because column types depend on it; `loadConfig` tells its faults. */
export const databaseUrl: string = new Settings(process.env).text('DATABASE_URL', DEFAULT_DATABASE_URL);

/** Read as early as `databaseUrl`, for whoever opens connections. */
export const isMultiPrimary: boolean = new Settings(process.env).text('DATABASE_MULTI_PRIMARY', 'false') === 'true';

export const databaseKind: DatabaseKind = /^(mysql|mariadb):/.test(databaseUrl) ? 'mysql' : 'sqlite';
