import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 1;
const KEY_ID_LENGTH = 4;
const IV_LENGTH = 12;
const TAG_LENGTH = 16;
const HEADER_LENGTH = 1 + KEY_ID_LENGTH;

/** Encrypts and authenticates small texts under one key (AES-256-GCM), so that a copied table says nothing (SEC-84). */
export class SealedBox {
  private readonly key: Buffer;
  private readonly header: Buffer;

  /**
   * @param masterKey at least 32 bytes
   * @param label what the box is for; boxes with other labels have other keys (HKDF-SHA-256)
   */
  constructor(masterKey: Buffer, label: string) {
    this.key = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), label, 32));
    const keyId = createHash('sha256').update(this.key).digest().subarray(0, KEY_ID_LENGTH);
    this.header = Buffer.concat([Buffer.of(VERSION), keyId]);
  }

  /** Layout: version, key id (4), nonce (12), tag (16), ciphertext. */
  seal(text: string): Buffer {
    const iv = randomBytes(IV_LENGTH);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(this.header);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([this.header, iv, cipher.getAuthTag(), sealed]);
  }

  /** The text, or null when the box was sealed under another key or altered. */
  open(sealed: Buffer): string | null {
    const bodyAt = HEADER_LENGTH + IV_LENGTH + TAG_LENGTH;
    if (sealed.length < bodyAt || !sealed.subarray(0, HEADER_LENGTH).equals(this.header)) return null;
    const iv = sealed.subarray(HEADER_LENGTH, HEADER_LENGTH + IV_LENGTH);
    const decipher = createDecipheriv('aes-256-gcm', this.key, iv).setAAD(this.header);
    decipher.setAuthTag(sealed.subarray(HEADER_LENGTH + IV_LENGTH, bodyAt));
    try {
      return decipher.update(sealed.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  }
}
