import type { FastifyReply, FastifyRequest } from 'fastify';

/** Which pages of other origins may read what an API answers (CORS), and what they may send. */
export interface CrossOriginPolicy {
  /** Origins in the form in which browsers send them, or `*`. A preflight does not say yet for whom it asks. */
  readonly origins: (request: FastifyRequest) => Promise<readonly string[]>;
  readonly methods: readonly string[];
  readonly requestHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
}

const PREFLIGHT_SECONDS = 7200;

/** Answers a preflight; whether the page may go on is said by `markAnswer`, as of any answer. */
export function answerPreflight(reply: FastifyReply, { methods, requestHeaders }: CrossOriginPolicy): FastifyReply {
  return reply
    .headers({
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': requestHeaders.join(', '),
      'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
    })
    .code(204)
    .send();
}

/**
 * Says whose pages may read an answer. Credentials are never allowed: no cookie means anything here. Who asks may be
 * known only after the request's token was looked up, so answers are marked when they are sent.
 */
export async function markAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  policy: CrossOriginPolicy,
): Promise<void> {
  void reply.header('Vary', 'Origin');
  const { origin } = request.headers;
  const allowed = isNamed(origin) ? allowedOrigin(origin, await policy.origins(request)) : null;
  if (allowed === null) return;
  void reply.headers({
    'Access-Control-Allow-Origin': allowed,
    'Access-Control-Expose-Headers': policy.exposedHeaders.join(', '),
  });
}

/** An origin without a name (`null`) is nobody's. */
function isNamed(origin: string | undefined): origin is string {
  return origin !== undefined && origin !== 'null';
}

/** Exactly what was listed. */
function allowedOrigin(origin: string, allowed: readonly string[]): string | null {
  if (allowed.includes(origin)) return origin;
  return allowed.includes('*') ? '*' : null;
}
