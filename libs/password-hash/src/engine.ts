import type { Options } from '@node-rs/argon2';

/** Cost of argon2id: memory in KiB, passes, lanes. */
export interface Argon2Cost {
  readonly memoryKib: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** One implementation of argon2id; both write and read the same PHC strings. */
export interface Argon2Engine {
  readonly name: string;
  hash(password: string, cost: Argon2Cost): Promise<string>;
  verify(phc: string, password: string): Promise<boolean>;
  /** The bare digest, `bytes` long: for hashes that other software wrote in forms of its own. */
  digest(password: string, salt: Buffer, cost: Argon2Cost, bytes: number): Promise<Buffer>;
}

/** What both libraries call argon2id. */
const ARGON2ID = 2;
const HASH_BYTES = 32;

async function nodeRs(): Promise<Argon2Engine> {
  const argon2 = await import('@node-rs/argon2');
  const options = (cost: Argon2Cost, outputLen: number): Options => ({
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a const enum has no value at run time
    algorithm: ARGON2ID,
    memoryCost: cost.memoryKib,
    timeCost: cost.timeCost,
    parallelism: cost.parallelism,
    outputLen,
  });
  return {
    name: '@node-rs/argon2',
    hash: (password, cost) => argon2.hash(password, options(cost, HASH_BYTES)),
    verify: (phc, password) => argon2.verify(phc, password),
    digest: (password, salt, cost, bytes) => argon2.hashRaw(password, { ...options(cost, bytes), salt }),
  };
}

async function nodeArgon2(): Promise<Argon2Engine> {
  const { default: argon2 } = await import('argon2');
  const options = (cost: Argon2Cost, hashLength: number): { type: typeof ARGON2ID } & Record<string, number> => ({
    type: ARGON2ID,
    memoryCost: cost.memoryKib,
    timeCost: cost.timeCost,
    parallelism: cost.parallelism,
    hashLength,
  });
  return {
    name: 'argon2',
    hash: (password, cost) => argon2.hash(password, options(cost, HASH_BYTES)),
    verify: (phc, password) => argon2.verify(phc, password),
    digest: (password, salt, cost, bytes) => argon2.hash(password, { ...options(cost, bytes), salt, raw: true }),
  };
}

/** Compares a password with a bcrypt hash, off the event loop. */
export type BcryptEngine = (hash: string, password: string) => Promise<boolean>;

/** Null where no prebuilt binary exists: bcrypt hashes are of an unknown form then. */
export async function loadBcrypt(): Promise<BcryptEngine | null> {
  try {
    const bcrypt = await import('@node-rs/bcrypt');
    return (hash, password) => bcrypt.verify(password, hash);
  } catch {
    return null;
  }
}

/** All engines, the preferred first: the former does the same work at half the CPU time. */
export const engines: readonly (() => Promise<Argon2Engine>)[] = [nodeRs, nodeArgon2];

/** The first engine that loads on this platform. */
export async function loadEngine(): Promise<Argon2Engine> {
  const failures: unknown[] = [];
  for (const load of engines) {
    try {
      return await load();
    } catch (failure) {
      failures.push(failure);
    }
  }
  throw new AggregateError(failures, 'no argon2 engine loads on this platform');
}
