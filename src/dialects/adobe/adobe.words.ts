import { isDomainError } from '../../common/domain-error.js';
import type { Exceptions } from './adobe.errors.js';
import { AdobeError } from './adobe.refusal.js';

/** Says of some refusals what this place has to say of them. @throws AdobeError for those; what was thrown for all others */
export async function inWords<T>(asked: Promise<T>, words: Exceptions): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const refusal = isDomainError(error) ? words[error.code] : undefined;
    throw refusal ? new AdobeError(refusal) : error;
  }
}
