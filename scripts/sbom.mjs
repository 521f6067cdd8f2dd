// `npm run sbom`: what is shipped, as CycloneDX 1.5 in JSON, read off package-lock.json without asking anybody. npm's own
// `npm sbom` refuses a tree with a loose peer among the tools, and its `--omit dev` leaves out much that is shipped too.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const { packages } = lock;

const IN_FOLDER = 'node_modules/';
const nameOf = (path, entry) => entry.name ?? path.slice(path.lastIndexOf(IN_FOLDER) + IN_FOLDER.length);
const purlOf = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

/** npm's digest is base64, CycloneDX' hex. */
function hashesOf({ integrity }) {
  if (!integrity) return {};
  const [algorithm, digest] = integrity.split('-', 2);
  const hash = {
    alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
    content: Buffer.from(digest, 'base64').toString('hex'),
  };
  return { hashes: [hash] };
}

/** npm's licenses are SPDX expressions, but for two of its words. A scanner reads expressions, and no names. */
function licensesOf({ license }) {
  if (typeof license !== 'string') return {};
  const isNamed = /^(?:UNLICENSED$|SEE LICENSE IN )/.test(license);
  return { licenses: [isNamed ? { license: { name: license } } : { expression: license }] };
}

function componentOf([path, entry]) {
  const name = nameOf(path, entry);
  const { version } = entry;
  return {
    ...{ type: 'library', 'bom-ref': path, name, version, purl: purlOf(name, version) },
    scope: entry.optional || entry.devOptional ? 'optional' : 'required',
    ...hashesOf(entry),
    ...licensesOf(entry),
  };
}

/** Where Node finds a package that is asked for from a folder: in its node_modules, or in one above; null where it is not shipped. */
function found(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf(`/${IN_FOLDER}`), 0))) {
    const at = `${folder}${folder && '/'}${IN_FOLDER}${name}`;
    if (packages[at]) return packages[at].dev ? null : at;
    if (folder === '') return null;
  }
}

function dependencyOf([path, { dependencies, optionalDependencies, peerDependencies }]) {
  const names = Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies });
  const dependsOn = names.map((name) => found(path, name)).filter((at) => at !== null);
  return { ref: path || lock.name, dependsOn: [...new Set(dependsOn)] };
}

const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
const { name, version, license } = packages[''];
const digest = createHash('sha256').update(JSON.stringify(lock)).digest('hex');

/** The same lock file gives the same list, whenever it is asked for. */
const serialNumber = `urn:uuid:${digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5')}`;
const component = { type: 'application', 'bom-ref': name, name, version, purl: purlOf(name, version) };
const bill = {
  ...{ $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json', bomFormat: 'CycloneDX', specVersion: '1.5' },
  ...{ serialNumber, version: 1 },
  metadata: { lifecycles: [{ phase: 'pre-build' }], component: { ...component, ...licensesOf({ license }) } },
  components: shipped.map(componentOf),
  dependencies: [['', packages['']], ...shipped].map(dependencyOf),
};
console.log(JSON.stringify(bill, null, 2));
