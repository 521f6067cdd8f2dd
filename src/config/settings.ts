import { readFileSync } from 'node:fs';

/** Reads environment variables and collects faults instead of stopping at the first. */
export class Settings {
  readonly faults: string[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  fault(message: string): void {
    if (!this.faults.includes(message)) this.faults.push(message);
  }

  /** The value, or the content of the file that `<NAME>_FILE` names (one trailing line break is dropped). */
  optional(name: string): string | null {
    const direct = this.env[name];
    const file = this.env[`${name}_FILE`];
    if (direct && file) this.fault(`${name} and ${name}_FILE are both set; keep one`);
    if (direct) return direct;
    return file ? this.contentOf(name, file) : null;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const text = this.optional(name);
    if (text === null) return fallback;
    const found = allowed.find((value) => value === text);
    if (found === undefined) this.fault(`${name} must be one of ${allowed.join(', ')}, but is ${JSON.stringify(text)}`);
    return found ?? fallback;
  }

  integer(name: string, fallback: number, from: number, to: number): number {
    const text = this.optional(name);
    if (text === null) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    this.fault(`${name} must be a whole number from ${from} to ${to}, but is ${JSON.stringify(text)}`);
    return fallback;
  }

  /** An http(s) URL without user, query and fragment; the trailing slash is dropped. */
  url(name: string, fallback: string): string {
    const description = 'an http or https URL without user, query and fragment';
    return this.matching(name, fallback, isBaseUrl, description).replace(/\/$/, '');
  }

  /** The value is not shown in the fault: it may hold a password. */
  matching(name: string, fallback: string, fits: (text: string) => boolean, description: string): string {
    const text = this.text(name, fallback);
    if (fits(text)) return text;
    this.fault(`${name} must be ${description}`);
    return fallback;
  }

  /** Neither content nor path is shown in the fault: the secret itself may stand where the path should. */
  private contentOf(name: string, file: string): string | null {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      this.fault(`${name}_FILE names a file that cannot be read (${codeOf(error)})`);
      return null;
    }
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

/**
 * Whether a text can be the base of links: http or https, a host, no user, query or fragment. What `URL` would silently
 * repair (white space, missing slashes, an empty query) is refused, because links are made of the text itself.
 */
export function isBaseUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s\\?#/][^\s\\?#]*$/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
