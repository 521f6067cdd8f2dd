// What package-lock.json must hold to (SEC-87). Used by scripts/verify.mjs and by test/tooling.

/** Packages that bring an install script. Nothing here needs one to work; `npm ci --ignore-scripts` is fine. */
const MAY_HAVE_SCRIPTS = ['argon2', '@parcel/watcher', '@swc/core'];

/** The oldest versions without known holes. */
const OLDEST = { nodemailer: '9.1.1', jsonwebtoken: '9.0.0', typeorm: '1.1.0' };

/** Of these the registry knew 2.0.0 for the platform that the lock file was made on, and for no other. */
const WITHOUT_DIGESTS = '@node-rs/bcrypt-';

const NAME = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/;

/** @returns {string[]} every fault of a lock file, in words */
function lockFaults(lock) {
  if (lock.lockfileVersion !== 3) return [`a lock file of version ${lock.lockfileVersion}`];
  const entries = Object.entries(lock.packages ?? {}).filter(([path]) => path !== '');
  if (entries.length === 0) return ['nothing is locked'];
  return [...entries.flatMap(([path, entry]) => entryFaults(path, entry)), ...missing(entries), ...loose(lock)];
}

function entryFaults(path, entry) {
  const name = NAME.exec(path)?.[1];
  if (!name || entry.link) return [`${path}: is not installed from a registry`];
  return [
    ...(isExact(entry.version) ? [] : [`${path}: has the version ${entry.version}`]),
    ...(entry.integrity || isUntold(name, entry) ? [] : [`${path}: has no integrity`]),
    ...(isFromRegistry(entry.resolved) ? [] : [`${path}: comes from ${entry.resolved}`]),
    ...(entry.hasInstallScript && !MAY_HAVE_SCRIPTS.includes(name) ? [`${path}: has an install script`] : []),
    ...(isOld(name, entry.version) ? [`${path}: ${entry.version} is older than ${OLDEST[name]}`] : []),
  ];
}

const isExact = (version) => /^\d+\.\d+\.\d+(?:-[\w.]+)?(?:\+[\w.]+)?$/.test(version ?? '');

/** An optional binary for one platform, of which no registry that the lock file was made with has told the digest. */
const isUntold = (name, { optional, os, cpu }) =>
  name.startsWith(WITHOUT_DIGESTS) && optional === true && Boolean(os) && Boolean(cpu);

/** Left out, it is whatever registry the operator trusts. */
const isFromRegistry = (resolved) => resolved === undefined || /^https:\/\/[^/]+\/.+\.tgz$/.test(resolved);

function isOld(name, version) {
  return name in OLDEST && compare(version, OLDEST[name]) < 0;
}

function compare(one, other) {
  const [left, right] = [one, other].map((version) => version.split(/[.+-]/).slice(0, 3).map(Number));
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function missing(entries) {
  const names = new Set(entries.map(([path]) => NAME.exec(path)?.[1]));
  return Object.keys(OLDEST).flatMap((name) => (names.has(name) ? [] : [`${name}: is not locked`]));
}

/** What package.json asks for by git, by file or by any other address. */
function loose({ packages }) {
  const { dependencies, devDependencies, optionalDependencies } = packages[''] ?? {};
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).flatMap(([name, range]) =>
    /^[~^]?\d[\w.-]*$/.test(range) ? [] : [`${name}: is asked for as ${range}`],
  );
}

module.exports = { lockFaults };
