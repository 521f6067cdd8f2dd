import fc from 'fast-check';
import type { Answer, TestApp } from '../support/test-app.js';
import type { Draw } from './hostile.js';

/** What no answer may show (SEC-68, SEC-21). Nothing hostile that we send contains any of it. */
const INSIDE =
  /node_modules|\.[cm]?[jt]s:\d|\n\s+at |QueryFailed|SQLITE_|\bER_[A-Z]{4}|near ".*": syntax|SELECT [^]*FROM|INSERT INTO|\bUPDATE \w+ SET|TypeError|RangeError|ReferenceError|Cannot (?:read|convert|destructure)|is not (?:a function|iterable)|\[object Object\]|libsql|mysql2|typeorm/;
const SECRET =
  /\$argon2id\$v=19\$m=64|demo-multipass|demo-integration-secret|demo-cg-secret|demo-admin-password|-----BEGIN|password_hash/;
const SLOW_MS = 1000;
const FAULT = /"level":(?:50|60)|a request failed/;

export type Sent = Parameters<TestApp['request']>[0];

/** How much of what was sent came to something, so that a fuzz that only ever gets refused is seen. */
export interface Tally {
  sent: number;
  accepted: number;
}

/** Sends a request and finds fault with what comes back. */
export async function judged(app: TestApp, request: Sent, tally?: Tally): Promise<Answer> {
  app.logged.length = 0;
  const began = performance.now();
  const answer = await app.request(request);
  const took = performance.now() - began;
  const faults = faultsOf(answer, request);
  if (took > SLOW_MS && (await isSlowAgain(app, request))) faults.push(`it took ${Math.round(took)} ms`);
  faults.push(...app.logged.filter((line) => FAULT.test(line)).map((line) => `logged: ${line.slice(0, 1500)}`));
  if (tally) {
    tally.sent += 1;
    if (answer.status < 400 && !/^\{"errors"/.test(answer.text)) tally.accepted += 1;
  }
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${wordOf(request)}\n${wordOf(answer)}`);
  return answer;
}

function faultsOf({ status, headers, text }: Answer, { method }: Sent): string[] {
  const faults: string[] = [];
  const isBusy = status === 503 && headers['retry-after'] !== undefined;
  if (status >= 500 && !isBusy) faults.push(`status ${status}`);
  if (text !== '' && typeof headers['content-type'] !== 'string') faults.push('a body of no stated type');
  if (status >= 400 && text === '' && method !== 'HEAD') faults.push(`status ${status} without a word`);
  for (const pattern of [INSIDE, SECRET]) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) faults.push(`it shows ${JSON.stringify(found)}`);
  }
  return faults;
}

/** A busy machine may hold any request up once. */
async function isSlowAgain(app: TestApp, request: Sent): Promise<boolean> {
  const began = performance.now();
  await app.request(request);
  return performance.now() - began > SLOW_MS;
}

function wordOf(value: unknown): string {
  return JSON.stringify(value).slice(0, 3000);
}

const seed = process.env['FUZZ_SEED'];

/** Runs generated requests; a failure prints its seed, and FUZZ_SEED repeats it. */
export function fuzz(runs: number, run: (draw: Draw) => Promise<unknown>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      await run((from) => draw(() => from));
    }),
    { numRuns: Math.ceil(runs * FUZZ), endOnFailure: true, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
}
