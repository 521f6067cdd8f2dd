import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFaults } from '../../scripts/lock-rules.cjs';
import { billFaults } from './cyclonedx.js';

interface Lock {
  packages: Record<string, Record<string, unknown>>;
}

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const aLock = (): Lock => JSON.parse(read('package-lock.json')) as Lock;

it('locks every package by version and digest, from a registry, without scripts that nobody knows of (SEC-87)', () => {
  expect(lockFaults(aLock())).toEqual([]);
});

const TYPEORM = 'node_modules/typeorm';
const PLANTED: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['no integrity', TYPEORM, { integrity: undefined }],
  ['no integrity of a binary for another platform', 'node_modules/@swc/core-darwin-arm64', { integrity: undefined }],
  ['no integrity of a package that goes everywhere', 'node_modules/@node-rs/bcrypt-darwin-x64', { optional: false }],
  ['an address of git', TYPEORM, { resolved: 'git+ssh://git@github.com/x/typeorm.git#abc' }],
  ['an address without TLS', TYPEORM, { resolved: 'http://registry.example/typeorm.tgz' }],
  ['a link to a folder', TYPEORM, { link: true }],
  ['a range for a version', TYPEORM, { version: '^1.1.1' }],
  ['an install script', TYPEORM, { hasInstallScript: true }],
  ['a TypeORM with a known hole', TYPEORM, { version: '1.0.9' }],
  ['a nodemailer with a known hole', 'node_modules/nodemailer', { version: '7.0.13' }],
  ['a second nodemailer, inside another package', 'node_modules/a/node_modules/nodemailer', { version: '9.1.0', integrity: 'x' }], // prettier-ignore
  ['an old jsonwebtoken', 'node_modules/jsonwebtoken', { version: '8.5.1' }],
  ['a dependency by file', '', { dependencies: { x: 'file:../x' } }],
  ['a dependency by address', '', { dependencies: { x: 'https://example.com/x.tgz' } }],
];

it.each(PLANTED)('refuses %s (SEC-87)', (_what, path, changes) => {
  const lock = aLock();
  lock.packages[path] = { ...lock.packages[path], ...changes };

  expect(lockFaults(lock)).toHaveLength(1);
});

it('refuses a lock file that lacks what it must watch, or is of an older form (SEC-87)', () => {
  const lock = aLock();
  lock.packages = Object.fromEntries(Object.entries(lock.packages).filter(([path]) => path !== TYPEORM));

  expect(lockFaults(lock)).toEqual(['typeorm: is not locked']);
  expect(lockFaults({ lockfileVersion: 1 })).toEqual(['a lock file of version 1']);
  expect(lockFaults({ lockfileVersion: 3, packages: {} })).toEqual(['nothing is locked']);
});

it('lists all that is shipped as CycloneDX, off the lock file alone, and has an audit for operators (SEC-87)', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const shipped = Object.entries(aLock().packages).filter(([path, { dev }]) => path !== '' && !dev);

  const bill = execFileSync(process.execPath, ['scripts/sbom.mjs'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });

  const { components, dependencies } = JSON.parse(bill) as Bill;
  const reached = new Set<string>();
  const reach = (ref: string): void => {
    if (reached.has(ref)) return;
    reached.add(ref);
    for (const other of dependencies.find((one) => one.ref === ref)?.dependsOn ?? []) reach(other);
  };
  reach('keyturn');
  expect(billFaults(JSON.parse(bill))).toEqual([]);
  expect(components.map((one) => one['bom-ref'])).toEqual(shipped.map(([path]) => path));
  expect(components.find(({ name }) => name === 'nodemailer')).toMatchObject({
    purl: expect.stringMatching(/^pkg:npm\/nodemailer@\d+\.\d+\.\d+$/),
    hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
    licenses: [{ expression: 'MIT-0' }],
  });
  expect(components.filter((one) => !reached.has(one['bom-ref']))).toEqual([]);
  expect([scripts['sbom'], scripts['audit']]).toEqual(['node scripts/sbom.mjs', 'npm audit --omit=dev']);
});

interface Bill {
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

it('tells reporters where to go, and operators how it is defended (SEC-87)', () => {
  expect(read('SECURITY.md')).toMatch(/## Reporting[^]*## Supported versions[^]*## What is in scope/);
  expect(read('README.md')).toContain('SECURITY.md');
  expect(read('docs/security.md')).toContain('| SEC-87 |');
});
