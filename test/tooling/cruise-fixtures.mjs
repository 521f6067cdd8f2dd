// Runs the real boundary rules over each tree in .fixtures and prints, as JSON, their names and what they report. A program
// of its own, because dependency-cruiser is an ES module with top-level await, which jest's CommonJS mode cannot load.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = join(import.meta.dirname, '../..');
const fixtures = join(import.meta.dirname, '.fixtures');

const options = await extractOptions(join(root, '.dependency-cruiser.cjs'));
const tsConfig = extractTsConfig(join(root, 'tsconfig.json'));

const violations = {};
for (const tree of readdirSync(fixtures)) {
  const { output } = await cruise(['.'], { ...options, baseDir: join(fixtures, tree) }, {}, { tsConfig });
  violations[tree] = output.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}
console.log(JSON.stringify({ rules: options.ruleSet.forbidden.map(({ name }) => name), violations }));
