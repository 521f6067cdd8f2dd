import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { parseEmail, type EmailAddress } from '#lib/email-address';
import { codePoints, isPlainNote, isPlainText } from '#lib/plain-text';
import { passwordRulesOf, type PasswordRules } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { settingsOf } from './common-ground.caller.js';
import { refuse } from './common-ground.errors.js';

/** These have rules of their own. */
const WITH_OWN_RULES = new Set(['password', 'email', 'token', 'userRef', 'accessKey', 'secretKey']);
/** Longest texts, in characters, of what is kept; others are bounded by their bytes alone. */
const LONGEST: Readonly<Record<string, number>> = {
  ...{ firstName: 255, lastName: 255, telephone: 40, organisation: 255, taxNumber: 255, notes: 5000 },
  ...{ description: 255, addressLine1: 255, addressLine2: 255, city: 255, state: 255, stateCode: 10, postCode: 255 },
  ...{ country: 255, type: 255, streetNumber: 20, term: 100 },
};
/** Members of what clients send as JSON are looked at that deep. */
const MAX_DEPTH = 8;
const MAX_BYTES = 1024;
/** Base64 text of `MAX_BYTES`. */
const MAX_ENCODED = 4 * Math.ceil(MAX_BYTES / 3);
const TOO_LONG = 'The value is too long.';
const BAD_CHARACTERS = 'The value contains characters that are not allowed.';
const NOT_ENCODED = 'The value must be base64-encoded.';

/** Refuses texts with control characters or lone surrogates before anything is looked up (SEC-3, SEC-4). */
@Injectable()
export class CommonGroundTextPipe implements PipeTransform {
  transform(value: unknown, { data, type }: ArgumentMetadata): unknown {
    if (type === 'body') refuseBadTexts(value, data ?? '', 0);
    return value;
  }
}

/** Texts inside of objects and lists count by the name of their member. */
function refuseBadTexts(value: unknown, name: string, depth: number): void {
  if (depth > MAX_DEPTH) refuse('The value is nested too deeply.');
  if (typeof value === 'string' && !WITH_OWN_RULES.has(name)) refuseBadText(value, name);
  if (typeof value !== 'object' || value === null) return;
  for (const [member, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) plainText(member);
    refuseBadTexts(inner, Array.isArray(value) ? name : member, depth + 1);
  }
}

function refuseBadText(value: string, name: string): void {
  if (name !== 'notes') plainText(value);
  else if (!isPlainNote(value)) refuse(BAD_CHARACTERS);
  const longest = LONGEST[name];
  if (longest !== undefined && codePoints(value) > longest) refuse(TOO_LONG);
}

function plainText(value: string): string {
  if (Buffer.byteLength(value) > MAX_BYTES) refuse(TOO_LONG);
  return isPlainText(value) ? value : refuse(BAD_CHARACTERS);
}

/** An address as the admin surface sends it: always plain. @throws CommonGroundError */
export function plainEmail(text: string, { realm }: Store): EmailAddress {
  return parseEmail(text, { eai: realm.policy.eai }) ?? refuse('The email address is not valid.');
}

/** An address as storefronts send it: with an `@` it is plain, for the alphabet of base64 has none. */
export function clientEmail(text: string, store: Store): EmailAddress {
  return plainEmail(isPlain(text) ? text : decoded(text), store);
}

/** Address and password of one request are encoded alike. */
export function credentials(
  email: string,
  password: string,
  store: Store,
): { readonly email: EmailAddress; readonly password: string } {
  const given = plainText(isPlain(email) ? password : decoded(password));
  return { email: clientEmail(email, store), password: given };
}

/** A new address, a new password, or both, with null for what is not sent; both are encoded alike. */
export function newCredentials(
  sent: { readonly email: string | null | undefined; readonly password: string | null | undefined },
  store: Store,
): { readonly email: EmailAddress | null; readonly password: string | null } {
  const [email, password] = [sent.email ?? null, sent.password ?? null];
  if (email !== null && password !== null) return credentials(email, password, store);
  return {
    email: email === null ? null : clientEmail(email, store),
    password: password === null ? null : lonePassword(password, store),
  };
}

/** A password without an address beside it is encoded as the store says; the policy judges it. */
export function lonePassword(password: string, store: Store): string {
  return settingsOf(store).passwordEncoding === 'plain' ? password : decoded(password);
}

/** What a new password must be. */
export function passwordRules(store: Store): PasswordRules {
  return passwordRulesOf(store, { edgeSpace: true });
}

function isPlain(email: string): boolean {
  return email.includes('@');
}

/** Canonical RFC 4648 with padding, UTF-8 inside, no NUL; guessing would let two texts open one account. */
function decoded(text: string): string {
  const bytes = text.length <= MAX_ENCODED ? Buffer.from(text, 'base64') : null;
  if (!bytes || bytes.length > MAX_BYTES || bytes.includes(0) || bytes.toString('base64') !== text) {
    return refuse(NOT_ENCODED);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(NOT_ENCODED);
  }
}
