import { echo, errorObject, JsonApiFault } from './error-object.js';
import { findPath } from './path.js';
import type { Declaration, ResourceTypes } from './resource-type.js';

const MAX_SORTS = 5;

/** One order: an attribute, by its path over relationships. */
export interface Sort {
  readonly path: readonly string[];
  readonly descending: boolean;
}

/** `-created_at,customer_group.name`; relationships may be set off by a dot or an underscore. @throws JsonApiFault */
export function readSort(
  sort: string,
  declaration: Declaration,
  types: Pick<ResourceTypes<never>, 'find'>,
): readonly Sort[] {
  const names = sort.split(',', MAX_SORTS + 1).filter((name) => name !== '');
  if (names.length > MAX_SORTS) throw invalidSort(sort, declaration);
  return names.map((name) => {
    const descending = name.startsWith('-');
    const found = findPath(descending ? name.slice(1) : name, 'S', { declaration, types });
    if (!found) throw invalidSort(name, declaration);
    return { path: found.path, descending };
  });
}

function invalidSort(name: string, { type }: Declaration): JsonApiFault {
  const detail = `${echo(name.replace(/^-/, ''))} is not a valid sort criteria for ${type}`;
  return new JsonApiFault([errorObject('INVALID_SORT_CRITERIA', detail, { parameter: 'sort' })]);
}
