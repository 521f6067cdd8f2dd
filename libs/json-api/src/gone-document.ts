import type { SingleDocument, Surroundings } from './document.js';
import type { Declaration } from './resource-type.js';

/** A record that is gone: its id, and that it has nothing any more of all that it had. */
export function goneDocument(
  { type, attributes, relationships }: Declaration,
  id: string,
  { base, meta }: Surroundings,
): SingleDocument {
  const shown = { attributes: namesOf(attributes, 'F', true), relationships: namesOf(relationships, 'V', false) };
  return {
    data: {
      ...{ id, type, links: { self: `${base}/${type}/${id}` } },
      attributes: nothing(shown.attributes),
      relationships: nothing(shown.relationships),
      meta,
    },
  };
}

function namesOf(
  members: Readonly<Record<string, { readonly flags: string }>>,
  flag: string,
  isWanted: boolean,
): string[] {
  return Object.keys(members).filter((name) => members[name]?.flags.includes(flag) === isWanted);
}

function nothing(names: readonly string[]): Readonly<Record<string, null>> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
