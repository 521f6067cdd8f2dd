import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { IncomingRequest } from '../../access/index.js';
import { DomainError, isDomainError, render } from '../../common/domain-error.js';
import { AdobeCaller } from './adobe.caller.js';
import { adobeErrors, exceptionsOf, faultFor } from './adobe.errors.js';
import { AdobeError, type AdobeAnswer } from './adobe.refusal.js';
import { voiceOf } from './adobe.voice.js';

/** Words refusals as the vendor does. What is no refusal is a fault: logged once, with the request's id. */
@Catch()
export class AdobeFilter implements ExceptionFilter {
  private readonly log = new Logger(AdobeFilter.name);

  constructor(private readonly caller: AdobeCaller) {}

  catch(error: unknown, host: ArgumentsHost): GraphQLError {
    if (error instanceof GraphQLError) return error;
    const gql = GqlArgumentsHost.create(host);
    const { fieldName } = gql.getInfo<GraphQLResolveInfo>();
    const { req } = gql.getContext<{ req: IncomingRequest }>();
    if (isDomainError(error)) return this.worded(error, fieldName, req);
    const { id } = req;
    this.log.error({ err: error, id }, 'a request failed');
    const { message = 'Internal server error', category } = faultFor(fieldName) ?? {};
    return new GraphQLError(message, { extensions: category ? { category, id } : { id } });
  }

  private worded(error: DomainError, operation: string, request: IncomingRequest): AdobeError {
    const voice = voiceOf(this.caller.storeOf(request));
    const refusal = exceptionsOf(operation, voice)[error.code] ?? render(adobeErrors, error);
    return new AdobeError(refusal, answerTo(error));
  }
}

/** While the hashing queue is full, clients are told when to come back (SEC-20). */
export function answerTo(error: DomainError): AdobeAnswer {
  if (!error.is('BUSY')) return {};
  return { status: 503, retryAfterSeconds: error.details.retryAfterSeconds };
}
