import { member, type Attribute, type Declaration, type ResourceTypes } from './resource-type.js';

const MAX_RELATIONSHIPS = 3;
const MAX_LENGTH = 200;

/** An attribute that was found by its name, with the relationships that lead to it. */
export interface FoundPath {
  readonly path: readonly string[];
  readonly attribute: Attribute;
}

/** Where names are looked for. */
export interface PathScope {
  readonly declaration: Declaration;
  readonly types: Pick<ResourceTypes<never>, 'find'>;
}

/**
 * Finds an attribute with a flag, the resource's own first, else one of a relationship with that flag: `customer_email`
 * is `email` of `customer`. Each step looks at the declared names only, so the work is bounded by the declarations.
 */
export function findPath(
  name: string,
  flag: 'Q' | 'S',
  { declaration, types }: PathScope,
  depth = 0,
): FoundPath | null {
  const attribute = member(declaration.attributes, name);
  if (attribute?.flags.includes(flag)) return { path: [name], attribute };
  if (depth >= MAX_RELATIONSHIPS || name.length > MAX_LENGTH) return null;
  for (const [relationship, { type, flags, isMany }] of Object.entries(declaration.relationships)) {
    const target = isAt(name, relationship) && flags.includes(flag) ? types.find(type) : null;
    if (!target || (flag === 'S' && isMany)) continue;
    const scope = { declaration: target.declaration, types };
    const found = findPath(name.slice(relationship.length + 1), flag, scope, depth + 1);
    if (found) return { path: [relationship, ...found.path], attribute: found.attribute };
  }
  return null;
}

function isAt(name: string, relationship: string): boolean {
  return name.startsWith(relationship) && '_.'.includes(name.charAt(relationship.length) || ' ');
}
