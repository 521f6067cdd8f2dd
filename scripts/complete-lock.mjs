// Adds to package-lock.json the optional packages of other platforms that npm left out. npm does so when the registry it
// asked has only this platform's packages, and `npm ci` then refuses its own lock file. What is added has no digest, and
// lock-rules.cjs has to name it, until a registry tells more: then take the entries out and run `npm install
// --package-lock-only`. Usage: npm run lock:complete
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const PLATFORM = /-(darwin|linux|win32|freebsd|android|openharmony)-([a-z0-9]+)(?:-([a-z]+))?$/;
const LIBC = { gnu: ['glibc'], musl: ['musl'] };

const lock = JSON.parse(readFileSync(FILE, 'utf8'));

for (const [path, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = PLATFORM.exec(name);
    if (!platform || isLocked(path, name)) continue;
    lock.packages[`node_modules/${name}`] = entryFor(entry, version, platform);
    console.log(`${path} needs ${name}@${version}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);

/** Whether Node would find the package from there: in that folder's node_modules or in one above. */
function isLocked(path, name) {
  const parts = path.split('/node_modules/');
  const folders = ['', ...parts.map((_, at) => `${parts.slice(0, at + 1).join('/node_modules/')}/`)];
  return folders.some((folder) => lock.packages[`${folder}node_modules/${name}`] !== undefined);
}

function entryFor({ dev, license, engines }, version, [, os, cpu, abi]) {
  const libc = LIBC[abi] ? { libc: LIBC[abi] } : {};
  return { version, cpu: [cpu], ...(dev ? { dev } : {}), license, optional: true, os: [os], ...libc, engines };
}
