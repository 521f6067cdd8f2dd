import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { leftOut } from '../../scripts/test-scope.cjs';

const GROUPS = 4;
const root = process.cwd();

/** All test files of this run, the largest first. */
function specs(): string[] {
  const patterns = leftOut(process.env['DB']).map((pattern) => new RegExp(pattern.replace('<rootDir>', root)));
  return ['src', 'libs', 'test']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
    )
    .filter((file) => file.endsWith('.spec.ts') && !patterns.some((pattern) => pattern.test(file)))
    .sort((one, other) => statSync(other).size - statSync(one).size || one.localeCompare(other));
}

/**
 * Runs a share of the test files in one module registry: loading the application's modules costs several times what
 * starting it does, and a file of its own for each spec pays that each time. Each spec still starts and stops its own
 * application, on an empty database.
 */
const number = Number(/(\d+)\.group\.ts$/.exec(expect.getState().testPath ?? '')?.[1]);
const share = specs().filter((_, at) => at % GROUPS === number - 1);

describe.each(share.map((file) => [relative(root, file), file]))('%s', (_name, file) => {
  jest.requireActual(file);
});
