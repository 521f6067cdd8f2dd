import { randomBytes } from 'node:crypto';
import { loadBcrypt, loadEngine, type Argon2Cost, type Argon2Engine, type BcryptEngine } from './engine.js';
import { hashReader, type HashReader } from './hash-reader.js';
import { PasswordHasher } from './password-hasher.js';
import { Slots } from './slots.js';
import { HashRefused, type StoredHash } from './stored-hash.js';

/** Settings of the hasher: cost, and how many hashes run (`concurrency`) or wait (`waiting`) at once. */
export interface Argon2HasherOptions extends Argon2Cost {
  readonly concurrency: number;
  readonly waiting: number;
}

/** Implementations of the hash functions; left out: the best that load here. */
export interface HashEngines {
  readonly argon2: Argon2Engine;
  readonly bcrypt: BcryptEngine | null;
}

/** Comparing with a hash from elsewhere that needs more memory than this, in KiB, is done one at a time. */
const LARGE_KIB = 65_536;
const LARGE_WAITING = 10;

/** argon2id behind a bounded queue; decoys take their place in the queue like every other hash (SEC-20). */
export class Argon2Hasher extends PasswordHasher {
  private readonly slots: Slots;
  private readonly large = new Slots(1, LARGE_WAITING);
  private readonly read: HashReader;

  private constructor(
    private readonly engine: Argon2Engine,
    bcrypt: BcryptEngine | null,
    private readonly options: Argon2HasherOptions,
    private readonly decoy: string,
  ) {
    super();
    this.slots = new Slots(options.concurrency, options.waiting);
    this.read = hashReader(engine, bcrypt);
  }

  static async create(options: Argon2HasherOptions, engines?: HashEngines): Promise<Argon2Hasher> {
    const { argon2, bcrypt } = engines ?? { argon2: await loadEngine(), bcrypt: await loadBcrypt() };
    const decoy = await argon2.hash(randomBytes(32).toString('base64'), options);
    return new Argon2Hasher(argon2, bcrypt, options, decoy);
  }

  get engineName(): string {
    return this.engine.name;
  }

  override get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.slots.running, waiting: this.slots.depth + this.large.depth };
  }

  override get isFull(): boolean {
    return this.slots.isFull;
  }

  override hash(password: string): Promise<string> {
    return this.slots.run(() => this.engine.hash(password.normalize('NFC'), this.options));
  }

  override async verify(stored: string | null, password: string): Promise<boolean> {
    const hash = stored === null ? 'unknown-form' : this.read(stored);
    if (typeof hash !== 'string') return this.inTurn(hash, () => this.compare(hash, password));
    await this.slots.run(() => this.engine.verify(this.decoy, password.normalize('NFC')));
    return false;
  }

  override isOutdated(stored: string): boolean {
    const hash = this.read(stored);
    return typeof hash === 'string' || !hash.isNative || hash.work < this.ownWork;
  }

  override adopt(foreign: string): string {
    const hash = this.read(foreign);
    if (typeof hash === 'string') throw new HashRefused(hash);
    if (!hash.isWithinBounds) throw new HashRefused('out-of-bounds');
    return hash.text;
  }

  private get ownWork(): number {
    return this.options.memoryKib * this.options.timeCost;
  }

  /** Memory stays bounded: one large comparison at a time, waiting for its turn without holding a slot. */
  private inTurn({ memoryKib }: StoredHash, task: () => Promise<boolean>): Promise<boolean> {
    const isLarge = memoryKib > Math.max(LARGE_KIB, this.options.memoryKib);
    return isLarge ? this.large.run(() => this.slots.run(task)) : this.slots.run(task);
  }

  /** Other software did not normalise, so a hash of its making may be of the text as received as well (SEC-18). */
  private async compare(hash: StoredHash, password: string): Promise<boolean> {
    const normalised = password.normalize('NFC');
    const candidates = hash.isNative ? [normalised] : [...new Set([normalised, password])];
    let fits = false;
    for (const candidate of candidates) fits = (await hash.fits(candidate)) || fits;
    await this.topUp(hash.work * candidates.length);
    return fits;
  }

  /** Makes a comparison that was cheaper than one with a hash of ours take as long, found or not (SEC-39). */
  private async topUp(work: number): Promise<void> {
    const { timeCost, parallelism } = this.options;
    const missing = this.ownWork - work;
    if (missing <= 0) return;
    const memoryKib = Math.max(Math.floor(missing / timeCost), 8 * parallelism);
    await this.engine.digest('', Buffer.alloc(16), { memoryKib, timeCost, parallelism }, 32);
  }
}
