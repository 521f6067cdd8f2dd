import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, isDomainError, render } from '../common/domain-error.js';
import { adminErrors, type Problem } from './admin.errors.js';
import { MalformedInput, Refused } from './admin.input.js';

/** Answers refusals as RFC 9457 problem details. */
@Catch()
export class AdminFilter implements ExceptionFilter {
  private readonly log = new Logger(AdminFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.problemOf(error, http.getRequest<FastifyRequest>().id);
    if (isDomainError(error)) addHeaders(reply, error);
    const instance = `urn:uuid:${http.getRequest<FastifyRequest>().id}`;
    void reply
      .status(problem.status)
      .header('Content-Type', 'application/problem+json')
      .send({ type: 'about:blank', ...problem, instance });
  }

  private problemOf(error: unknown, id: string): Problem {
    if (isDomainError(error)) return render(adminErrors, error);
    if (error instanceof MalformedInput || error instanceof Refused) return error.problem;
    if (error instanceof HttpException) return { status: error.getStatus(), title: error.message };
    this.log.error({ err: error, id }, 'a request failed');
    return { status: 500, title: 'Internal Server Error' };
  }
}

/** RFC 6750: no error code where no credential was sent. */
function addHeaders(reply: FastifyReply, error: DomainError): void {
  if (error.is('NOT_SIGNED_IN')) void reply.header('WWW-Authenticate', 'Bearer');
  if (error.is('TOKEN_REJECTED')) void reply.header('WWW-Authenticate', 'Bearer error="invalid_token"');
  if (error.is('TOKEN_TWICE')) void reply.header('WWW-Authenticate', 'Bearer error="invalid_request"');
  if (error.is('BUSY') || error.is('LIMIT_REACHED')) {
    void reply.header('Retry-After', String(error.details.retryAfterSeconds));
  }
}
