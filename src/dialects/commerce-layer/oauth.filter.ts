import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDomainError, render } from '../../common/domain-error.js';
import { oauthAnswer, oauthErrors, OauthFault, transportRefusal, type OauthRefusal } from './oauth.errors.js';

/** Words refusals as the vendor's OAuth does. What is no refusal is a fault, logged once. */
@Catch()
export class OauthFilter implements ExceptionFilter {
  private readonly log = new Logger(OauthFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>().header('Pragma', 'no-cache');
    const refusal = this.refusalOf(error, http.getRequest<FastifyRequest>());
    if (refusal.status === 401) void reply.header('WWW-Authenticate', 'Basic realm="oauth"');
    if (isDomainError(error) && (error.is('BUSY') || error.is('LIMIT_REACHED'))) {
      void reply.header('Retry-After', String(error.details.retryAfterSeconds));
    }
    void reply.status(refusal.status).send(oauthAnswer(refusal));
  }

  private refusalOf(error: unknown, { id }: FastifyRequest): OauthRefusal {
    if (error instanceof OauthFault) return error.refusal;
    if (isDomainError(error)) return render(oauthErrors, error);
    this.log.error({ err: error, id }, 'a token request failed');
    return transportRefusal(500);
  }
}
