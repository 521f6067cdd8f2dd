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
}

/** What both libraries call argon2id. */
const ARGON2ID = 2;
const HASH_BYTES = 32;

async function nodeRs(): Promise<Argon2Engine> {
  const argon2 = await import('@node-rs/argon2');
  return {
    name: '@node-rs/argon2',
    hash: (password, cost) =>
      argon2.hash(password, {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a const enum has no value at run time
        algorithm: ARGON2ID,
        memoryCost: cost.memoryKib,
        timeCost: cost.timeCost,
        parallelism: cost.parallelism,
        outputLen: HASH_BYTES,
      }),
    verify: (phc, password) => argon2.verify(phc, password),
  };
}

async function nodeArgon2(): Promise<Argon2Engine> {
  const { default: argon2 } = await import('argon2');
  return {
    name: 'argon2',
    hash: (password, cost) =>
      argon2.hash(password, {
        type: ARGON2ID,
        memoryCost: cost.memoryKib,
        timeCost: cost.timeCost,
        parallelism: cost.parallelism,
        hashLength: HASH_BYTES,
      }),
    verify: (phc, password) => argon2.verify(phc, password),
  };
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
