import { isDomainError, type DomainError } from '../../common/domain-error.js';
import type { Exceptions } from './adobe.errors.js';
import { AdobeError, type AdobeAnswer } from './adobe.refusal.js';

/** Says of some refusals what this place has to say of them. @throws AdobeError for those; what was thrown for all others */
export async function inWords<T>(asked: Promise<T>, words: Exceptions): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const refusal = isDomainError(error) ? words[error.code] : undefined;
    throw isDomainError(error) && refusal ? new AdobeError(refusal, answerTo(error)) : error;
  }
}

/**
 * What a refusal asks of the answer as a whole. While the hashing queue is full and over a limit, clients are told when
 * to come back (SEC-20): limits count names that nobody has like all others, so their wait tells nothing (SEC-77).
 */
export function answerTo(error: DomainError): AdobeAnswer {
  if (error.is('LIMIT_REACHED')) return { retryAfterSeconds: error.details.retryAfterSeconds };
  if (error.is('BUSY')) return { status: 503, retryAfterSeconds: error.details.retryAfterSeconds };
  return {};
}
