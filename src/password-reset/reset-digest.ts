import { digestOf } from '#lib/opaque-token';

/** What a reset is found by; the purpose keeps other secrets from being taken for one (SEC-25, SEC-27). */
export function resetDigest(secret: string): Buffer {
  return digestOf('password-reset', secret);
}
