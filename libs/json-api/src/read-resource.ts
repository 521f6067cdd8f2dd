import { echo, errorObject, JsonApiFault, pointerTo, refuseAll, type ErrorObject } from './error-object.js';

/** What a request's document must be about. */
export interface ExpectedResource {
  readonly type: string;
  /** The id in the URL; left out: the document may have none, because it makes a new resource. */
  readonly id?: string;
  readonly attributes: readonly string[];
  readonly relationships: readonly string[];
}

/** A resource as a client sent it; the values are not checked yet. */
export interface ReadResource {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, unknown>>;
}

type Members = Readonly<Record<string, unknown>>;

/** Reads the document of a create or update; members that it may not have are refused, each. @throws JsonApiFault */
export function readResource(body: unknown, expected: ExpectedResource): ReadResource {
  const document = membersOf(body);
  const data = document['data'];
  if (data === undefined) throw missing('data');
  const resource = membersOf(data, '/data');
  refuseOtherType(resource['type'], expected.type);
  refuseOtherKey(resource['id'], expected.id);
  const attributes = membersOf(resource['attributes'] ?? {}, '/data/attributes');
  const relationships = membersOf(resource['relationships'] ?? {}, '/data/relationships');
  refuseAll([
    ...others(document, ['data']),
    ...others(resource, ['type', 'id', 'attributes', 'relationships'], 'data'),
    ...others(attributes, expected.attributes, 'data', 'attributes'),
    ...others(relationships, expected.relationships, 'data', 'relationships'),
  ]);
  return { attributes, relationships };
}

function membersOf(value: unknown, pointer?: string): Members {
  if (value === undefined) throw missing('data');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new JsonApiFault([
    errorObject('INVALID_DATA_FORMAT', 'Data must be a hash.', pointer ? { pointer } : undefined),
  ]);
}

function refuseOtherType(type: unknown, expected: string): void {
  if (type === undefined) throw missing('type');
  if (type === expected) return;
  const detail = `${echo(type)} is not a valid type for this operation.`;
  throw new JsonApiFault([errorObject('TYPE_MISMATCH', detail, pointerTo('data', 'type'))]);
}

/** A new resource brings no id; an existing one must be the one that the URL names. */
function refuseOtherKey(id: unknown, expected: string | undefined): void {
  if (id === expected) return;
  const source = pointerTo('data', 'id');
  if (expected === undefined) {
    throw new JsonApiFault([errorObject('PARAM_NOT_ALLOWED', 'id is not allowed.', source)]);
  }
  if (id === undefined) throw missing('id');
  const detail = `The URL does not support the key ${echo(id)}`;
  throw new JsonApiFault([errorObject('KEY_NOT_INCLUDED_IN_URL', detail, source)]);
}

function others(members: Members, allowed: readonly string[], ...path: readonly string[]): ErrorObject[] {
  return Object.keys(members)
    .filter((name) => !allowed.includes(name))
    .map((name) => errorObject('PARAM_NOT_ALLOWED', `${echo(name)} is not allowed.`, pointerTo(...path, echo(name))));
}

function missing(name: string): JsonApiFault {
  return new JsonApiFault([errorObject('PARAM_MISSING', `The required parameter, ${name}, is missing.`)]);
}
