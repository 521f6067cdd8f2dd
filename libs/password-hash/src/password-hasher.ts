/**
 * Port: turns passwords into storable hashes and checks them. Replace it to keep passwords elsewhere.
 * A password is taken as received but for Unicode normalisation (SEC-18).
 */
export abstract class PasswordHasher {
  /** How many hashes and checks run now, and how many wait. */
  abstract get load(): { readonly running: number; readonly waiting: number };

  /** Whether the next hash or check would be refused now: for who wants to refuse before any other work. */
  abstract get isFull(): boolean;

  /** The storable form. @throws HashQueueFull when too many hashes wait already. */
  abstract hash(password: string): Promise<string>;

  /**
   * Whether the password fits. With no stored hash the answer is false after the same work, so that
   * an account without a password, or no account at all, takes as long as a wrong password (SEC-23, SEC-39).
   * @throws HashQueueFull when too many hashes wait already.
   */
  abstract verify(stored: string | null, password: string): Promise<boolean>;

  /**
   * The form in which a hash that was made elsewhere is stored, and compared by `verify` from then on.
   * @throws HashRefused when its form is not known or its cost is out of bounds
   */
  abstract adopt(foreign: string): string;

  /** Whether a stored hash is of another kind or weaker than what `hash` makes now (SEC-19). */
  abstract isOutdated(stored: string): boolean;
}
