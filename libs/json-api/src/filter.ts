import { echo, errorObject, JsonApiFault } from './error-object.js';
import { findPath, type FoundPath, type PathScope } from './path.js';
import { fits, readings, type Operator, type Predicate } from './predicates.js';
import type { AttributeKind, Declaration } from './resource-type.js';

const MAX_FILTERS = 30;
const MAX_VALUES = 100;
const MAX_LENGTH = 4096;
const MAX_GROUPS = 4;
const MAX_ALTERNATIVES = 5;
const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

export type FilterValue = string | number | boolean | Date | object;

/** What one attribute is tested for. */
export interface FilterTest {
  readonly path: readonly string[];
  readonly kind: AttributeKind;
  readonly operator: Operator;
  /** Not looked at by `null` and `blank`. */
  readonly value: FilterValue;
}

/** What a list is narrowed to; an empty `all` holds of everything. */
export type Filter =
  FilterTest | { readonly all: readonly Filter[] } | { readonly any: readonly Filter[] } | { readonly not: Filter };

interface Group {
  readonly tests: Filter[];
  readonly groups: Map<string, Group>;
  isAny: boolean;
}

const newGroup = (): Group => ({ tests: [], groups: new Map(), isAny: false });

/**
 * `filter[q][<attribute>_<predicate>]`; `m` combines a group's filters (`and`, `or`), `g` holds groups by number.
 * Work grows with the length of what is sent and no faster. @throws JsonApiFault
 */
export function readFilter(
  given: Readonly<Record<string, string>>,
  declaration: Declaration,
  types: PathScope['types'],
): Filter {
  const names = Object.keys(given).filter((name) => name.startsWith('filter'));
  if (names.length > MAX_FILTERS) throw fault('INVALID_FILTERS_SYNTAX', `at most ${MAX_FILTERS} filters`, 'filter');
  const root = newGroup();
  for (const name of names) addTo(root, name, given[name] ?? '', { declaration, types });
  return filterOf(root);
}

function addTo(root: Group, name: string, value: string, scope: PathScope): void {
  const parts = name.length <= MAX_LENGTH ? (/^filter\[q\]((?:\[[^[\]]*\])+)$/.exec(name)?.[1] ?? '') : '';
  const steps = parts.slice(1, -1).split('][');
  const last = steps.pop() ?? '';
  const group = last === '' ? null : groupAt(root, steps);
  if (!group) throw fault('FILTER_NOT_ALLOWED', `${echo(name)} is not allowed.`, name);
  if (last === 'm') group.isAny = combinator(value, name);
  else group.tests.push(condition(last, value, scope, name));
}

/** The group that `g`, number, `g`, number … lead to. */
function groupAt(root: Group, steps: readonly string[]): Group | null {
  if (steps.length > 2 * MAX_GROUPS || steps.length % 2 !== 0) return null;
  let group = root;
  for (let at = 0; at < steps.length; at += 2) {
    const number = steps[at + 1] ?? '';
    if (steps[at] !== 'g' || !/^\d{1,3}$/.test(number)) return null;
    const next = group.groups.get(number) ?? newGroup();
    group.groups.set(number, next);
    group = next;
  }
  return group;
}

function combinator(value: string, name: string): boolean {
  if (value === 'and' || value === 'or') return value === 'or';
  throw fault('INVALID_FILTER_VALUE', `${echo(value)} is not a valid value for m.`, name);
}

function filterOf({ tests, groups, isAny }: Group): Filter {
  const parts = [...tests, ...[...groups.values()].map(filterOf)];
  return isAny && parts.length > 0 ? { any: parts } : { all: parts };
}

function condition(name: string, value: string, scope: PathScope, parameter: string): Filter {
  for (const [names, predicate] of readings(name)) {
    const found = alternatives(names, scope);
    if (!found) continue;
    if (!found.every((one) => allows(one, predicate))) break;
    const tests = found.map((one) => new Reading(one, predicate, name, parameter).of(value));
    return tests.length === 1 && tests[0] ? tests[0] : { any: tests };
  }
  throw fault('FILTER_NOT_ALLOWED', `${echo(name)} is not allowed.`, parameter);
}

