import { randomBytes } from 'node:crypto';
import { loadEngine, type Argon2Cost, type Argon2Engine } from './engine.js';
import { PasswordHasher } from './password-hasher.js';
import { Slots } from './slots.js';

/** Settings of the hasher: cost, and how many hashes run (`concurrency`) or wait (`waiting`) at once. */
export interface Argon2HasherOptions extends Argon2Cost {
  readonly concurrency: number;
  readonly waiting: number;
}

/** argon2id behind a bounded queue; decoys take their place in the queue like every other hash (SEC-20). */
export class Argon2Hasher extends PasswordHasher {
  private constructor(
    private readonly engine: Argon2Engine,
    private readonly options: Argon2HasherOptions,
    private readonly slots: Slots,
    private readonly decoy: string,
  ) {
    super();
  }

  static async create(options: Argon2HasherOptions, engine?: Argon2Engine): Promise<Argon2Hasher> {
    const chosen = engine ?? (await loadEngine());
    const decoy = await chosen.hash(randomBytes(32).toString('base64'), options);
    return new Argon2Hasher(chosen, options, new Slots(options.concurrency, options.waiting), decoy);
  }

  get engineName(): string {
    return this.engine.name;
  }

  /** Hashes that wait for a free slot; for metrics. */
  get queueDepth(): number {
    return this.slots.depth;
  }

  override hash(password: string): Promise<string> {
    return this.slots.run(() => this.engine.hash(password.normalize('NFC'), this.options));
  }

  override async verify(stored: string | null, password: string): Promise<boolean> {
    const fits = await this.slots.run(() => this.engine.verify(stored ?? this.decoy, password.normalize('NFC')));
    return fits && stored !== null;
  }

  override isOutdated(stored: string): boolean {
    const cost = readCost(stored);
    if (!cost) return true;
    return cost.memoryKib < this.options.memoryKib || cost.timeCost < this.options.timeCost;
  }
}

function readCost(phc: string): Argon2Cost | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(phc);
  if (!match) return null;
  return { memoryKib: Number(match[1]), timeCost: Number(match[2]), parallelism: Number(match[3]) };
}
