import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDomainError, render, type DomainError } from '../../../common/domain-error.js';
import { adobeErrors } from '../adobe.errors.js';
import { AdobeError, type AdobeCategory, type AdobeProblem, type AdobeRefusal } from '../adobe.refusal.js';
import { answerTo } from '../adobe.words.js';
import { rightOf } from './rest.right.js';
import { NO_ROUTE } from './rest.wire.js';

const STATUS: Readonly<Record<AdobeCategory, number>> = {
  'graphql-input': 400,
  'graphql-authentication': 401,
  'graphql-authorization': 401,
  'graphql-no-such-entity': 404,
  'graphql-already-exists': 400,
};

/** Words refusals as the vendor's REST does: templates with their parameters. Faults are logged once, with the id that is told. */
@Catch()
export class AdobeRestFilter implements ExceptionFilter {
  private readonly log = new Logger(AdobeRestFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (isDomainError(error) && error.is('NOT_SIGNED_IN')) void reply.header('WWW-Authenticate', 'Bearer'); // SEC-55
    const refused = isDomainError(error) ? worded(error, request) : error;
    if (refused instanceof AdobeError) return send(reply, refused);
    const { id } = request;
    this.log.error({ err: error, id }, 'a request failed');
    void reply.status(500).send({ message: `Internal Error. Report ID: ${id}` });
  }
}

function worded(error: DomainError, request: FastifyRequest): AdobeError {
  if (error.is('NOT_ALLOWED') || error.is('NOT_SIGNED_IN')) return new AdobeError(unauthorized(request));
  if (error.is('STORE_UNKNOWN')) return new AdobeError({ ...NO_ROUTE, category: 'graphql-no-such-entity' });
  return new AdobeError(render(adobeErrors, error), answerTo(error));
}

function unauthorized(request: FastifyRequest): AdobeRefusal {
  const message = "The consumer isn't authorized to access %resources.";
  return { message, parameters: { resources: rightOf(request) }, category: 'graphql-authorization' };
}

function send(reply: FastifyReply, { refusal, answer }: AdobeError): void {
  if (answer.retryAfterSeconds !== undefined) void reply.header('Retry-After', String(answer.retryAfterSeconds));
  void reply.status(answer.status ?? STATUS[refusal.category]).send(bodyOf(refusal));
}

/** One problem stands for itself; of more than one there is a list. */
function bodyOf({ also = [], ...first }: AdobeRefusal): object {
  if (also.length === 0) return shown(first);
  return { message: 'One or more input exceptions have occurred.', errors: [first, ...also].map(shown) };
}

function shown({ message, parameters }: AdobeProblem): AdobeProblem {
  return { message, ...(parameters ? { parameters } : {}) };
}
