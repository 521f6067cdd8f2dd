import { parseEmail, type EmailAddress } from '#lib/email-address';
import { codePoints, isPlainText } from '#lib/plain-text';
import { isDomainError } from '../../common/domain-error.js';
import type { PasswordRules } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { BLANK_PASSWORD, INVALID_EMAIL, LABELS, ShopifyInputError, type UserFault } from './shopify.errors.js';

const MAX_TEXT = 255;
const HTML_TAG = /<[!/]?[a-z][^<>]*>/i;
const WEB_ADDRESS = /https?:\/\/|\bwww\./i;
const PHONE = /^\+[1-9]\d{6,14}$/;

/** Collects what is wrong with an input, so that it can be told together. */
export type Report = (fault: UserFault) => void;

/** The vendor takes all white space out of an address before it looks at it. */
export function parsedEmail(email: string, { realm }: Store): EmailAddress | null {
  if (email.length > 2 * MAX_TEXT) return null;
  return parseEmail(email.replace(/\s+/g, '').toLowerCase(), { eai: realm.policy.eai });
}

/** A new customer's address; null when it was reported. */
export function emailIn(email: string, store: Store, report: Report): EmailAddress | null {
  const address = parsedEmail(email, store);
  if (address) return address;
  if (email.trim() === '') report({ code: 'BLANK', place: 'email', message: "Email can't be blank" });
  else {
    if (codePoints(email) > MAX_TEXT) report(tooLong('email', 'Email'));
    report(INVALID_EMAIL);
  }
  return null;
}

/** A name, trimmed; blank is null. */
export function nameIn(
  name: string | null | undefined,
  place: 'firstName' | 'lastName',
  report: Report,
): string | null {
  const text = name?.trim() ?? '';
  const label = LABELS[place];
  if (codePoints(text) > MAX_TEXT) report(tooLong(place, label));
  else if (!isPlainText(text)) report({ code: 'INVALID', place, message: `${label} is invalid` });
  else if (HTML_TAG.test(text)) {
    report({ code: 'CONTAINS_HTML_TAGS', place, message: `${label} cannot contain HTML tags` });
  } else if (WEB_ADDRESS.test(text)) report({ code: 'CONTAINS_URL', place, message: `${label} cannot contain URL` });
  return text === '' ? null : text;
}

/** A number in E.164 form, however it was grouped; empty is null. */
export function phoneIn(phone: string | null | undefined, report: Report): string | null {
  const text = phone ?? '';
  if (text.trim() === '') return null;
  const digits = text.length > MAX_TEXT ? '' : text.replace(/[\s.()\-[\]]/g, '');
  if (PHONE.test(digits)) return digits;
  if (codePoints(text) > MAX_TEXT) report(tooLong('phone', 'Phone'));
  report({ code: 'INVALID', place: 'phone', message: 'Phone is invalid' });
  return null;
}

/** What a new password must be in a store. */
export function passwordRules({ realm }: Store): PasswordRules {
  return { minimum: realm.policy.passwordMinimum };
}

/** Runs what sets a password: where a blank one is refused, the vendor says that it is blank and no more. */
export async function blankTold<T>(password: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const isAboutPassword = isDomainError(error) && error.code.startsWith('PASSWORD_');
    throw isAboutPassword && password.trim() === '' ? new ShopifyInputError([BLANK_PASSWORD]) : error;
  }
}

function tooLong(place: UserFault['place'], label: string): UserFault {
  return { code: 'TOO_LONG', place, message: `${label} is too long (maximum is ${MAX_TEXT} characters)` };
}
