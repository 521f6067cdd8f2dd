import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '#lib/network-address';
import { ForbiddenAddress, PostError } from './post-error.js';

/** What of a body is let pass, so that no server finds its connection broken for a few words. */
const PASSED_BYTES = 64 * 1024;

type Resolved = (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void;
/** Looks a name up: every address that it has. */
type Resolve = (name: string, options: { readonly all: true }, done: Resolved) => void;

/** A request to a server that somebody else named. */
export interface GuardedPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From looking the name up to the last of the answer's headers. */
  readonly timeoutMs: number;
  /** Whether addresses that are not of the public internet may be asked. */
  readonly allowsPrivate: boolean;
  readonly resolve?: Resolve;
}

/**
 * Posts to a server that somebody else named, and tells the status of its answer; the answer's body is let pass unread. The
 * name is looked up once, each of its addresses is judged, and the connection goes to one that was: a name that changes
 * its mind in between leads nowhere else. Redirects are not followed, nor are connections kept.
 *
 * @throws PostError, ForbiddenAddress and nothing else
 */
export function guardedPost({ url, headers, body, timeoutMs, allowsPrivate, resolve }: GuardedPost): Promise<number> {
  const { hostname, protocol } = new URL(url);
  const address = hostname.replace(/^\[|\]$/g, '');
  if (!allowsPrivate && isIP(address) !== 0 && !isPublicAddress(address)) {
    return Promise.reject(new ForbiddenAddress()); // no look-up happens for what is an address already
  }
  const signal = AbortSignal.timeout(timeoutMs);
  const lookup = lookupAmong(allowsPrivate ? () => true : isPublicAddress, resolve);
  const { request } = protocol === 'https:' ? https : http;
  return new Promise((answered, failed) => {
    const asked = request(url, { method: 'POST', headers, signal, lookup, agent: false });
    asked.once('response', (answer) => {
      answered(answer.statusCode ?? 0);
      drain(answer, () => asked.destroy());
    });
    asked.on('error', (error) => {
      const fault = signal.aborted ? 'slow' : 'unreachable';
      failed(error instanceof ForbiddenAddress ? error : new PostError(fault, error));
    });
    asked.end(body);
  });
}

/** Lets the server finish what it says, as far as it is short; the request's time is that of the body, too. */
function drain(answer: http.IncomingMessage, hangUp: () => void): void {
  let bytes = 0;
  answer.on('error', () => undefined); // the status is known
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > PASSED_BYTES) hangUp();
  });
}

function lookupAmong(isAllowed: (address: string) => boolean, resolve: Resolve = systemLookup): LookupFunction {
  return (name, { all }, done) => {
    resolve(name, { all: true }, (error, addresses) => {
      if (error) return done(error, []); // there are no addresses then, not even none
      const [first] = addresses;
      if (!first) return done(new Error('the name has no address'), []);
      if (!addresses.every(({ address }) => isAllowed(address))) return done(new ForbiddenAddress(), []);
      if (all) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
}
