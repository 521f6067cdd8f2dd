import { HashQueueFull, type PasswordHasher } from '#lib/password-hash';
import { DomainError } from './domain-error.js';
import { hashesRefused } from './metrics.js';

/** Runs a password hash or check; a full queue becomes a refusal that asks to come back (SEC-20). */
export async function unlessBusy<T>(hashing: () => Promise<T>): Promise<T> {
  try {
    return await hashing();
  } catch (error) {
    if (error instanceof HashQueueFull) throw busy();
    throw error;
  }
}

/** Refuses before any work is done for it what could not be hashed anyway. @throws DomainError BUSY */
export function refuseWhenFull(hasher: PasswordHasher): void {
  if (hasher.isFull) throw busy();
}

function busy(): DomainError {
  hashesRefused.add();
  return new DomainError('BUSY', { retryAfterSeconds: 1 });
}
