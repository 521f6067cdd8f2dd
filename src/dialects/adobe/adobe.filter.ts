import { randomUUID } from 'node:crypto';
import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { IncomingRequest } from '../../access/index.js';
import { DomainError, render } from '../../common/domain-error.js';
import { AdobeCaller, tellsAll } from './adobe.caller.js';
import { AdobeError, adobeErrors, exceptionFor, type AdobeRefusal } from './adobe.errors.js';

/** Words refusals as the vendor does. What is no refusal is a fault: logged once, with the id that the caller gets. */
@Catch()
export class AdobeFilter implements ExceptionFilter {
  private readonly log = new Logger(AdobeFilter.name);

  constructor(private readonly caller: AdobeCaller) {}

  catch(error: unknown, host: ArgumentsHost): GraphQLError {
    if (error instanceof GraphQLError) return error;
    if (error instanceof DomainError) return new AdobeError(this.worded(error, host), extensionsOf(error));
    const id = randomUUID();
    this.log.error({ err: error, id }, 'a request failed');
    return new GraphQLError('Internal server error', { extensions: { id } });
  }

  private worded(error: DomainError, host: ArgumentsHost): AdobeRefusal {
    const gql = GqlArgumentsHost.create(host);
    const { fieldName } = gql.getInfo<GraphQLResolveInfo>();
    const store = this.caller.storeOf(gql.getContext<{ req: IncomingRequest }>().req);
    return exceptionFor(fieldName, error.code, !store || !tellsAll(store)) ?? render(adobeErrors, error);
  }
}

/** What the status of the answer depends on, taken off again before it is sent. */
function extensionsOf(error: DomainError): Readonly<Record<string, unknown>> {
  if (error.is('TOKEN_REJECTED')) return { rejected: true };
  return error.is('BUSY') ? { retryAfter: error.details.retryAfterSeconds } : {};
}
