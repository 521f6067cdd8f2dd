import { HashRefused, type PasswordHasher } from '#lib/password-hash';
import { DomainError } from '../common/domain-error.js';

/** The form in which a hash that was made elsewhere is stored. @throws DomainError PASSWORD_HASH_REFUSED */
export function adoptedHash(hasher: PasswordHasher, foreign: string): string {
  try {
    return hasher.adopt(foreign);
  } catch (error) {
    if (error instanceof HashRefused) throw new DomainError('PASSWORD_HASH_REFUSED', { fault: error.fault });
    throw error;
  }
}
