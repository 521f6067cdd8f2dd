const FIRST_PAUSE_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 3600;
const GIVE_UP_MS = 24 * 3600 * 1000;

/** Seconds until the next attempt (15, 30, 60 … 3600), or null once the mail is a day old. */
export function retryAfter(mail: { readonly attempts: number; readonly createdAt: Date }, at: Date): number | null {
  if (at.getTime() - mail.createdAt.getTime() >= GIVE_UP_MS) return null;
  return Math.min(FIRST_PAUSE_SECONDS * 2 ** mail.attempts, LONGEST_PAUSE_SECONDS);
}
