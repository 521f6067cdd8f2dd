// Which test files run where, told by their paths. Read by jest.config.cjs and by scripts/test.mjs.
const { existsSync } = require('node:fs');

const chromium = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
const hasChromium = existsSync(chromium);
const redisServer = process.env.REDIS_SERVER_PATH || '/usr/bin/redis-server';
const hasRedis = existsSync(redisServer);

/** Patterns of the files that a run leaves out; MariaDB's run has nothing to add to pure tests. */
function leftOut(database, browser = hasChromium, redis = hasRedis) {
  return [
    '/node_modules/',
    ...(database === 'cluster' ? [] : ['<rootDir>/test/cluster/']), // they need servers of their own: npm run test:cluster
    ...(database === 'mariadb'
      ? ['<rootDir>/(src|libs|test/tooling)/', '\\.sqlite\\.spec\\.ts$']
      : ['\\.mariadb\\.spec\\.ts$']),
    ...(browser ? [] : ['\\.browser\\.spec\\.ts$']),
    ...(redis ? [] : ['\\.redis\\.spec\\.ts$']),
  ];
}

module.exports = { chromium, hasChromium, redisServer, hasRedis, leftOut };
