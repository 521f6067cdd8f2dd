import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '#lib/network-address';
import { ForbiddenAddress, PostError } from './post-error.js';

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
 * Posts to a server that somebody else named, and tells the status of its answer; the answer's body is not read. The
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
      asked.destroy();
    });
    asked.on('error', (error) => {
      const fault = signal.aborted ? 'slow' : 'unreachable';
      failed(error instanceof ForbiddenAddress ? error : new PostError(fault, error));
    });
    asked.end(body);
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
