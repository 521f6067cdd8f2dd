// Which test files run where, told by their paths. Read by jest.config.cjs and by scripts/test.mjs.
const { existsSync } = require('node:fs');

const chromium = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
const hasChromium = existsSync(chromium);

/** Patterns of the files that a run leaves out; MariaDB's run has nothing to add to pure tests. */
function leftOut(database, browser = hasChromium) {
  return [
    '/node_modules/',
    ...(database === 'mariadb'
      ? ['<rootDir>/(src|libs|test/tooling)/', '\\.sqlite\\.spec\\.ts$']
      : ['\\.mariadb\\.spec\\.ts$']),
    ...(browser ? [] : ['\\.browser\\.spec\\.ts$']),
  ];
}

module.exports = { chromium, hasChromium, leftOut };
