import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allTests, faultsOf, HIGHEST, rowsIn, testsIn } from './security-table.js';

const rows = rowsIn(readFileSync(join(__dirname, '../../docs/security.md'), 'utf8'));
const tests = allTests();

describe('the table of security requirements', () => {
  it('has one row for each, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: HIGHEST }, (_, at) => at + 1));
  });

  it('names tests that exist, cite the requirement and go through the wire', () => {
    expect(rows.flatMap((row) => faultsOf(row, tests))).toEqual([]);
  });

  it('knows every requirement that a test cites', () => {
    const cited = [...tests.values()].flat().flatMap((test) => [...test.cites]);

    expect(cited.filter((number) => number < 1 || number > HIGHEST)).toEqual([]);
  });
});

describe('its check', () => {
  const source = `
    describe('tokens (SEC-5)', () => {
      it.each([1])('takes %d (SEC-1 to SEC-3)', run);
      it.skip('is left out (SEC-1)', run);
      it('goes on (SEC-9)', run);
    });`;
  const known = new Map(['test/a.spec.ts', 'test/cluster/a.spec.ts'].map((file) => [file, testsIn(source)]));
  const faults = (number: number, cell: string): string[] =>
    rowsIn(`| SEC-${number} | what | ${cell} |`).flatMap((row) => faultsOf(row, known));

  it('reads titles of every form, with ranges, and with what a group cites', () => {
    const read = testsIn(source).map(({ title, cites }) => [title, [...cites].sort()]);

    expect(read).toEqual([
      ['takes %d (SEC-1 to SEC-3)', [1, 2, 3, 5]],
      ['goes on (SEC-9)', [5, 9]],
    ]);
  });

  it.each([
    ['a file that is gone', 9, '`test/b.spec.ts` “goes on”'],
    ['a title that is gone', 9, '`test/a.spec.ts` “went on”'],
    ['a test that is left out', 1, '`test/a.spec.ts` “is left out”'],
    ['a test of another requirement', 8, '`test/a.spec.ts` “goes on”'],
    ['a file without a title', 9, '`test/a.spec.ts`'],
    ['an empty cell', 9, ''],
    ['what only a cluster proves', 9, '`test/cluster/a.spec.ts` “goes on”'],
  ])('refuses %s', (_what, number, cell) => {
    expect(faults(number, cell)).not.toEqual([]);
  });

  it('is content with what is there', () => {
    expect(faults(2, '`test/a.spec.ts` “takes %d”<br>`test/a.spec.ts` “takes”')).toEqual([]);
    expect(faults(5, '`test/a.spec.ts` “goes on”')).toEqual([]);
    expect(faults(9, '`test/cluster/a.spec.ts` “goes on”<br>`test/a.spec.ts` “goes on”')).toEqual([]);
  });
});
