import { isPlainNote, isPlainText } from '#lib/plain-text';
import {
  echo,
  errorObject,
  invalid,
  invalidAttribute,
  JsonApiFault,
  pointerTo,
  tooLong,
  type ErrorObject,
} from './error-object.js';
import type { Identifier } from './document.js';
import { readResource } from './read-resource.js';
import { member, type Attribute, type Declaration } from './resource-type.js';

const MAX_OBJECT_BYTES = 16 * 1024;
const MAX_OBJECT_DEPTH = 10;
const MAX_LINKS = 100;
const MAX_TEXTS = 50;

/** What a create or update says. Values are of their attributes' kinds; what was left out is not there. */
export interface Written {
  readonly values: Readonly<Record<string, unknown>>;
  /** Null, or an empty list, clears. */
  readonly links: Readonly<Record<string, Identifier | readonly Identifier[] | null>>;
  /** Rules that values break, for whoever checks more of them. */
  readonly faults: readonly ErrorObject[];
}

/** Which members a request may have: those with the flag, and only trusted machines' with `restricted`. */
export interface WriteTerms {
  /** The id in the URL; left out: a new resource. */
  readonly id?: string;
  /** Called when a member is sent that trusted machines alone may send; to throw, or to let it pass. */
  readonly restricted: () => void;
}

/** Reads a body by a declaration. @throws JsonApiFault for members that it may not have, and for wrong linkage */
export function readWritten(body: unknown, declaration: Declaration, { id, restricted }: WriteTerms): Written {
  const flag = id === undefined ? 'C' : 'U';
  const { type, attributes, relationships } = declaration;
  const read = readResource(body, {
    ...{ type, ...(id === undefined ? {} : { id }) },
    attributes: namesOf(attributes, flag),
    relationships: namesOf(relationships, flag),
  });
  const isRestricted = ([name]: [string, unknown], members: Declaration['attributes' | 'relationships']): boolean =>
    member<{ readonly restricted?: boolean }>(members, name)?.restricted === true;
  const sent = Object.entries(read.attributes);
  const linked = Object.entries(read.relationships);
  if (
    [
      ...sent.filter((one) => isRestricted(one, attributes)),
      ...linked.filter((one) => isRestricted(one, relationships)),
    ].length > 0
  ) {
    restricted();
  }
  const links = linked.map(([name, value]) => [name, linkage(name, value, declaration)] as const);
  return {
    values: read.attributes,
    links: Object.fromEntries(links),
    faults: sent.flatMap(([name, value]) => faultsOf(name, value, member(attributes, name))),
  };
}

function namesOf(members: Readonly<Record<string, { readonly flags: string }>>, flag: string): string[] {
  return Object.keys(members).filter((name) => members[name]?.flags.includes(flag));
}

/** Null clears whatever it is; what may not be empty is for the resource to say. */
function faultsOf(name: string, value: unknown, attribute: Attribute | undefined): ErrorObject[] {
  if (!attribute || value === null) return [];
  switch (attribute.kind) {
    case 'text':
      return textFaults(name, value, attribute.maximum, isPlainText);
    case 'texts':
      return listFaults(name, value, attribute.maximum);
    case 'note':
      return textFaults(name, value, attribute.maximum, isPlainNote);
    case 'secret':
      return typeof value === 'string' ? [] : [invalid(name)];
    case 'boolean':
    case 'trigger':
      return typeof value === 'boolean' ? [] : [invalid(name)];
    case 'integer':
      return Number.isSafeInteger(value) ? [] : [invalid(name)];
    case 'float':
      return Number.isFinite(value) ? [] : [invalid(name)];
    case 'object':
      return objectFaults(name, value);
    case 'time':
      return [invalid(name)];
  }
}

function textFaults(name: string, value: unknown, maximum: number, isPlain: (text: string) => boolean): ErrorObject[] {
  if (typeof value !== 'string') return [invalid(name)];
  if (value.length > maximum) return [tooLong(name, maximum)];
  return isPlain(value) ? [] : [invalid(name)];
}

function listFaults(name: string, value: unknown, maximum: number): ErrorObject[] {
  if (!Array.isArray(value) || value.length > MAX_TEXTS) return [invalid(name)];
  return value.flatMap((one: unknown) => textFaults(name, one, maximum, isPlainText)).slice(0, 1);
}

/** Free-form, but an object, bounded, and of texts that can be stored and shown. */
function objectFaults(name: string, value: unknown): ErrorObject[] {
  if (!isTidyObject(value, MAX_OBJECT_DEPTH)) return [invalid(name)];
  const isLarge = Buffer.byteLength(JSON.stringify(value)) > MAX_OBJECT_BYTES;
  return isLarge ? [invalidAttribute(name, 'is too large (maximum is 16 KiB)', { error: 'too_long' })] : [];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is an object whose texts are well-formed, in which nothing is nested deeper than `depth`, and which
 * can do no harm to whom merges it into an object of theirs (SEC-3, SEC-4).
 */
export function isTidyObject(value: unknown, depth: number): value is object {
  return isObject(value) && isTidy(value, depth);
}

function isTidy(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isPlainNote(value);
  if (typeof value !== 'object' || value === null) return true;
  const isFit = ([name, inner]: [string, unknown]): boolean =>
    name !== '__proto__' && isPlainNote(name) && isTidy(inner, depth - 1);
  return depth > 0 && Object.entries(value).every(isFit);
}

function linkage(name: string, value: unknown, { relationships }: Declaration): Identifier | Identifier[] | null {
  const { type = '', isMany = false } = member(relationships, name) ?? {};
  const path = ['data', 'relationships', name];
  if (!isObject(value)) throw malformed('Data must be a hash.', path);
  const data = value['data'];
  if (data === undefined) throw missing(path);
  if (!isMany) return data === null ? null : identifier(data, type, [...path, 'data']);
  if (!Array.isArray(data) || data.length > MAX_LINKS) throw malformed('Data must be a list.', [...path, 'data']);
  return data.map((one: unknown, at) => identifier(one, type, [...path, 'data', String(at)]));
}

function identifier(value: unknown, type: string, path: readonly string[]): Identifier {
  if (!isObject(value)) throw malformed('Data must be a hash.', path);
  const { id, type: given } = value;
  if (given !== type) {
    const detail = `${echo(given)} is not a valid type for this operation.`;
    throw new JsonApiFault([errorObject('TYPE_MISMATCH', detail, pointerTo(...path, 'type'))]);
  }
  if (typeof id !== 'string') throw malformed('The id must be a text.', [...path, 'id']);
  return { type, id };
}

function malformed(detail: string, path: readonly string[]): JsonApiFault {
  return new JsonApiFault([errorObject('INVALID_DATA_FORMAT', detail, pointerTo(...path))]);
}

function missing(path: readonly string[]): JsonApiFault {
  return new JsonApiFault([
    errorObject('PARAM_MISSING', 'The required parameter, data, is missing.', pointerTo(...path)),
  ]);
}
