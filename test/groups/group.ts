import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { leftOut } from '../../scripts/test-scope.cjs';
import { releaseDatabase } from '../support/database.js';
import { shareApps } from '../support/test-app.js';

const GROUPS = 4;
const root = process.cwd();

/** All test files of this run. */
function specs(): string[] {
  const patterns = leftOut(process.env['DB']).map((pattern) => new RegExp(pattern.replace('<rootDir>', root)));
  return ['src', 'libs', 'test']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
    )
    .filter((file) => file.endsWith('.spec.ts') && !patterns.some((pattern) => pattern.test(file)));
}

/** Files that start processes of their own take far longer than their size tells. */
const SLOWNESS: readonly (readonly [RegExp, number])[] = [
  [/\/(?:cli|failures|instances)\//, 30],
  [/\.browser\.spec\.ts$/, 12],
];
const weightOf = (file: string): number =>
  statSync(file).size * (SLOWNESS.find(([pattern]) => pattern.test(file))?.[1] ?? 1);

/** The files of one group: each file, the heaviest first, goes to the group that has least by then. */
function shareOf(group: number): string[] {
  const groups = Array.from({ length: GROUPS }, () => ({ weight: 0, files: [] as string[] }));
  const heaviestFirst = specs().sort((one, other) => weightOf(other) - weightOf(one) || one.localeCompare(other));
  for (const file of heaviestFirst) {
    const [lightest] = [...groups].sort((one, other) => one.weight - other.weight);
    lightest?.files.push(file);
    if (lightest) lightest.weight += weightOf(file);
  }
  return groups[group - 1]?.files ?? [];
}

/**
 * Runs a share of the test files in one module registry and, where a spec has no settings of its own, on one application:
 * loading the modules and starting costs more than most specs do. Each spec still begins on an empty database.
 */
const number = Number(/(\d+)\.group\.ts$/.exec(expect.getState().testPath ?? '')?.[1]);
const share = shareOf(number);

shareApps();
afterAll(releaseDatabase);

describe.each(share.map((file) => [relative(root, file), file]))('%s', (_name, file) => {
  jest.requireActual(file);
});
