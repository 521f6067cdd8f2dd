import type { AttributeKind } from './resource-type.js';

/** What one value is tested for; every predicate is made of these. */
export type Operator =
  'eq' | 'matches' | 'cont' | 'start' | 'end' | 'lt' | 'lteq' | 'gt' | 'gteq' | 'null' | 'blank' | 'jcont';

/** How a predicate's value is read, and how what it says is put together. */
export interface Predicate {
  readonly name: string;
  readonly operator: Operator;
  readonly isNegated: boolean;
  /** Of a list of values, whether any or all must hold; null: one value. */
  readonly list: 'any' | 'all' | null;
  readonly orNull: boolean;
  /** Whether its value says only whether it holds. */
  readonly isSwitch: boolean;
}

const TEXTS: readonly Operator[] = ['matches', 'cont', 'start', 'end'];
const ORDERS: readonly Operator[] = ['lt', 'lteq', 'gt', 'gteq'];

type Differences = Partial<Omit<Predicate, 'name' | 'operator'>>;

function predicate(name: string, operator: Operator, differences: Differences = {}): Predicate {
  return { ...{ name, operator, isNegated: false, list: null, orNull: false, isSwitch: false }, ...differences };
}

function withLists(one: Predicate): readonly Predicate[] {
  return [one, ...(['any', 'all'] as const).map((list) => ({ ...one, name: `${one.name}_${list}`, list }))];
}

function negationOf(operator: Operator): string {
  return operator === 'matches' ? 'does_not_match' : `not_${operator}`;
}

/** The whole of the dialect of Ransack that the vendor documents, the longest names first. */
const PREDICATES: readonly Predicate[] = [
  ...withLists(predicate('eq', 'eq')),
  ...withLists(predicate('not_eq', 'eq', { isNegated: true })),
  predicate('eq_or_null', 'eq', { orNull: true }),
  predicate('not_eq_or_null', 'eq', { isNegated: true, orNull: true }),
  predicate('in', 'eq', { list: 'any' }),
  predicate('in_or_null', 'eq', { list: 'any', orNull: true }),
  predicate('not_in', 'eq', { isNegated: true, list: 'all' }),
  predicate('not_in_or_null', 'eq', { isNegated: true, list: 'all', orNull: true }),
  ...TEXTS.flatMap((operator) => [
    ...withLists(predicate(operator, operator)),
    ...withLists(predicate(negationOf(operator), operator, { isNegated: true })),
  ]),
  ...ORDERS.flatMap((operator) => withLists(predicate(operator, operator))),
  predicate('null', 'null', { isSwitch: true }),
  predicate('not_null', 'null', { isSwitch: true, isNegated: true }),
  predicate('blank', 'blank', { isSwitch: true }),
  predicate('present', 'blank', { isSwitch: true, isNegated: true }),
  predicate('true', 'eq', { isSwitch: true }),
  predicate('false', 'eq', { isSwitch: true, isNegated: true }),
  predicate('jcont', 'jcont'),
].sort((one, other) => other.name.length - one.name.length);

/** Every reading of a filter's name as some attribute's name and a predicate. */
export function* readings(name: string): Generator<readonly [string, Predicate]> {
  for (const one of PREDICATES) {
    if (name.endsWith(`_${one.name}`)) yield [name.slice(0, -one.name.length - 1), one];
  }
}

/** Whether a predicate says something about values of a kind. */
export function fits({ name, operator }: Predicate, kind: AttributeKind): boolean {
  if (operator === 'null' || operator === 'blank') return true;
  if (name === 'true' || name === 'false') return kind === 'boolean';
  if (kind === 'object' || operator === 'jcont') return kind === 'object' && operator === 'jcont';
  if (TEXTS.includes(operator)) return kind === 'text' || kind === 'note';
  return kind !== 'boolean' || operator === 'eq';
}
