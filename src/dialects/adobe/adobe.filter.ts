import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { IncomingRequest } from '../../access/index.js';
import { isDomainError, render, type DomainError } from '../../common/domain-error.js';
import { AdobeCaller } from './adobe.caller.js';
import { adobeErrors, exceptionsOf, faultFor } from './adobe.errors.js';
import { AdobeError } from './adobe.refusal.js';
import { voiceOf } from './adobe.voice.js';
import { answerTo } from './adobe.words.js';

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
