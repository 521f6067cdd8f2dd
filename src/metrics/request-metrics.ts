import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requests, requestSeconds } from '../common/metrics.js';
import { inRequest, notesOf, type RequestNotes } from '../common/request-notes.js';

/** Whose wire a route belongs to, by how it begins. */
const DIALECTS: readonly (readonly [RegExp, string])[] = [
  [/^\/graphql$/, 'adobe'],
  [/^\/rest\//, 'adobe-rest'],
  [/^\/admin\/api\//, 'shopify-admin'],
  [/^\/api\/:version\//, 'shopify'],
  [/^\/(?:api|oauth|\.well-known)\//, 'commerce-layer'],
  [/^\/cg\/client\//, 'common-ground'],
  [/^\/cg\/admin\//, 'common-ground-admin'],
  [/^\/admin\/v1/, 'admin'],
  [/^\/(?:account|customer\/account)\//, 'pages'],
  [/^\/(?:health\/|metrics)/, 'probes'],
];
const GRAPHQL = new Set(['adobe', 'shopify', 'shopify-admin', 'common-ground', 'common-ground-admin']);

const notes = new WeakMap<FastifyRequest, RequestNotes>();

/** Lets all that is done for a request know which one it is, and counts it when it has been answered. */
export function noteRequests(http: FastifyInstance): void {
  http.addHook('onRequest', (request, _reply, done) => {
    const own = notesOf(request.id);
    notes.set(request, own);
    inRequest(own, done);
  });
  // what reads a body runs in the name of its connection
  http.addHook('preValidation', (request, _reply, done) => inRequest(notes.get(request) ?? notesOf(request.id), done));
  http.addHook('onResponse', (request, reply, done) => {
    count(request, reply);
    done();
  });
}

function count(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url;
  const dialect = DIALECTS.find(([pattern]) => pattern.test(route ?? ''))?.[1] ?? 'other';
  const own = notes.get(request);
  const named = GRAPHQL.has(dialect) ? (own?.operation ?? 'none') : `${request.method} ${route ?? ''}`;
  requests.add(dialect, route === undefined ? 'unknown' : named, outcomeOf(reply.statusCode, own));
  requestSeconds.observe(dialect, reply.elapsedTime / 1000);
}

/** GraphQL answers 200 to whatever it refuses, so that what surfaces have worded counts first. */
function outcomeOf(status: number, own: RequestNotes | undefined): string {
  if (own?.refusal === 'BUSY' || status === 503) return 'unavailable';
  if (own?.isFault || status >= 500) return 'failed';
  if (own?.refusal === 'LIMIT_REACHED' || status === 429) return 'throttled';
  return own?.refusal || status >= 400 ? 'refused' : 'ok';
}
