import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import { networkKey } from '#lib/network-address';
import { DomainError } from '../common/domain-error.js';
import type { Session } from '../customer/index.js';
import type { Trail } from '../event/index.js';
import type { ApiClient, Store } from '../store/index.js';

/** How RFC 6750 calls a token in a URL. */
const IN_URL = 'access_token';

/** Who is calling, which store is meant, and where the call came from. */
export interface Caller {
  readonly store: Store;
  readonly trail: Trail;
  /** The customer who is signed in, or null. */
  readonly session: Session | null;
  /** The machine or administrator whose credential was presented, or null. */
  readonly client: ApiClient | null;
  /** What the presented token says of itself, where it says anything. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The parts of a request that tell who is calling. */
export interface IncomingRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** None where the client had gone before its connection was taken, however the framework declares it. */
  readonly ip: string | undefined;
  readonly id: string;
  readonly url: string;
  readonly method: string;
}

/** How one API tells who is calling: from headers, or from a field's arguments. */
export abstract class CallerReader {
  /** @throws DomainError STORE_UNKNOWN, TOKEN_REJECTED, TOKEN_TWICE */
  abstract read(request: IncomingRequest): Promise<Caller>;
}

const callers = new WeakMap<IncomingRequest, Caller | Promise<Caller>>();

/** The caller of a request, read once; no promise any more when it has been. */
export function callerOf(request: IncomingRequest, reader: CallerReader): Caller | Promise<Caller> {
  const known = callers.get(request);
  if (known) return known;
  const reading = reader.read(request).then((caller) => {
    callers.set(request, caller);
    return caller;
  });
  callers.set(request, reading);
  return reading;
}

/** Does something with the caller: at once, and throwing at once, where it has been read. */
export function withCaller<T>(
  request: IncomingRequest,
  reader: CallerReader,
  use: (caller: Caller) => T | Promise<T>,
): T | Promise<T> {
  const caller = callerOf(request, reader);
  return caller instanceof Promise ? caller.then(use) : use(caller);
}

/** The caller of a request if it was asked for already, else undefined; no promise once it has been read. */
export function knownCaller(request: IncomingRequest): Caller | Promise<Caller> | undefined {
  return callers.get(request);
}

/** The store that a caller was found to belong to; null: nobody has asked, or it was refused. */
export async function knownStore(request: IncomingRequest): Promise<Store | null> {
  try {
    return (await knownCaller(request))?.store ?? null;
  } catch {
    return null; // it was told to whoever asked
  }
}

/** The request behind a handler of either kind. */
export function requestOf(context: ExecutionContext): IncomingRequest {
  if (context.getType<GqlContextType>() !== 'graphql') return context.switchToHttp().getRequest<IncomingRequest>();
  return graphqlOf(context).context.req;
}

/** The root field that a handler answers; null: it answers no GraphQL. */
export function fieldOf(context: ExecutionContext): string | null {
  return context.getType<GqlContextType>() === 'graphql' ? graphqlOf(context).info.fieldName : null;
}

interface GraphqlArguments {
  readonly context: { readonly req: IncomingRequest };
  readonly info: { readonly fieldName: string };
}

/** What a resolver is called with: the object, the field's arguments, and these. */
function graphqlOf(context: ExecutionContext): GraphqlArguments {
  return { context: context.getArgByIndex(2), info: context.getArgByIndex(3) };
}

/** Hands the caller to a handler. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller | Promise<Caller> => {
  const caller = knownCaller(requestOf(context));
  if (!caller) throw new Error('the handler has no caller; its class needs @CallerFrom');
  return caller;
});

/** The trail of a request through an API (SEC-6, SEC-7: the address has been told apart from proxies by now). */
export function trailOf(request: IncomingRequest, origin: string): Trail {
  const { id: requestId, ip } = request;
  let network: string | undefined;
  return {
    origin,
    requestId,
    get network() {
      return (network ??= networkKey(ip ?? '')); // most requests leave no trail
    },
  };
}

/** A header that was sent once, else an empty text. */
export function headerOf({ headers }: IncomingRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/**
 * The Authorization header. Tokens in URLs are not read (SEC-11), but who sends one beside the header has sent two, and
 * nobody can say which of them was meant (RFC 6750 §2, SEC-55).
 *
 * @throws DomainError TOKEN_TWICE
 */
export function authorizationOf(request: IncomingRequest): string {
  const header = headerOf(request, 'authorization');
  const [, query = ''] = request.url.split('?', 2);
  const mayHaveToken = header !== '' && query !== '';
  if (mayHaveToken && new URLSearchParams(query).has(IN_URL)) throw new DomainError('TOKEN_TWICE');
  return header;
}
