import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const HIGHEST = 88;
const root = join(__dirname, '../..');

/** A test, and the requirements that its title names, or that of a group around it. */
export interface CitingTest {
  readonly title: string;
  readonly cites: ReadonlySet<number>;
}

/** What the table says of one requirement: files, and in each the titles of tests. */
export interface TableRow {
  readonly number: number;
  readonly requirement: string;
  readonly proofs: readonly { readonly file: string; readonly title: string }[];
}

/** `(SEC-1 to SEC-4)` names four, `(SEC-62, SEC-63)` two. */
export function citedIn(title: string): number[] {
  const ranges = [...title.matchAll(/SEC-(\d+) to SEC-(\d+)/g)].flatMap(([, from, to]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at),
  );
  return [...ranges, ...[...title.matchAll(/SEC-(\d+)/g)].map(([, number]) => Number(number))];
}

/** Titles of tests, `it.each` ones as they are written; a group's requirements are those of its tests too. */
export function testsIn(source: string): CitingTest[] {
  const tests: CitingTest[] = [];
  const visit = (node: ts.Node, around: readonly number[]): void => {
    const called = ts.isCallExpression(node) ? blockOf(node) : null;
    const cites = called ? [...around, ...citedIn(called.title)] : around;
    if (called?.isTest) tests.push({ title: called.title, cites: new Set(cites) });
    ts.forEachChild(node, (child) => visit(child, cites));
  };
  visit(ts.createSourceFile('spec.ts', source, ts.ScriptTarget.Latest, true), []);
  return tests;
}

/** `it('…')`, `it.each(…)('…')`, `describe('…')` and their like; `it.skip` proves nothing. */
function blockOf(call: ts.CallExpression): { readonly isTest: boolean; readonly title: string } | null {
  const [name, ...how] = call.expression.getText().split(/[.(`]/);
  const [title] = call.arguments;
  const isBlock = name === 'it' || name === 'describe';
  if (!isBlock || how[0] === 'skip' || how[0] === 'todo' || !title) return null;
  if (ts.isStringLiteralLike(title)) return { isTest: name === 'it', title: title.text };
  return ts.isTemplateExpression(title) ? { isTest: name === 'it', title: title.getText().slice(1, -1) } : null;
}

const ROW = /^\| SEC-(\d+) \| ([^|]+) \| ([^|]*) \|$/;

/** Rows look like `| SEC-1 | what | \`file\` “title” “title”<br>\`file\` “title” |`; a title may be cut at either end. */
export function rowsIn(page: string): TableRow[] {
  return page.split('\n').flatMap((line) => {
    const [, number, requirement = '', cell = ''] = ROW.exec(line) ?? [];
    if (number === undefined) return [];
    return [{ number: Number(number), requirement: requirement.trim(), proofs: cell.split('<br>').flatMap(proofsIn) }];
  });
}

function proofsIn(part: string): TableRow['proofs'] {
  const file = /^`([^`]+)`/.exec(part.trim())?.[1] ?? part;
  const titles = [...part.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title);
  return titles.length > 0 ? titles.map((title) => ({ file, title })) : [{ file, title: '' }];
}

/** What is wrong with the proofs of a row, in words; nothing when all hold. */
export function faultsOf({ number, proofs }: TableRow, tests: ReadonlyMap<string, readonly CitingTest[]>): string[] {
  const faults = proofs.flatMap(({ file, title }) => {
    const named = (tests.get(file) ?? []).filter((test) => title !== '' && test.title.includes(title));
    if (!tests.has(file)) return [`SEC-${number}: there is no file ${file}`];
    if (named.length === 0) return [`SEC-${number}: no test in ${file} is called “${title}”`];
    const isCited = named.some(({ cites }) => cites.has(number));
    return isCited ? [] : [`SEC-${number}: “${title}” in ${file} does not cite it`];
  });
  // `npm run test:cluster` needs servers of its own, so what it proves has to be proven by `npm test` as well
  const onTheWire = proofs.some(({ file }) => /^test\/(?!cluster\/)/.test(file));
  return onTheWire ? faults : [...faults, `SEC-${number}: nothing proves it from outside`];
}

/** Every test file of the repository with its tests. */
export function allTests(): ReadonlyMap<string, readonly CitingTest[]> {
  const files = ['test', 'src', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const specs = files.filter((file) => file.endsWith('.spec.ts')).map((file) => file.replaceAll('\\', '/'));
  return new Map(specs.map((file) => [file, testsIn(readFileSync(join(root, file), 'utf8'))]));
}
