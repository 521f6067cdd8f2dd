import type { FastifyRequest } from 'fastify';
import { UnreadableRequest } from '#lib/scoped-mercurius';
import { isDomainError } from '../../common/domain-error.js';
import { servedVersion } from './shopify.paths.js';

/** A request that is no GraphQL request of this API: a status, and what little there is to say. */
export class TransportRefusal extends Error {
  override readonly name = 'TransportRefusal';

  constructor(
    readonly status: number,
    readonly body: object,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`refused with status ${status}`);
  }
}

const refusal = (status: number, errors: string): TransportRefusal => new TransportRefusal(status, { errors });

export const WRONG_TOKEN = new TransportRefusal(401, {
  errors: [{ message: '', extensions: { code: 'UNAUTHORIZED' } }],
});

/** What a credential gets that was not accepted: `wrong`, unless it could not be looked up at the moment. */
export function credentialRefusal(error: unknown, wrong: TransportRefusal): unknown {
  if (!isDomainError(error)) return error;
  if (!error.is('BUSY')) return wrong;
  const throttled = { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] };
  return new TransportRefusal(503, throttled, error.details.retryAfterSeconds);
}

/** What is wrong with a request before its body counts, or null. */
export function addressRefusal({ method, url }: FastifyRequest): TransportRefusal | null {
  if (method !== 'POST') return refusal(405, 'Method Not Allowed');
  return servedVersion(url) === null ? refusal(404, 'Not Found') : null;
}

/** The refusal behind an error of the server's, or null where the request could be read. */
export function bodyRefusal(error: Error, request: FastifyRequest): TransportRefusal | null {
  if (error instanceof TransportRefusal) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return refusal(415, 'Unsupported Media Type');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refusal(413, 'Content Too Large');
  if (error instanceof UnreadableRequest) return envelopeOf(request) ? null : refusal(400, 'Bad Request');
  const isUnparsed = error instanceof SyntaxError || code.startsWith('FST_ERR_') || code === 'ERR_BAD_REQUEST';
  return isUnparsed ? refusal(400, 'Bad Request') : null;
}

/** The body if it is a JSON object, else null. */
export function envelopeOf({ body }: FastifyRequest): Readonly<Record<string, unknown>> | null {
  return isObject(body) ? body : null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
