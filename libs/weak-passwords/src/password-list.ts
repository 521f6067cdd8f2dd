import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { commonPasswordsFile } from './common-passwords.cjs';

const COMMONEST = 10_000;
/** No policy lets shorter ones through, so they would only take the place of others. */
const SHORTEST = 8;

/** Passwords, compared whole and ignoring case. Of each only a print of 8 bytes is kept, sorted: 10,000 take 80 kB. */
export class PasswordList {
  private constructor(private readonly prints: Float64Array) {}

  static of(passwords: Iterable<string>): PasswordList {
    return new PasswordList(Float64Array.from(passwords, printOf).sort());
  }

  /** The 10,000 commonest passwords of 8 characters or more, and the lines of a file of one's own. @throws Error of the file system */
  static async load(ownList: string | null): Promise<PasswordList> {
    const prints = (await commonPasswords()).map(printOf);
    if (ownList !== null) for await (const line of linesOf(ownList)) prints.push(printOf(line));
    return new PasswordList(Float64Array.from(prints).sort());
  }

  get size(): number {
    return this.prints.length;
  }

  has(password: string): boolean {
    const wanted = printOf(password);
    let from = 0;
    let to = this.prints.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const print = this.prints[middle] ?? 0;
      if (print === wanted) return true;
      if (print < wanted) from = middle + 1;
      else to = middle;
    }
    return false;
  }
}

async function commonPasswords(): Promise<string[]> {
  const all = JSON.parse(await readFile(commonPasswordsFile, 'utf8')) as readonly string[];
  return all.filter(({ length }) => length >= SHORTEST).slice(0, COMMONEST);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line.trim() !== '') yield line.trim();
  }
}

/**
 * 53 bits of a text (cyrb53, a public-domain hash by bryc). No secret rests on it: a text that happens to have the print of
 * another is one password in 10^11 that is refused for nothing.
 */
function printOf(password: string): number {
  const text = password.normalize('NFC').toLowerCase();
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
