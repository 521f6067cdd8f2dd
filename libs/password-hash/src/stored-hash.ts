/** Why a hash cannot be taken over: nobody here writes or reads its form, or comparing with it costs too much or too little. */
export type HashFault = 'unknown-form' | 'out-of-bounds';

/** Thrown when a hash that was made elsewhere cannot be taken over. */
export class HashRefused extends Error {
  override readonly name = 'HashRefused';

  constructor(readonly fault: HashFault) {
    super(`the password hash is refused: ${fault}`);
  }
}

/** A stored hash that has been read, so that passwords can be compared with it. */
export interface StoredHash {
  /** The one way to write it. */
  readonly text: string;
  /** Whether it is an argon2id PHC string, as the hasher itself writes them. */
  readonly isNative: boolean;
  /** Whether it may come from elsewhere; what the hasher wrote itself may cost more or less. */
  readonly isWithinBounds: boolean;
  /** What comparing costs, as argon2id's memory in KiB times its passes. */
  readonly work: number;
  /** The memory that comparing needs, in KiB. */
  readonly memoryKib: number;
  /** Whether a password fits, compared in constant time after the same work in either case. */
  fits(password: string): Promise<boolean>;
}

/** Cost of argon2id in hashes from elsewhere, so that a hostile dump cannot exhaust memory or time. */
export const BOUNDS = {
  bytes: { min: 16, max: 64 },
  timeCost: { min: 1, max: 10 },
  memoryKib: { min: 8192, max: 262_144 },
  parallelism: { min: 1, max: 16 },
} as const;

export function isWithin(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value >= min && value <= max;
}
