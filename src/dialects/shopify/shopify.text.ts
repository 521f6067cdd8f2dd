import { codePoints, isPlainText } from '#lib/plain-text';
import type { CustomerErrorCode, Place, UserFault } from './shopify.errors.js';

const MAX_TEXT = 255;
const HTML_TAG = /<[!/]?[a-z][^<>]*>/i;
const WEB_ADDRESS = /https?:\/\/|\bwww\./i;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/u;

/** Collects what is wrong with an input, so that it can be told together. */
export type Report = (fault: UserFault) => void;

/** What a text is called where it is refused, and which rules it has beside those of all texts. */
export interface TextRules {
  readonly place: Place;
  readonly label: string;
  readonly emojis?: boolean;
}

/** A text that somebody typed, trimmed; null or blank is null. What is wrong with it is reported. */
export function textIn(text: string | null | undefined, rules: TextRules, report: Report): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return null;
  const { place, label } = rules;
  const fault = faultOf(trimmed, rules);
  if (fault) report({ place, code: fault.code, message: `${label} ${fault.message}` });
  return trimmed;
}

export function isTooLong(text: string): boolean {
  return text.length > MAX_TEXT && codePoints(text) > MAX_TEXT;
}

export function tooLong(place: Place, label: string): UserFault {
  return { code: 'TOO_LONG', place, message: `${label} ${TOO_LONG}` };
}

const TOO_LONG = `is too long (maximum is ${MAX_TEXT} characters)`;

function faultOf(text: string, { emojis = true }: TextRules): { code: CustomerErrorCode; message: string } | null {
  if (isTooLong(text)) return { code: 'TOO_LONG', message: TOO_LONG };
  if (!isPlainText(text)) return { code: 'INVALID', message: 'is invalid' };
  if (HTML_TAG.test(text)) return { code: 'CONTAINS_HTML_TAGS', message: 'cannot contain HTML tags' };
  if (WEB_ADDRESS.test(text)) return { code: 'CONTAINS_URL', message: 'cannot contain URL' };
  if (!emojis && EMOJI.test(text)) return { code: 'INVALID', message: 'cannot contain emojis' };
  return null;
}
