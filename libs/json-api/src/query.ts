import { echo, errorObject, JsonApiFault } from './error-object.js';
import { readFilter, type Filter } from './filter.js';
import { readPage, type Page } from './page.js';
import { readSort, type Sort } from './sort.js';
import { member, type Declaration, type ResourceTypes } from './resource-type.js';

const MAX_DEPTH = 5;
const MAX_PATHS = 50;

/** What is to be shown beside the primary data, by the names of relationships. */
export interface IncludeTree {
  readonly [relationship: string]: IncludeTree;
}

/** What a document is to show. */
export interface Shape {
  readonly include: IncludeTree;
  /** By type; a type that is missing shows all. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a list is asked for. */
export interface ListQuery {
  readonly filter: Filter;
  readonly sort: readonly Sort[];
  readonly page: Page;
}

type Types = Pick<ResourceTypes<never>, 'find'>;

/** Parameters of a request that shows one resource. @throws JsonApiFault */
export function readShape(query: object, declaration: Declaration, types: Types): Shape {
  for (const name of Object.keys(query)) if (!isShape(name)) throw notAllowed(name);
  return shapeOf(texts(query), declaration, types);
}

/** Parameters of a request that lists resources. @throws JsonApiFault */
export function readList(query: object, declaration: Declaration, types: Types): Shape & ListQuery {
  const given = texts(query);
  const names = Object.keys(given);
  const other = names.find((name) => !isShape(name) && !/^(?:sort$|page\b|filter\b)/.test(name));
  if (other !== undefined) throw notAllowed(other);
  return {
    ...shapeOf(given, declaration, types),
    filter: readFilter(given, declaration, types),
    sort: readSort(given['sort'] ?? '', declaration, types),
    page: readPage(given),
  };
}

function isShape(name: string): boolean {
  return name === 'include' || /^fields\b/.test(name);
}

function shapeOf(given: Readonly<Record<string, string>>, declaration: Declaration, types: Types): Shape {
  const include = readInclude(given['include'] ?? '', declaration, types);
  const names = Object.keys(given).filter((name) => name.startsWith('fields'));
  return { include, fields: new Map(names.map((name) => readFields(name, given[name] ?? '', declaration, types))) };
}

/** A parameter that is sent twice says nothing clear. */
function texts(query: object): Readonly<Record<string, string>> {
  const given = Object.entries(query).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') {
      throw fault('PARAM_NOT_ALLOWED', `${echo(name)} is not allowed more than once.`, name);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(given);
}

function readInclude(include: string, declaration: Declaration, types: Types): IncludeTree {
  const paths = include.split(',', MAX_PATHS + 1).filter((path) => path !== '');
  if (paths.length > MAX_PATHS) throw fault('INVALID_INCLUDE', `at most ${MAX_PATHS} can be included`, 'include');
  const tree: Branch = Object.create(null) as Branch;
  for (const path of paths) {
    const names = path.split('.', MAX_DEPTH + 1);
    if (names.length > MAX_DEPTH) throw notIncludable(path, declaration.type);
    grow(tree, names, declaration, types);
  }
  return tree;
}

interface Branch {
  [relationship: string]: Branch;
}

function grow(tree: Branch, names: readonly string[], declaration: Declaration, types: Types): void {
  const [name = '', ...rest] = names;
  const relationship = member(declaration.relationships, name);
  if (!relationship || relationship.flags.includes('V')) throw notIncludable(name, declaration.type);
  const branch = (tree[name] ??= Object.create(null) as Branch);
  if (rest.length === 0) return;
  const target = types.find(relationship.type);
  if (!target) throw notIncludable(rest.join('.'), relationship.type);
  grow(branch, rest, target.declaration, types);
}

function notIncludable(name: string, type: string): JsonApiFault {
  return fault('INVALID_INCLUDE', `${echo(name)} is not a valid includable relationship of ${type}`, 'include');
}

function readFields(
  name: string,
  value: string,
  declaration: Declaration,
  types: Types,
): readonly [string, ReadonlySet<string>] {
  const type = /^fields\[([a-z_]{1,64})\]$/.exec(name)?.[1];
  if (type === undefined) throw fault('PARAM_NOT_ALLOWED', `${echo(name)} is not allowed.`, name);
  const target = type === declaration.type ? declaration : types.find(type)?.declaration;
  if (!target) throw fault('INVALID_RESOURCE', `${type} is not a valid resource.`, name);
  const fields = value.split(',').filter((field) => field !== '');
  const other = fields.find((field) => !isField(field, target));
  if (other !== undefined) {
    throw fault('INVALID_FIELD', `${echo(other)} is not a valid field for ${type}.`, name);
  }
  return [type, new Set(fields)];
}

function isField(name: string, { attributes, relationships }: Declaration): boolean {
  if (name === 'id' || name === 'type') return true;
  return member(attributes, name)?.flags.includes('F') === true || member(relationships, name) !== undefined;
}

function notAllowed(name: string): JsonApiFault {
  return fault('PARAM_NOT_ALLOWED', `${echo(name)} is not allowed.`, name);
}

type Code = Parameters<typeof errorObject>[0];

function fault(code: Code, detail: string, parameter: string): JsonApiFault {
  return new JsonApiFault([errorObject(code, detail, { parameter: echo(parameter) })]);
}
