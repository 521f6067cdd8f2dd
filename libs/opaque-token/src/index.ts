import { hash, randomBytes, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_LENGTH = 32;
/** Largest multiple of the alphabet's size that fits a byte; higher bytes are drawn again (no modulo bias). */
const FAIR_BYTES = 256 - (256 % ALPHABET.length);

/** A one-time secret for a mailed link: 32 characters of `[A-Za-z0-9]`, 190 bits (SEC-24). */
export function newSecret(): string {
  let secret = '';
  while (secret.length < SECRET_LENGTH) {
    for (const byte of randomBytes(SECRET_LENGTH)) {
      if (byte < FAIR_BYTES && secret.length < SECRET_LENGTH) secret += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return secret;
}

/** Whether a text has the form of `newSecret()`; anything else needs no look-up (SEC-3). */
export function isSecret(text: string): boolean {
  return /^[A-Za-z0-9]{32}$/.test(text);
}

/** A code to type: six digits, none of them a leading zero. Good only for few tries and a short time. */
export function newCode(): string {
  return String(randomInt(100_000, 1_000_000));
}

/** An access token that carries nothing: 32 random bytes, base64url (SEC-48). */
export function newOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A public number: random, 1 to 2^52 - 1, exact as a JavaScript number. */
export function newNumber(): number {
  const high = randomInt(2 ** 20);
  const low = randomInt(2 ** 32);
  const number = high * 2 ** 32 + low;
  return number === 0 ? newNumber() : number;
}

/** What is stored instead of a secret: 32 bytes, SHA-256 over purpose, NUL and secret (SEC-25). */
export function digestOf(purpose: string, secret: string): Buffer {
  return hash('sha256', `${purpose}\0${secret}`, 'buffer');
}
