import { Buffer } from 'node:buffer';

const MAX_BYTES = 64;
const ASCII = /\p{ASCII}/u;
const ASCII_ATOM = /^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]$/;
const LETTER_MARK_OR_NUMBER = /^[\p{L}\p{M}\p{N}]$/u;
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;

/** The part before the `@` as it goes into the key, or null if it may not stand there (SEC-12). */
export function normalLocalPart(local: string, eai: boolean): string | null {
  if (!isLocalPart(local, eai)) return null;
  if (!eai) return lowerCaseAscii(local);

  // Lower-casing can open a new composition (J + caron has none, j + caron has), hence NFC on both sides.
  const normal = lowerCaseAscii(local.normalize('NFC')).normalize('NFC');
  // Composition can make a sign of two allowed characters (= and a stroke make ≠), so look again.
  return isLocalPart(normal, eai) ? normal : null;
}

function isLocalPart(local: string, eai: boolean): boolean {
  if (local === '' || Buffer.byteLength(local) > MAX_BYTES) return false;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false;
  for (const character of local) {
    if (!isAllowed(character, eai)) return false;
  }
  return true;
}

function isAllowed(character: string, eai: boolean): boolean {
  if (character <= '\x7f') return ASCII_ATOM.test(character);
  return eai && isForeignLetter(character);
}

/**
 * Leaves out what cannot be seen and what normalises into ASCII (Kelvin sign, ligatures, full-width forms):
 * another program on the way would read it as somebody else's address.
 */
function isForeignLetter(character: string): boolean {
  if (!LETTER_MARK_OR_NUMBER.test(character) || INVISIBLE.test(character)) return false;
  return !ASCII.test(character.normalize('NFKC'));
}

/** Not `toLowerCase`, which maps characters outside ASCII too (SEC-12). */
function lowerCaseAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
