import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { parseEmail, type EmailAddress } from '#lib/email-address';
import { isDomainError } from '../../common/domain-error.js';
import type { Store } from '../../store/index.js';
import { BLANK_PASSWORD, INVALID_EMAIL, LABELS, ShopifyInputError } from './shopify.errors.js';
import { isTooLong, textIn, tooLong, type Report } from './shopify.text.js';

const MAX_EMAIL = 510;
/** What people put between the digits of a number. */
const GROUPING = /[\s.()\-[\]]/g;

/** The vendor takes all white space out of an address before it looks at it. */
export function parsedEmail(email: string, { realm }: Store): EmailAddress | null {
  if (email.length > MAX_EMAIL) return null;
  return parseEmail(email.replace(/\s+/g, '').toLowerCase(), { eai: realm.policy.eai });
}

/** A customer's address; null when it was reported. */
export function emailIn(email: string, store: Store, report: Report): EmailAddress | null {
  const address = parsedEmail(email, store);
  if (address) return address;
  if (email.trim() === '') report({ code: 'BLANK', place: 'email', message: "Email can't be blank" });
  else {
    if (isTooLong(email)) report(tooLong('email', 'Email'));
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
  return textIn(name, { place, label: LABELS[place] }, report);
}

/** A number in E.164 form, however it was written; empty is null. Without `+` it is one of the store's country. */
export function phoneIn(phone: string | null | undefined, { locale }: Store, report: Report): string | null {
  const text = phone?.trim() ?? '';
  if (text === '') return null;
  const parsed = isTooLong(text) ? undefined : parsedPhone(text, locale);
  if (parsed) return parsed;
  if (isTooLong(text)) report(tooLong('phone', 'Phone'));
  report({ code: 'INVALID', place: 'phone', message: 'Phone is invalid' });
  return null;
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

function parsedPhone(text: string, locale: string): string | undefined {
  const country = locale.split('-')[1] ?? '';
  const among = isSupportedCountry(country) ? { defaultCountry: country } : {};
  const parsed = parsePhoneNumberFromString(text.replace(GROUPING, ''), { extract: false, ...among });
  return parsed?.isPossible() ? parsed.number : undefined;
}
