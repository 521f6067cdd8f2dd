// `npm run test:cluster [-- arguments of jest]`: starts a Galera cluster of three nodes, and a primary with a replica, runs
// the tests in test/cluster with a real process of Keyturn on each node, and stops everything. Takes some minutes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const script = join(root, 'test/cluster/servers.sh');
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');

function servers(...args) {
  const { status, stdout, stderr } = spawnSync('sh', [script, ...args], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`servers.sh ${args[0]} failed:\n${stdout}${stderr}`);
  return stdout.trim();
}

function run(folder) {
  for (const kind of ['galera', 'replication']) {
    console.log(`starting: ${kind}`);
    servers(kind, join(folder, kind));
  }
  const args = [jest, '--runInBand', ...(process.argv.length > 2 ? process.argv.slice(2) : ['test/cluster'])];
  return spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, DB: 'cluster', TEST_ROOT: folder, CLUSTER_FOLDER: folder },
  }).status;
}

const env = { PORT_BASE: '23000', ...process.env };
const missing = servers('missing');
if (missing) {
  console.error(`The tests of clusters did not run. What is missing on this machine:\n${missing}`);
  process.exit(1);
}
// a signal ends jest, too, and the servers are stopped then
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
const folder = mkdtempSync(join(tmpdir(), 'keyturn-cluster-'));
spawnSync('chmod', ['755', folder]); // the servers may run as another user
try {
  process.exitCode = run(folder) ?? 1;
} finally {
  for (const kind of ['galera', 'replication']) servers('stop', join(folder, kind));
  rmSync(folder, { recursive: true, force: true });
}