/** The attribute of that name, or those of the names that `_or_` is between; null where one is not there. */
function alternatives(name: string, scope: PathScope): FoundPath[] | null {
  const whole = findPath(name, 'Q', scope);
  if (whole) return [whole];
  const names = name.split('_or_', MAX_ALTERNATIVES + 1);
  if (names.length < 2 || names.length > MAX_ALTERNATIVES) return null;
  const found = names.flatMap((one) => findPath(one, 'Q', scope) ?? []);
  return found.length === names.length ? found : null;
}

function allows({ attribute: { kind, predicates } }: FoundPath, predicate: Predicate): boolean {
  return fits(predicate, kind) && (predicates?.includes(predicate.name) ?? true);
}

/** One attribute with one predicate. */
class Reading {
  constructor(
    private readonly found: FoundPath,
    private readonly predicate: Predicate,
    private readonly name: string,
    private readonly parameter: string,
  ) {}

  of(value: string): Filter {
    const { isSwitch, list, orNull } = this.predicate;
    if (isSwitch) return this.switched(value);
    const values = list === null ? [value] : value.split(',', MAX_VALUES + 1);
    if (value.length > MAX_LENGTH || values.length > MAX_VALUES) throw this.invalid(value);
    const tests = values.map((one) => this.test(this.valueOf(one)));
    const held: Filter = tests.length === 1 && tests[0] ? tests[0] : list === 'any' ? { any: tests } : { all: tests };
    return orNull ? { any: [held, { ...this.bare('null') }] } : held;
  }

  private switched(value: string): Filter {
    const { operator, isNegated } = this.predicate;
    const isOn = ['true', '1'].includes(value);
    if (!isOn && !['false', '0'].includes(value)) throw this.invalid(value);
    if (operator === 'eq') return { ...this.bare('eq'), value: isOn !== isNegated };
    return isOn === isNegated ? { not: this.bare(operator) } : this.bare(operator);
  }

  private test(value: FilterValue): Filter {
    const test = { ...this.bare(this.predicate.operator), value };
    return this.predicate.isNegated ? { not: test } : test;
  }

  private bare(operator: Operator): FilterTest {
    const { path, attribute } = this.found;
    return { path, kind: attribute.kind, operator, value: '' };
  }

  private valueOf(value: string): FilterValue {
    const read = valueIn(value, this.found.attribute.kind);
    if (read === null || !value.isWellFormed() || value.includes('\0')) throw this.invalid(value);
    return read;
  }

  private invalid(value: string): JsonApiFault {
    const detail = `${echo(value)} is not a valid value for ${echo(this.name)}.`;
    return fault('INVALID_FILTER_VALUE', detail, this.parameter);
  }
}

function valueIn(value: string, kind: AttributeKind): FilterValue | null {
  switch (kind) {
    case 'boolean':
      if (['true', '1'].includes(value)) return true;
      return ['false', '0'].includes(value) ? false : null;
    case 'integer':
      return /^-?\d{1,15}$/.test(value) ? Number(value) : null;
    case 'float':
      return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : null;
    case 'time':
      return timeIn(value);
    case 'object':
      return jsonIn(value);
    default:
      return value;
  }
}

/** Without a zone it is UTC. */
function timeIn(value: string): Date | null {
  if (!TIME.test(value)) return null;
  const iso = value.replace(' ', 'T');
  const time = new Date(iso.includes('T') && !/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? `${iso}Z` : iso);
  return Number.isNaN(time.getTime()) ? null : time;
}

function jsonIn(value: string): object | null {
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === 'object' ? read : null;
  } catch {
    return null;
  }
}

function fault(
  code: 'FILTER_NOT_ALLOWED' | 'INVALID_FILTER_VALUE' | 'INVALID_FILTERS_SYNTAX',
  detail: string,
  parameter: string,
): JsonApiFault {
  return new JsonApiFault([errorObject(code, detail, { parameter: echo(parameter) })]);
}
