import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { oneLine } from '#lib/plain-text';
import { Clock } from '../common/clock.js';
import { Config } from '../config/index.js';

const RSA_BITS = 2048;
/** A new key signs only after every instance had time to read it. */
const MATURITY_SECONDS = 10 * 60;
const RELOAD_SECONDS = 60;

/** One signing key; `kid` is the RFC 7638 thumbprint of its public half. */
export interface SigningKey {
  readonly kid: string;
  readonly file: string;
  readonly createdAt: Date;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The RSA keys in KEYS_DIR, ordered by file name (`<UTC time>-….pem`): all verify, one signs. */
@Injectable()
export class KeyRing {
  private readonly log = new Logger(KeyRing.name);
  private keys: readonly SigningKey[] = [];
  private readAt: Date;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.read();
    if (this.keys.length === 0 && config.environment !== 'production') {
      generateKey(config.keysDir, clock.now());
      this.read();
    }
    if (this.keys.length === 0) {
      throw new Error(`KEYS_DIR holds no key: run "keyturn keys generate" (${config.keysDir})`);
    }
  }

  /** The newest key that is old enough for all instances to know it; a lone one at once. */
  get signing(): SigningKey {
    this.refresh();
    const mature = this.clock.after(-MATURITY_SECONDS);
    const known = this.keys.filter(({ createdAt }) => createdAt <= mature);
    const key = known[known.length - 1] ?? this.keys[0];
    if (!key) throw new Error('no signing key');
    return key;
  }

  /** Every key that verifies, oldest first; another list when, and only when, the keys are others. */
  get all(): readonly SigningKey[] {
    return this.keys;
  }

  /** The public half of a key, or null; an unknown id reads the folder again, at most once a minute. */
  findPublic(kid: string): KeyObject | null {
    const found = this.keys.find((key) => key.kid === kid);
    if (found) return found.publicKey;
    this.refresh();
    return this.keys.find((key) => key.kid === kid)?.publicKey ?? null;
  }

  /** Reads the folder again, at most once a minute. */
  private refresh(): void {
    if (this.readAt <= this.clock.after(-RELOAD_SECONDS)) this.readAgain();
  }

  private read(): void {
    const keys = readKeys(this.config.keysDir);
    if (!isSame(keys, this.keys)) this.keys = keys;
    this.readAt = this.clock.now();
  }

  /** A file that is no key must not take away the keys that are known. */
  private readAgain(): void {
    try {
      this.read();
    } catch (error) {
      this.readAt = this.clock.now();
      this.log.error(`KEYS_DIR could not be read again; the known keys go on: ${oneLine(String(error))}`);
    }
  }
}

function isSame(one: readonly SigningKey[], other: readonly SigningKey[]): boolean {
  return (
    one.length === other.length && one.every(({ kid, file }, at) => kid === other[at]?.kid && file === other[at].file)
  );
}

/** All keys of a folder, oldest first; a missing folder has none. */
export function readKeys(folder: string): SigningKey[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = readdirSync(folder).filter((file) => file.endsWith('.pem'));
  const keys = files.sort().map((file) => readKey(folder, file));
  return keys.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}

/** Writes a new key; its name begins with the time, so that names sort by age. The file appears whole or not at all. */
export function generateKey(folder: string, at: Date): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const file = `${time}-${randomBytes(4).toString('hex')}.pem`; // two keys of one second are two files
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, `${file}.new`), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(join(folder, `${file}.new`), join(folder, file));
  return readKey(folder, file);
}

function readKey(folder: string, file: string): SigningKey {
  const privateKey = createPrivateKey(readFileSync(join(folder, file)));
  const { modulusLength = 0 } = privateKey.asymmetricKeyDetails ?? {};
  if (privateKey.asymmetricKeyType !== 'rsa' || modulusLength < RSA_BITS) {
    throw new Error(`${file} is not an RSA key of at least ${RSA_BITS} bits`);
  }
  const publicKey = createPublicKey(privateKey);
  const { e, n } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
  return { kid, file, createdAt: createdAt(file), privateKey, publicKey };
}

/** `20260101T000000Z-….pem`; a file of another name counts as old. */
function createdAt(file: string): Date {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(file);
  if (!match) return new Date(0);
  const [, year, month, day, hour, minute, second] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
}
