import { parseEmail, type EmailAddress } from '#lib/email-address';
import { JsonApiFault, readResource, type ErrorObject } from '#lib/json-api';
import { isPlainNote, isPlainText, oneLine } from '#lib/plain-text';
import type { Caller } from '../../access/index.js';
import { DomainError } from '../../common/domain-error.js';
import type { ResetNotes } from '../../password-reset/index.js';
import { blank, invalid, invalidAttribute, refuseAll, tooLong } from './commerce-layer.errors.js';

const TYPE = 'customer_password_resets';
const NOTES = ['reference', 'reference_origin', 'metadata'];
const PAIR = ['customer_password', '_reset_password_token'];
const MAX_REFERENCE = 255;
const MAX_EMAIL = 254;
const MAX_METADATA_BYTES = 16 * 1024;
const MAX_METADATA_DEPTH = 10;

type Attributes = Readonly<Record<string, unknown>>;

/** A reset to make. */
export interface NewReset {
  readonly email: EmailAddress;
  readonly notes: ResetNotes;
}

/** What an update asks for: the password is set, the notes are changed, or both. */
export interface ResetUpdate {
  readonly pair: { readonly password: string; readonly secret: string } | null;
  readonly notes: Partial<ResetNotes>;
}

/** The attributes of a create. @throws JsonApiFault for members that it may not have */
export function attributesOfNew(body: unknown): Attributes {
  return readResource(body, { type: TYPE, attributes: ['customer_email', ...NOTES], relationships: [] }).attributes;
}

/**
 * The attributes of an update. A storefront may send the token pair and nothing else.
 * @throws JsonApiFault for members that it may not have; DomainError NOT_ALLOWED
 */
export function attributesOfUpdate(body: unknown, id: string, { client }: Caller): Attributes {
  const { attributes } = readResource(body, { type: TYPE, id, attributes: [...PAIR, ...NOTES], relationships: [] });
  const names = Object.keys(attributes);
  const isPairOnly = names.length > 0 && names.every((name) => PAIR.includes(name));
  if (client?.kind !== 'commerce-layer-integration' && !isPairOnly) throw new DomainError('NOT_ALLOWED');
  return attributes;
}

/** @throws JsonApiFault with every rule that is broken */
export function newReset(attributes: Attributes, { store }: Caller): NewReset {
  const given = attributes['customer_email'] ?? '';
  const email = typeof given === 'string' ? parseEmail(given, { eai: store.realm.policy.eai }) : null;
  const faults = [...(email ? [] : [emailFault(given)]), ...noteFaults(attributes)];
  const { reference = null, referenceOrigin = null, metadata = null } = notesOf(attributes);
  if (email && faults.length === 0) return { email, notes: { reference, referenceOrigin, metadata } };
  refuseAll(faults);
  throw new JsonApiFault([invalid('customer_email')]);
}

/** @throws JsonApiFault with every rule that is broken */
export function resetUpdate(attributes: Attributes): ResetUpdate {
  const hasPair = PAIR.some((name) => name in attributes);
  const pairFaults = hasPair ? PAIR.flatMap((name) => requiredFault(attributes, name)) : [];
  refuseAll([...pairFaults, ...noteFaults(attributes)]);
  const { customer_password: password, _reset_password_token: secret } = attributes;
  const pair = typeof password === 'string' && typeof secret === 'string' ? { password, secret } : null;
  return { pair, notes: notesOf(attributes) };
}

function emailFault(given: unknown): ErrorObject {
  if (typeof given !== 'string') return invalid('customer_email');
  if (given.trim() === '') return blank('customer_email');
  return invalidAttribute('customer_email', 'is invalid', { error: 'invalid', value: oneLine(given, MAX_EMAIL) });
}

/** A password may be white space as far as we know; its own rules judge it. */
function requiredFault(attributes: Attributes, name: string): ErrorObject[] {
  const value = attributes[name] ?? '';
  if (typeof value !== 'string') return [invalid(name)];
  return value === '' ? [blank(name)] : [];
}

function noteFaults(attributes: Attributes): ErrorObject[] {
  return [
    ...textFault(attributes, 'reference'),
    ...textFault(attributes, 'reference_origin'),
    ...metadataFault(attributes['metadata']),
  ];
}

function textFault(attributes: Attributes, name: string): ErrorObject[] {
  const value = attributes[name] ?? '';
  if (typeof value !== 'string' || !isPlainText(value)) return [invalid(name)];
  return value.length > MAX_REFERENCE ? [tooLong(name, MAX_REFERENCE)] : [];
}

/** Free-form, but an object, bounded, and of texts that can be stored and shown. */
function metadataFault(metadata: unknown): ErrorObject[] {
  if (metadata === undefined || metadata === null) return [];
  if (!isObject(metadata) || !isTidy(metadata, MAX_METADATA_DEPTH)) return [invalid('metadata')];
  const isLarge = Buffer.byteLength(JSON.stringify(metadata)) > MAX_METADATA_BYTES;
  return isLarge ? [invalidAttribute('metadata', 'is too large (maximum is 16 KiB)', { error: 'too_long' })] : [];
}

/** Texts are well-formed, and nothing is nested deeper than `depth` (SEC-3, SEC-4). */
function isTidy(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isPlainNote(value);
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.entries(value).every(([name, inner]) => isPlainNote(name) && isTidy(inner, depth - 1));
}

/** The notes among the attributes, after `noteFaults`; those that were left out are left out. */
function notesOf(attributes: Attributes): Partial<ResetNotes> {
  const { reference, reference_origin: origin, metadata } = attributes;
  return {
    ...(reference === undefined ? {} : { reference: typeof reference === 'string' ? reference : null }),
    ...(origin === undefined ? {} : { referenceOrigin: typeof origin === 'string' ? origin : null }),
    ...(metadata === undefined ? {} : { metadata: isObject(metadata) ? metadata : null }),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
