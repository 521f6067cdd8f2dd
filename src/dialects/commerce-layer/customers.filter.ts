import { isObject, type Filter } from '#lib/json-api';

const NAMES = { first_name: 'firstName', last_name: 'lastName' } as const;

/** A filter in the core's terms: names that clients see in the metadata are the core's own columns. */
export function withNames(filter: Filter): Filter {
  if ('not' in filter) return { not: withNames(filter.not) };
  if ('all' in filter) return { all: filter.all.map(withNames) };
  if ('any' in filter) return { any: filter.any.map(withNames) };
  const { path, operator, value } = filter;
  if (operator !== 'jcont' || path.join('.') !== 'metadata' || !isObject(value)) return filter;
  const entries = Object.entries(value);
  const named = entries.flatMap(([name, inner]): Filter[] =>
    isNameOf(name) && typeof inner === 'string'
      ? [{ path: [NAMES[name]], kind: 'text', operator: 'eq', value: inner }]
      : [],
  );
  const rest = entries.filter(([name, inner]) => !(isNameOf(name) && typeof inner === 'string'));
  if (rest.length === 0 && named.length > 0) return { all: named };
  return { all: [...named, { ...filter, value: Object.fromEntries(rest) }] };
}

function isNameOf(name: string): name is keyof typeof NAMES {
  return Object.hasOwn(NAMES, name);
}
