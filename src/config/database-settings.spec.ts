import { ConfigError, loadConfig } from './index.js';

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

it.each(['sqlite:./data/copy.db', 'mariadb://one.example', 'mariadb://one.example/db,', 'mariadb://a.example/db x'])(
  'refuses the DATABASE_REPLICA_URLS %s',
  (urls) => {
    const faults = faultsOf({ DATABASE_URL: 'mariadb://db.example/keyturn', DATABASE_REPLICA_URLS: urls });
    expect(faults).toEqual([expect.stringMatching(/^DATABASE_REPLICA_URLS must be/)]);
  },
);

it('refuses replicas of an SQLite file, and a DATABASE_MULTI_PRIMARY that is neither true nor false', () => {
  expect(faultsOf({ DATABASE_REPLICA_URLS: 'mariadb://one.example/db', DATABASE_MULTI_PRIMARY: 'yes' })).toEqual([
    'DATABASE_MULTI_PRIMARY must be one of true, false, but is "yes"',
    'DATABASE_REPLICA_URLS needs a DATABASE_URL of the form mysql://… or mariadb://…',
  ]);
});
