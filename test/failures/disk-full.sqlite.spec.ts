import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import libsql from 'libsql';
import { BuiltCommand } from '../cli/command.js';
import { Place } from './place.js';

jest.setTimeout(120_000);

const command = new BuiltCommand();
const folder = command.aFolder();

/** A small disk of its own can be had on Linux, by root, where mounting is not forbidden. */
function mounted(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const hasDisk = mounted();

afterAll(async () => {
  // lazily: SQLite's driver lets go of a file when it is collected
  if (hasDisk) execFileSync('umount', ['-l', folder]);
  await command.clear();
});

/** Leaves not a byte of the disk. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (let size = 65_536; size >= 1; size >>= 1) writeUntilFull(handle, Buffer.alloc(size));
  } finally {
    closeSync(handle);
  }
}

function writeUntilFull(handle: number, bytes: Buffer): void {
  try {
    while (writeSync(handle, bytes) === bytes.length);
  } catch {
    // that is what is wanted
  }
}

(hasDisk ? it : it.skip)(
  'refuses what would write while the disk is full, goes on when there is room, and loses nothing',
  async () => {
    await command.build();
    const file = join(folder, 'keyturn.db');
    const place = await Place.make(command, { DATABASE_URL: `sqlite:${file}` });
    await place.start();
    const ann = await place.aPerson();
    const before = await place.signIn(ann);

    fill(join(folder, 'filling'));
    const refused = [];
    for (let time = 0; time < 20; time += 1) refused.push(await place.signIn(ann));
    const metrics = await place.metrics();
    const { token }: { token: string } = JSON.parse(before.text).data.generateCustomerToken;
    const who = await place.ask('/graphql?query={customer{email}}', { headers: { authorization: `Bearer ${token}` } });
    rmSync(join(folder, 'filling'));
    const after = await place.signIn(ann);
    await place.stop();

    const last = refused.at(-1);
    expect([last?.status, last?.headers.get('retry-after')]).toEqual([503, '1']);
    expect(refused.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect(metrics.get('keyturn_database_refused_total')).toBeGreaterThan(0);
    expect(who.text).toContain(ann);
    expect(after.text).toContain('"token":"');
    const database = new libsql(file);
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  },
);
