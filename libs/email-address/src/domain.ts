import { domainToASCII, domainToUnicode } from 'node:url';

const LDH_LABEL = /^[a-z0-9-]{1,63}$/;
const DIGITS = /^[0-9]+$/;
const A_LABEL = 'xn--';
const ASCII = /\p{ASCII}/u;
const ASCII_ONLY = /^\p{ASCII}*$/u;

/**
 * The domain in lower-case A-labels, or null. The URL mapping is asked last and must agree: it turns full-width,
 * ligature, zero-width and number spellings silently into plain names and IP addresses (SEC-12).
 */
export function normalDomain(domain: string): string | null {
  const labels = domain.split('.').map(toALabel);
  if (!isHostName(labels)) return null;

  const normal = labels.join('.');
  if (domainToASCII(domain) !== normal) return null;
  const shown = domainToUnicode(normal);
  if (shown.split('.').some((label) => label.startsWith(A_LABEL))) return null; // stands for nothing; Node 24 lets it pass
  return domainToASCII(shown) === normal ? normal : null; // a second spelling of an A-label
}

function isHostName(labels: readonly string[]): boolean {
  const isNumber = DIGITS.test(labels.at(-1) ?? ''); // only an IP address ends in a number
  return labels.length >= 2 && labels.every(isHostLabel) && !isNumber;
}

function isHostLabel(label: string): boolean {
  return LDH_LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-');
}

/** The label for the wire; empty when that took more than lower-casing and Punycode. */
function toALabel(label: string): string {
  if (ASCII_ONLY.test(label)) return label.toLowerCase();
  const lower = lowerCase(label);

  const mapped = domainToASCII(lower);
  const shown = domainToUnicode(mapped);
  return shown === lower || shown === label ? mapped : '';
}

/**
 * A foreign letter that would become ASCII (Kelvin sign, dotted capital I) stays, and is refused for it later; so is the
 * capital sharp s, which the mapping makes `ss` of on Node 20 and `ß` on Node 24.
 */
function lowerCase(label: string): string {
  const letters = Array.from(label, (letter) => {
    const lower = letter.toLowerCase();
    return letter === 'ẞ' || (letter > '\x7f' && ASCII.test(lower)) ? letter : lower;
  });
  return letters.join('');
}
