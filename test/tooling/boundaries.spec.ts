import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Violation {
  readonly rule: string;
  readonly from: string;
}

const fixtures = join(__dirname, '.fixtures');
const trees = readdirSync(fixtures).sort();

/** One entry for each import in a tree that is marked `// refused`; of a cycle, one import is reported. */
function planted(tree: string): Violation[] {
  return readdirSync(join(fixtures, tree), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const marked = readFileSync(join(fixtures, tree, file), 'utf8').match(/\/\/ refused$/gm) ?? [];
      return marked.map(() => ({ rule: tree, from: file }));
    });
}

const byFile = (one: Violation, other: Violation): number => one.from.localeCompare(other.from);

describe('the boundary rules', () => {
  let cruised: { rules: string[]; violations: Record<string, Violation[]> };

  beforeAll(() => {
    const answer = execFileSync(process.execPath, [join(__dirname, 'cruise-fixtures.mjs')], { encoding: 'utf8' });
    cruised = JSON.parse(answer) as typeof cruised;
  }, 30_000);

  it('each have a tree of planted violations', () => {
    expect([...new Set(cruised.rules)].sort()).toEqual(trees);
  });

  it.each(trees)('%s reports what is planted against it, and no other rule does', (tree) => {
    const expected = planted(tree).sort(byFile);

    expect(expected).not.toEqual([]);
    expect(cruised.violations[tree]?.sort(byFile)).toEqual(expected);
  });
});
