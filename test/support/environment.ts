import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs before each test file: every file has a database and a key folder of its own. The runner removes TEST_ROOT. */
const folder = mkdtempSync(join(process.env['TEST_ROOT'] ?? tmpdir(), 'keyturn-test-'));
const server = process.env['TEST_MARIADB_URL'] ?? 'mariadb://root@127.0.0.1:3306';
const name = `${process.env['TEST_DATABASE_PREFIX'] ?? 'keyturn_test'}_${process.env['JEST_WORKER_ID'] ?? '1'}`;

process.env['NODE_ENV'] = 'test';
process.env['DATABASE_URL'] =
  process.env['DB'] === 'mariadb' ? `${server}/${name}` : `sqlite:${join(folder, 'keyturn.db')}`;
// making a key takes long, so the files of one worker share theirs
process.env['KEYS_DIR'] = join(
  process.env['TEST_ROOT'] ?? folder,
  `keys-${process.env['JEST_WORKER_ID'] ?? '1'}`,
  'keys',
);
process.env['TEST_FOLDER'] = folder;
