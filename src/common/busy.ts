import { HashQueueFull } from '#lib/password-hash';
import { DomainError } from './domain-error.js';

/** Runs a password hash or check; a full queue becomes a refusal that asks to come back (SEC-20). */
export async function unlessBusy<T>(hashing: () => Promise<T>): Promise<T> {
  try {
    return await hashing();
  } catch (error) {
    if (error instanceof HashQueueFull) throw new DomainError('BUSY', { retryAfterSeconds: 1 });
    throw error;
  }
}
