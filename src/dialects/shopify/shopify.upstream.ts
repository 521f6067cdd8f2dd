import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { boundedPost, PostError, type Posted, type PostFault } from '#lib/bounded-post';
import { digestOf } from '#lib/opaque-token';
import { headerOf, withCaller, type Caller } from '../../access/index.js';
import { StoreDirectory, type Upstream } from '../../store/index.js';
import { onlyOperation, ownerOf, type Owner } from './document.owner.js';
import { BUYER_IP, buyerOf, PRIVATE_TOKEN, PUBLIC_TOKEN, ShopifyCaller } from './shopify.caller.js';
import { servedVersion } from './shopify.paths.js';
import { envelopeOf, isObject, TransportRefusal } from './shopify.transport.js';

/** What goes along of a request's headers: neither cookies nor any credential. */
const SENT = [
  'accept-language',
  'custom-storefront-request-group-id',
  'shopify-storefront-s',
  'shopify-storefront-y',
  'user-agent',
  'x-sdk-variant',
  'x-sdk-variant-source',
  'x-sdk-version',
];
/** What comes back of an answer's headers beside its type. */
const RETURNED = ['content-language', 'retry-after', 'x-shopify-api-deprecated-reason', 'x-shopify-api-version'];
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
const BARE_DOCUMENT = /^\s*application\/graphql\s*(?:;|$)/i;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Requests that may wait for the upstream at the same time; one that hangs must not take all memory. */
const MAX_WAITING = 256;
const MAX_KNOWN = 1000;
/** Clients try these again by themselves. */
const TRIED_AGAIN = new Set([429, 503]);

const FAULTS: Readonly<Record<PostFault | 'unreadable', string>> = {
  large: 'The upstream storefront sent more than can be passed on.',
  redirect: 'The upstream storefront sent an answer that cannot be passed on.',
  slow: 'The upstream storefront did not answer in time.',
  unreachable: 'The upstream storefront cannot be reached.',
  unreadable: 'The upstream storefront sent an answer that cannot be passed on.',
};

/** Passes on what is none of ours, where a store has a storefront API behind this one. */
@Injectable()
export class ShopifyUpstream {
  private readonly log = new Logger(ShopifyUpstream.name);
  /** Whose documents are, by digest. */
  private readonly known = new Map<string, Owner>();
  private waiting = 0;

  constructor(
    private readonly caller: ShopifyCaller,
    private readonly stores: StoreDirectory,
  ) {}

  /**
   * Answers a request by what the upstream says; false where it is for us.
   *
   * @throws TransportRefusal, also where the upstream says nothing of use; Error with `errors` for a mixed document
   */
  answer(request: FastifyRequest, reply: FastifyReply): boolean | Promise<boolean> {
    return withCaller(request, this.caller, (caller) => {
      const upstream = this.stores.upstreamOf(caller.store);
      if (!upstream || request.validationError || this.isOurs(request)) return false;
      return this.passOn(request, reply, { caller, upstream });
    });
  }

  private async passOn(
    request: FastifyRequest,
    reply: FastifyReply,
    { caller, upstream }: { readonly caller: Caller; readonly upstream: Upstream },
  ): Promise<true> {
    const posted = await this.post(request, caller, upstream);
    const { status } = posted;
    if (status === 401 || status === 403) this.log.warn(`the upstream of store ${caller.store.code} refuses its token`);
    void reply.code(status).headers(returned(request, posted)).send(posted.body);
    return true;
  }

  /** Of several operations, foreign ones among them, ours is left alone in the document: the others would not be known here. */
  private isOurs(request: FastifyRequest): boolean {
    const envelope = envelopeOf(request) ?? {};
    const { query, operationName } = envelope;
    const source = String(query);
    const name = typeof operationName === 'string' && operationName !== '' ? operationName : null;
    const owner = this.ownerOf(request, source, name);
    if (owner === 'partly' && name !== null) Object.assign(envelope, { query: onlyOperation(source, name) });
    return owner !== 'upstream';
  }

  /** A document that was seen before is not parsed again. */
  private ownerOf(request: FastifyRequest, source: string, name: string | null): Owner {
    const digest = digestOf(`document ${name ?? ''}`, source).toString('base64');
    const known = this.known.get(digest);
    if (known !== undefined) return known;
    const owner = ownerOf(request.server.graphql.schema, source, name);
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size >= MAX_KNOWN) this.known.delete(oldest);
    this.known.set(digest, owner);
    return owner;
  }

  private async post(request: FastifyRequest, caller: Caller, upstream: Upstream): Promise<Posted> {
    if (this.waiting >= MAX_WAITING) throw refusal('The upstream storefront is busy.', request, 503);
    this.waiting += 1;
    try {
      const { type, body } = contentOf(request);
      const posted = await boundedPost({
        url: endpointFor(request, upstream),
        headers: { ...headersFor(request, caller, upstream), 'content-type': type },
        body,
        timeoutMs: upstream.timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      });
      if (JSON_TYPE.test(posted.headers.get('content-type') ?? '')) return posted;
      throw refusal(FAULTS.unreadable, request, TRIED_AGAIN.has(posted.status) ? posted.status : 200);
    } catch (error) {
      throw this.told(error, request, caller);
    } finally {
      this.waiting -= 1;
    }
  }

  /** What a client hears instead of an answer; the operator reads more in the log. */
  private told(error: unknown, request: FastifyRequest, { store }: Caller): unknown {
    if (!(error instanceof PostError)) return error;
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    this.log.warn(`the upstream of store ${store.code} is of no use (${error.fault}${cause})`);
    return refusal(FAULTS[error.fault], request, 200);
  }
}

function refusal(message: string, request: FastifyRequest, status: number): TransportRefusal {
  const extensions = { code: 'UPSTREAM_UNAVAILABLE', requestId: request.id };
  return new TransportRefusal(status, { errors: [{ message, extensions }] });
}

/** What was judged is what is sent: two readers of one text might read two things. */
function contentOf({ headers, body }: FastifyRequest): { readonly body: string; readonly type: string } {
  const envelope = isObject(body) ? body : {};
  return BARE_DOCUMENT.test(headers['content-type'] ?? '')
    ? { body: String(envelope['query']), type: 'application/graphql' }
    : { body: JSON.stringify(envelope), type: 'application/json' };
}

/** An upstream without a path is asked where we were asked. */
function endpointFor({ url }: FastifyRequest, upstream: Upstream): string {
  const endpoint = new URL(upstream.url);
  if (endpoint.pathname === '/') endpoint.pathname = url.replace(/\?.*$/s, '');
  return endpoint.href;
}

/** Our own token stays here; who came without one goes on without one. */
function headersFor(request: FastifyRequest, { client }: Caller, upstream: Upstream): Record<string, string> {
  const buyer = buyerOf(request, client);
  if (buyer === undefined) throw refusal('The client is gone.', request, 400); // nor are its requests the shop's own
  const headers: Record<string, string> = { accept: 'application/json', [BUYER_IP]: buyer };
  if (client) headers[upstream.private ? PRIVATE_TOKEN : PUBLIC_TOKEN] = upstream.token;
  for (const name of SENT) {
    const value = headerOf(request, name);
    if (value !== '') headers[name] = value;
  }
  return headers;
}

function returned(request: FastifyRequest, { headers }: Posted): Record<string, string> {
  const names = ['content-type', ...RETURNED];
  const found = names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { 'x-shopify-api-version': servedVersion(request.url) ?? '', ...Object.fromEntries(found) };
}
