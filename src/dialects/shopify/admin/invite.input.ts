import { codePoints, isPlainNote, isPlainText, oneLine } from '#lib/plain-text';
import type { Letter } from '../../../activation/index.js';
import type { Customer } from '../../../customer/index.js';
import type { Store } from '../../../store/index.js';
import { isGiven } from '../shopify.connections.js';
import { parsedEmail } from '../shopify.input.js';
import { AdminInputError, NOT_SENT } from './admin.errors.js';
import { Reading } from './customer.input.js';
import type { AdminEmailInput } from './input.types.js';

const MAX_SUBJECT = 200;
const MAX_MESSAGE = 5000;
const HTML_TAG = /<[!/]?[a-z][^<>]*>/i;

/**
 * What an invitation is to say besides. Its link opens an account, so that nobody but the customer gets it, and nobody
 * but the shop sends it (SEC-15, SEC-74); other addresses are refused.
 *
 * @throws AdminInputError
 */
export function letterIn(
  { subject, to, from, bcc, body, customMessage }: AdminEmailInput,
  customer: Customer,
  store: Store,
): Letter {
  const reading = new Reading();
  if (subject?.trim() === '') reading.refuse(['email', 'subject'], "Subject can't be blank");
  if (isGiven(to) && parsedEmail(to, store)?.key !== customer.emailKey.toString()) {
    reading.refuse(['email', 'to'], 'To is invalid');
  }
  if (isGiven(from) && addressIn(from) !== addressIn(store.mailFrom)) {
    reading.refuse(['email', 'from'], 'From Sender is invalid');
  }
  for (const other of bcc ?? []) {
    reading.refuse(['email', 'bcc'], `Bcc ${oneLine(other, 254)} is not a valid bcc address`);
  }
  reading.check();
  const texts = [body, customMessage].flatMap((text) => text?.replace(/\r\n?/g, '\n').trim() || []);
  const letter = { subject: subject?.trim() ?? '', message: texts.join('\n') };
  if (!isSendable(letter)) throw new AdminInputError([NOT_SENT]);
  return letter;
}

/** The vendor tells no more of what is too long or has markup in it. */
function isSendable({ subject, message }: Required<Letter>): boolean {
  const isShort = codePoints(subject) <= MAX_SUBJECT && codePoints(message) <= MAX_MESSAGE;
  return isShort && isPlainText(subject) && isPlainNote(message) && !HTML_TAG.test(message);
}

/** Without the name that may stand before it. */
function addressIn(sender: string): string {
  return (/<?([^<>\s]+@[^<>\s]+)>?$/.exec(sender.trim())?.[1] ?? '').toLowerCase();
}
