import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { networkKey } from '#lib/network-address';
import type { Session } from '../customer/index.js';
import type { Trail } from '../event/index.js';
import type { ApiClient, Store } from '../store/index.js';

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
  readonly ip: string;
  readonly id: string;
  readonly url: string;
  readonly method: string;
}

/** How one API tells who is calling: from headers, or from a field's arguments. */
export abstract class CallerReader {
  /** @throws DomainError STORE_UNKNOWN, TOKEN_REJECTED */
  abstract read(request: IncomingRequest): Promise<Caller>;
}

const callers = new WeakMap<IncomingRequest, Promise<Caller>>();

/** The caller of a request, read once. */
export function callerOf(request: IncomingRequest, reader: CallerReader): Promise<Caller> {
  const known = callers.get(request) ?? reader.read(request);
  callers.set(request, known);
  return known;
}

/** The caller of a request if it was asked for already, else undefined. */
export function knownCaller(request: IncomingRequest): Promise<Caller> | undefined {
  return callers.get(request);
}

/** The request behind a handler of either kind. */
export function requestOf(context: ExecutionContext): IncomingRequest {
  if (context.getType<GqlContextType>() !== 'graphql') return context.switchToHttp().getRequest<IncomingRequest>();
  return GqlExecutionContext.create(context).getContext<{ req: IncomingRequest }>().req;
}

/** Hands the caller to a handler. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Promise<Caller> => {
  const caller = callers.get(requestOf(context));
  if (!caller) throw new Error('the handler has no caller; its class needs @CallerFrom');
  return caller;
});

/** The trail of a request through an API (SEC-6, SEC-7: the address has been told apart from proxies by now). */
export function trailOf(request: IncomingRequest, origin: string): Trail {
  return { origin, network: networkKey(request.ip), requestId: request.id };
}

/** A header that was sent once, else an empty text. */
export function headerOf({ headers }: IncomingRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
