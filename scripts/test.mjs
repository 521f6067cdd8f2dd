// `npm test [-- arguments of jest]`: all tests on SQLite, then those in test/ once more on MariaDB where one answers.
// The last line is `N passed, N failed[, N skipped]`; the line before it says what was left out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import scope from './test-scope.cjs';

const root = join(import.meta.dirname, '..');
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const mariadbUrl = process.env.TEST_MARIADB_URL || 'mariadb://root@127.0.0.1:3306';

/** Why MariaDB cannot be used, or null when it answers. */
async function mariadbFault() {
  try {
    const uri = mariadbUrl.replace(/^mariadb:/, 'mysql:');
    const connection = await createConnection({ uri, connectTimeout: 3000 });
    await connection.query('SELECT 1');
    await connection.end();
    return null;
  } catch (error) {
    return error.code ?? error.message;
  }
}

/** Without arguments everything runs, in groups that share their modules; else what the arguments say, file by file. */
const chosen = process.argv.length > 2 ? process.argv.slice(2) : ['--testMatch', '<rootDir>/test/groups/*.group.ts'];

function runJest(database, folder) {
  const outputFile = join(folder, `${database}.json`);
  console.log(`\n== Tests on ${database === 'sqlite' ? 'SQLite' : 'MariaDB'} ==\n`);
  const { status, signal } = spawnSync(
    process.execPath,
    [jest, '--json', `--outputFile=${outputFile}`, '--passWithNoTests', ...chosen],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, DB: database, TEST_ROOT: folder, CHROMIUM_PATH: scope.chromium },
    },
  );
  return { database, ...countsIn(outputFile, status ?? 1), interrupted: signal !== null };
}

/** A file that does not load counts as a failed test, and so does a run that failed without saying which. */
function countsIn(outputFile, status) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const results = JSON.parse(readFileSync(outputFile, 'utf8'));
    counts.passed = results.numPassedTests;
    counts.failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    counts.skipped = results.numPendingTests + results.numTodoTests;
  } catch {
    status ||= 1;
  }
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function leftOut(fault) {
  const { host } = new URL(mariadbUrl);
  const files = readdirSync(join(root, 'test'), { recursive: true });
  const browserFiles = files.filter((file) => file.endsWith('.browser.spec.ts'));
  const redisFiles = files.filter((file) => file.endsWith('.redis.spec.ts'));
  return [
    ...(fault ? [`everything on MariaDB, because none answers at ${host} (${fault})`] : []),
    ...(scope.hasChromium || browserFiles.length === 0
      ? []
      : [`the browser tests (files: ${browserFiles.length}), because there is no Chromium at ${scope.chromium}`]),
    ...(scope.hasRedis || redisFiles.length === 0
      ? []
      : [
          `the tests with Redis (files: ${redisFiles.length}), because there is no redis-server at ${scope.redisServer}`,
        ]),
  ];
}

const sum = (runs, key) => runs.reduce((total, run) => total + run[key], 0);

const fault = await mariadbFault();
const folder = mkdtempSync(join(tmpdir(), 'keyturn-jest-'));
const runs = [];
for (const database of fault ? ['sqlite'] : ['sqlite', 'mariadb']) {
  runs.push(runJest(database, folder));
  if (runs.at(-1).interrupted) break;
}
rmSync(folder, { recursive: true, force: true });

const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map((key) => sum(runs, key));
console.log('\n== Summary ==\n');
for (const run of runs) {
  console.log(`${run.database}: ${run.passed} passed, ${run.failed} failed, ${run.skipped} skipped`);
}
if (passed + failed === 0) console.log('No test ran.');
console.log(`Left out: ${leftOut(fault).join('; ') || 'nothing'}.`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
