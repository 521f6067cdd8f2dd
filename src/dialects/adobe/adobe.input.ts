import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { parseEmail, type EmailAddress } from '#lib/email-address';
import { isPlainText, oneLine } from '#lib/plain-text';
import type { Caller } from '../../access/index.js';
import { passwordRulesOf, type PasswordRules } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { AdobeError, input, type AdobeProblem } from './adobe.refusal.js';

/** These have rules of their own, which word such faults better. */
const WITH_OWN_RULES = new Set(['password', 'newPassword', 'currentPassword', 'email', 'resetPasswordToken']);
const MAX_TEXT = 1024;

/** Refuses texts with control characters or lone surrogates before anything is looked up (SEC-3, SEC-4). */
@Injectable()
export class AdobeTextPipe implements PipeTransform {
  transform(value: unknown, { data, type }: ArgumentMetadata): unknown {
    if (type === 'body' && !WITH_OWN_RULES.has(data ?? '')) refuseUnclean(value, data ?? 'input');
    return value;
  }
}

function refuseUnclean(value: unknown, name: string): void {
  if (typeof value === 'string') {
    if (value.length > MAX_TEXT) throw new AdobeError(input(`The value of "${name}" is too long.`));
    if (!isPlainText(value)) {
      throw new AdobeError(input(`The value of "${name}" contains characters that are not allowed.`));
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [member, inner] of Object.entries(value)) if (!WITH_OWN_RULES.has(member)) refuseUnclean(inner, member);
  }
}

/** The address of a reset, refused in the order and words of the vendor. */
export function resetEmail(email: string, { store }: Caller): EmailAddress {
  if (email === '') throw new AdobeError(input('You must specify an email address.'));
  return parsedEmail(email, store) ?? refuse('The email address has an invalid format.');
}

export function parsedEmail(email: string, { realm }: Store): EmailAddress | null {
  return parseEmail(email, { eai: realm.policy.eai });
}

/** The address of an account. @throws AdobeError for a malformed one */
export function wellFormedEmail(email: string, store: Store): EmailAddress {
  return parsedEmail(email, store) ?? refuse('"%1" is not a valid email address.', [oneLine(email, 254)]);
}

/** An argument that may not be empty; `text` is what the vendor says then. */
export function required(value: string, text: string): string {
  return value.trim() === '' ? refuse(text) : value;
}

/** @throws AdobeError, always */
export function refuse(text: string, parameters?: AdobeProblem['parameters']): never {
  throw new AdobeError(input(text, parameters));
}

/** Whether an optional argument says anything; clients send null for what they leave out. */
export function isSaid<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** An input object may not be empty; `text` is what the vendor says then. */
export function refuseEmpty(input: object | null | undefined, text: string): void {
  if (!input || Object.keys(input).length === 0) refuse(text);
}

/** A text of one line, trimmed; blank is null. @throws AdobeError for one that is too long */
export function shortText(value: string | null | undefined, name: string, limit = 255): string | null {
  const text = value?.trim() ?? '';
  if ([...text].length > limit) refuse(`The value of "${name}" is too long.`);
  return text === '' ? null : text;
}

/** What a person or an address is called; absent or null says nothing. */
export interface GivenNames {
  readonly firstname?: string | null;
  readonly middlename?: string | null;
  readonly lastname?: string | null;
  readonly prefix?: string | null;
  readonly suffix?: string | null;
}

/** The names that are said, in the core's terms. @throws AdobeError for one that is too long */
export function namesIn(input: GivenNames) {
  return {
    ...(isSaid(input.firstname) ? { firstName: shortText(input.firstname, 'firstname') } : {}),
    ...(isSaid(input.middlename) ? { middleName: shortText(input.middlename, 'middlename') } : {}),
    ...(isSaid(input.lastname) ? { lastName: shortText(input.lastname, 'lastname') } : {}),
    ...(isSaid(input.prefix) ? { namePrefix: shortText(input.prefix, 'prefix', 40) } : {}),
    ...(isSaid(input.suffix) ? { nameSuffix: shortText(input.suffix, 'suffix', 40) } : {}),
  };
}

/** What a new password must be in a store. Reset and change compare it with the address first, create last. */
export function passwordRules(store: Store, emailFirst: boolean): PasswordRules {
  return passwordRulesOf(store, { emailFirst });
}

/** `YYYY-MM-DD` out of that or of `M/D/YYYY`. @throws AdobeError for what is no date */
export function dateOfBirth(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === '') return null;
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const iso = year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  const parsed = /^\d{4}-\d\d-\d\d$/.test(iso) ? new Date(`${iso}T00:00:00.000Z`) : null;
  if (!parsed || Number.isNaN(parsed.getTime())) refuse('Invalid date');
  return parsed.toISOString().startsWith(iso) ? iso : refuse('Invalid date');
}
