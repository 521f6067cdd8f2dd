import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { boundedGet } from '#lib/bounded-post';

/** A range of the public service has about 40 kB, padded up to 100. */
const MAX_BYTES = 512 * 1024;
const PREFIX = 5;
const HASH = 40;
/** No line of a file of hashes is longer: hash, colon, count, line break. */
const MAX_LINE = 80;
/** From here on a file is read instead of halved. */
const BLOCK = 4096;

/** Knows the SHA-1 hashes of passwords that were found in leaks. */
export interface BreachSource {
  /** By 40 upper-case hexadecimal digits. @throws Error when nothing can be known */
  has(sha1: string): Promise<boolean>;
  /** Lets go of what is open. */
  close(): Promise<void>;
}

/** SHA-1 of the NFC form, in upper-case hexadecimal digits, as lists of leaks have it. */
export function breachHashOf(password: string): string {
  return createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase();
}

/**
 * Opens what answers in the form of Pwned Passwords: the base URL of its range API, a folder of its ranges
 * (`21BD1.txt` or `21BD1`: lines `<35 digits>:<count>`), or one file of `<40 digits>:<count>` in the order of hashes.
 *
 * @param timeoutMs for each question that goes to a URL
 * @throws Error of the file system when there is no such folder or file
 */
export async function openBreachSource(place: string, timeoutMs: number): Promise<BreachSource> {
  if (/^https?:/i.test(place)) return new RangeSource((prefix) => fetched(`${place}/${prefix}`, timeoutMs));
  if ((await stat(place)).isDirectory()) return new RangeSource((prefix) => rangeIn(place, prefix));
  return new SortedFile(await open(place));
}

/** Nobody but us learns more of a hash than its first five digits (k-anonymity). */
class RangeSource implements BreachSource {
  constructor(private readonly rangeOf: (prefix: string) => Promise<string>) {}

  async has(sha1: string): Promise<boolean> {
    const range = await this.rangeOf(sha1.slice(0, PREFIX));
    const found = new RegExp(`^${sha1.slice(PREFIX)}:([0-9]+)\\r?$`, 'im').exec(range);
    return found !== null && Number(found[1]) > 0; // padding has a count of 0
  }

  async close(): Promise<void> {
    // nothing is held between two questions
  }
}

async function fetched(url: string, timeoutMs: number): Promise<string> {
  const headers = { 'Add-Padding': 'true', 'User-Agent': 'Keyturn' };
  const { status, body } = await boundedGet({ url, headers, timeoutMs, maxBytes: MAX_BYTES });
  if (status !== 200) throw new Error(`the range was answered with ${status}`);
  return body.toString('latin1');
}

async function rangeIn(folder: string, prefix: string): Promise<string> {
  try {
    return await readFile(join(folder, `${prefix}.txt`), 'latin1');
  } catch {
    return readFile(join(folder, prefix), 'latin1');
  }
}

/** All hashes in one file, found by halving it. */
class SortedFile implements BreachSource {
  constructor(private readonly file: FileHandle) {}

  async has(sha1: string): Promise<boolean> {
    let from = 0;
    let to = (await this.file.stat()).size;
    while (to - from > BLOCK) {
      const middle = Math.floor((from + to) / 2);
      const start = await this.lineAfter(middle);
      if (start === null || start.hash > sha1) to = middle;
      else from = start.at;
    }
    const lines = (await this.textAt(from, BLOCK + 2 * MAX_LINE)).split('\n');
    return lines.some((line) => line.slice(0, HASH).toUpperCase() === sha1);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** The first whole line after a byte; null: there is none. */
  private async lineAfter(at: number): Promise<{ readonly at: number; readonly hash: string } | null> {
    const text = await this.textAt(at, 2 * MAX_LINE);
    const end = text.indexOf('\n');
    const hash = text.slice(end + 1, end + 1 + HASH).toUpperCase();
    return end === -1 || hash.length < HASH ? null : { at: at + end + 1, hash };
  }

  private async textAt(at: number, bytes: number): Promise<string> {
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(bytes), 0, bytes, at);
    return buffer.toString('latin1', 0, bytesRead);
  }
}
