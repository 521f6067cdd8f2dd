import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JSON_API, JsonApiFault, type ErrorObject } from '#lib/json-api';
import { isDomainError, render, type DomainError } from '../../common/domain-error.js';
import { commerceLayerErrors, internal } from './commerce-layer.errors.js';

/** Words refusals as JSON:API errors. What is no refusal is a fault: logged once, with the id that the caller gets. */
@Catch()
export class CommerceLayerFilter implements ExceptionFilter {
  private readonly log = new Logger(CommerceLayerFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (isDomainError(error)) addHeaders(reply, error);
    const errors = this.errorsOf(error, http.getRequest<FastifyRequest>().id);
    void reply.status(Number(errors[0].status)).header('Content-Type', JSON_API).send({ errors });
  }

  private errorsOf(error: unknown, id: string): JsonApiFault['errors'] {
    if (isDomainError(error)) return [render(commerceLayerErrors, error)];
    if (error instanceof JsonApiFault) return error.errors;
    this.log.error({ err: error, id }, 'a request failed');
    const fault: ErrorObject = { id, ...internal };
    return [fault];
  }
}

/** RFC 6750: no error code where no credential was sent (SEC-55). */
export function addHeaders(reply: FastifyReply, error: DomainError): void {
  if (error.is('NOT_SIGNED_IN')) void reply.header('WWW-Authenticate', 'Bearer');
  if (error.is('TOKEN_REJECTED')) void reply.header('WWW-Authenticate', 'Bearer error="invalid_token"');
  if (error.is('TOKEN_TWICE')) void reply.header('WWW-Authenticate', 'Bearer error="invalid_request"');
  if (error.is('BUSY') || error.is('LIMIT_REACHED')) {
    void reply.header('Retry-After', String(error.details.retryAfterSeconds));
  }
}
