import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Keeps a second server off an SQLite file: turns are taken within a process only. The command line may work beside
 * a server. Other databases need no such lock.
 *
 * @throws Error when another server that lives holds the file
 */
export function holdDatabase(databaseUrl: string): void {
  if (!databaseUrl.startsWith('sqlite:')) return;
  const lock = resolve(`${databaseUrl.slice('sqlite:'.length)}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  const holder = holderOf(lock);
  if (holder !== null) throw new Error(`another server (process ${holder}) uses this SQLite file: ${lock}`);
  writeFileSync(lock, String(process.pid));
  process.once('exit', () => {
    rmSync(lock, { force: true });
  });
}

/** The process that holds a lock, or null when there is none or it has ended without tidying up. */
function holderOf(lock: string): number | null {
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // it lives, but belongs to somebody else
  }
}
