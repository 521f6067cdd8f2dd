import type { FastifyRequest } from 'fastify';

/** What a route wants of its caller: a customer's own token, or a resource that administrators and integrations have. */
export type AdobeRight = 'anonymous' | 'self' | `Magento_${string}::${string}`;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a refusal names. */
    readonly adobeRight?: AdobeRight;
  }
}

/** What the route of a request wants. */
export function rightOf({ routeOptions }: FastifyRequest): AdobeRight {
  return routeOptions.config.adobeRight ?? 'anonymous';
}
