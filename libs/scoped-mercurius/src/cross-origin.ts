import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Which pages of other origins may read what a schema answers (CORS), and what they may send. */
export interface CrossOriginPolicy {
  /** Origins in the form in which browsers send them, or `*`. A preflight does not say yet for whom it asks. */
  readonly origins: (request: FastifyRequest) => Promise<readonly string[]>;
  readonly requestHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
}

const PREFLIGHT_SECONDS = 7200;

/**
 * Answers preflights and marks answers. Credentials are never allowed: no cookie means anything here. Who asks may be
 * known only after the request's token was looked up, so answers are marked when they are sent.
 */
export function allowCrossOrigin(child: FastifyInstance, path: string, policy: CrossOriginPolicy): void {
  child.options(path, async (_request, reply) => {
    await reply
      .headers({
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': policy.requestHeaders.join(', '),
        'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
      })
      .code(204)
      .send();
  });
  child.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.header('Vary', 'Origin');
    const { origin } = request.headers;
    const allowed = isNamed(origin) ? allowedOrigin(origin, await policy.origins(request)) : null;
    if (allowed === null) return;
    void reply.headers({
      'Access-Control-Allow-Origin': allowed,
      'Access-Control-Expose-Headers': policy.exposedHeaders.join(', '),
    });
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
