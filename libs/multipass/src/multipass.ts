import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readInstant } from './instant.js';

/** Why a token is refused; for logs, never for whoever sent it. */
export type MultipassFault =
  'size' | 'encoding' | 'signature' | 'encryption' | 'text' | 'json' | 'email' | 'created-at' | 'expired' | 'future';

/** A token that says nothing that can be trusted. */
export class MultipassError extends Error {
  override readonly name = 'MultipassError';

  constructor(readonly fault: MultipassFault) {
    super(`the multipass token was refused: ${fault}`);
  }
}

/** What a merchant's own system vouches for. */
export interface MultipassToken {
  /** As written; not checked to be an address. */
  readonly email: string;
  readonly createdAt: Date;
  /** From then on it is refused as too old. */
  readonly expiresAt: Date;
  /** All that was said, as JSON has it. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What the text stands for, however it was spelled: the same for every spelling of one token. */
  readonly bytes: Buffer;
}

const MAX_LENGTH = 4096;
const BLOCK = 16;
const MAC = 32;
/** Nonce, one block, MAC. */
const MIN_BYTES = BLOCK + BLOCK + MAC;
const SKEW_SECONDS = 60;
const LIFETIME_SECONDS = 15 * 60;

/**
 * Reads a Multipass token: Base64 of AES-128-CBC under the first half of SHA-256(secret), followed by HMAC-SHA-256
 * under the second half. Nothing is decrypted before the MAC fits, so no padding can be probed.
 *
 * @param at what is now; a token lives 15 minutes from its `created_at`, and may be 60 seconds ahead, both inclusive
 * @throws MultipassError and nothing else
 */
export function openMultipass(token: string, secret: string, at: Date): MultipassToken {
  const bytes = decoded(token);
  const key = createHash('sha256').update(secret, 'utf8').digest();
  const body = bytes.subarray(0, -MAC);
  const mac = createHmac('sha256', key.subarray(BLOCK)).update(body).digest();
  if (!timingSafeEqual(mac, bytes.subarray(-MAC))) throw new MultipassError('signature');
  const data = parsed(decrypted(body, key.subarray(0, BLOCK)));
  return { ...vouched(data, at), data, bytes };
}

/** Both alphabets, with or without padding; one spelling only within each. */
function decoded(token: string): Buffer {
  if (token.length > MAX_LENGTH) throw new MultipassError('size');
  const text = token
    .replace(/={1,2}$/, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new MultipassError('encoding');
  if (bytes.length < MIN_BYTES || (bytes.length - MAC) % BLOCK !== 0) throw new MultipassError('size');
  return bytes;
}

function decrypted(body: Buffer, key: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, body.subarray(0, BLOCK));
    return Buffer.concat([decipher.update(body.subarray(BLOCK)), decipher.final()]);
  } catch {
    throw new MultipassError('encryption');
  }
}

function parsed(plain: Buffer): Readonly<Record<string, unknown>> {
  let data: unknown;
  const text = textIn(plain);
  try {
    data = JSON.parse(text);
  } catch {
    throw new MultipassError('json');
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new MultipassError('json');
  return data as Readonly<Record<string, unknown>>;
}

function textIn(plain: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    throw new MultipassError('text');
  }
}

function vouched(
  data: Readonly<Record<string, unknown>>,
  at: Date,
): Pick<MultipassToken, 'email' | 'createdAt' | 'expiresAt'> {
  const { email, created_at: written } = data;
  if (typeof email !== 'string' || email.trim() === '') throw new MultipassError('email');
  const createdAt = typeof written === 'string' ? readInstant(written) : null;
  if (!createdAt) throw new MultipassError('created-at');
  const age = at.getTime() - createdAt.getTime();
  if (age > LIFETIME_SECONDS * 1000) throw new MultipassError('expired');
  if (age < -SKEW_SECONDS * 1000) throw new MultipassError('future');
  return { email, createdAt, expiresAt: new Date(createdAt.getTime() + LIFETIME_SECONDS * 1000) };
}
