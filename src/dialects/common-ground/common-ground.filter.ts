import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import type { IncomingRequest } from '../../access/index.js';
import { isDomainError, render } from '../../common/domain-error.js';
import { CommonGroundError, type CommonGroundErrors } from './common-ground.errors.js';

/** Words refusals as one surface does. What is no refusal is a fault: logged once, with the request's id. */
@Catch()
export class CommonGroundFilter implements ExceptionFilter {
  private readonly log = new Logger(CommonGroundFilter.name);

  constructor(private readonly errors: CommonGroundErrors) {}

  catch(error: unknown, host: ArgumentsHost): GraphQLError {
    if (error instanceof GraphQLError) return error;
    if (isDomainError(error)) return new CommonGroundError(render(this.errors, error));
    const { id } = GqlArgumentsHost.create(host).getContext<{ req: IncomingRequest }>().req;
    this.log.error({ err: error, id }, 'a request failed');
    return new GraphQLError('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR', id } });
  }
}
