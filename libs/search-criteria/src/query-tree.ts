import { refuse } from './search-refused.js';

/** Parameters with brackets in their names as a tree: `a[b][0]=c` is `a` → `b` → `0` → `c`. */
export type Branch = Map<string, Branch | string>;

/** A query string as servers take it apart: names as written, a list where a name stands more than once. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const ROOT = /^(?:searchCriteria|search_criteria)(?=\[|$)/;
const STEP = /\[([A-Za-z_]{1,32}|\d{1,6})\]/y;
const MAX_NAME = 200;
const MAX_PARAMETERS = 300;

/**
 * The tree under `searchCriteria`; null where the query does not speak of it. Both spellings of a name are one.
 *
 * @throws SearchRefused for names that cannot be read, and for what is said twice
 */
export function treeOf(query: Query): Branch | null {
  const given = Object.entries(query).filter(([name]) => ROOT.test(name));
  if (given.length === 0) return null;
  if (given.length > MAX_PARAMETERS) refuse({ kind: 'tooMuch', name: 'searchCriteria', maximum: MAX_PARAMETERS });
  const root: Branch = new Map();
  for (const [name, value] of given) plant(root, name, value);
  return root;
}

function plant(root: Branch, name: string, value: Query[string]): void {
  const path = pathOf(name);
  if (typeof value !== 'string') return refuse({ kind: 'invalid', name, value: (value ?? []).join() });
  if (path.length === 0) return isEverything(value) ? undefined : refuse({ kind: 'invalid', name, value });
  const leaf = path.pop() ?? '';
  const branch = path.reduce((at, step) => grown(at, step, name), root);
  if (branch.has(leaf)) refuse({ kind: 'invalid', name, value });
  branch.set(leaf, value);
}

function grown(branch: Branch, step: string, name: string): Branch {
  const known = branch.get(step);
  if (known instanceof Map) return known;
  if (known !== undefined) refuse({ kind: 'invalid', name, value: known });
  const fresh: Branch = new Map();
  branch.set(step, fresh);
  return fresh;
}

/** Clients write `?searchCriteria`, `?searchCriteria[]` or `?searchCriteria=all` for "no condition". */
function isEverything(value: string): boolean {
  return value === '' || value === 'all';
}

function pathOf(name: string): string[] {
  const rest = name.replace(ROOT, '');
  if (rest === '[]') return [];
  if (name.length > MAX_NAME) refuse({ kind: 'invalid', name: 'searchCriteria', value: name.slice(0, MAX_NAME) });
  const path: string[] = [];
  STEP.lastIndex = 0;
  for (let at = 0; at < rest.length; at = STEP.lastIndex) {
    const step = STEP.exec(rest)?.[1] ?? refuse({ kind: 'invalid', name: 'searchCriteria', value: name });
    path.push(spelt(step));
  }
  return path;
}

function spelt(step: string): string {
  return step.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
