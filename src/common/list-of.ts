import type { Parameter } from './parameter.js';

/** How long a list is made for so many values: a power of two, so that there are few texts to prepare. */
export function listSizeFor(count: number): number {
  let size = 1;
  while (size < count) size *= 2;
  return size;
}

/**
 * Values for a list of a fixed length, the last one as often as it takes, so that a statement's text depends on nothing else.
 *
 * @throws Error for more values than that
 */
export function listOf<Value extends Parameter>(
  values: readonly Value[],
  length: number,
): { readonly places: string; readonly listed: readonly (Value | null)[] } {
  if (values.length > length) throw new Error(`${values.length} values in a list of ${length}`);
  const last = values[values.length - 1] ?? null;
  const listed = Array.from({ length }, (_, at) => values[at] ?? last);
  return { places: listed.map(() => '?').join(', '), listed };
}
