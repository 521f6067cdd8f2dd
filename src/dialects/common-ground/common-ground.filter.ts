import { randomUUID } from 'node:crypto';
import { Catch, Logger, type ExceptionFilter } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { isDomainError, render } from '../../common/domain-error.js';
import { CommonGroundError, type CommonGroundErrors } from './common-ground.errors.js';

/** Words refusals as one surface does. What is no refusal is a fault: logged once, with the id that the caller gets. */
@Catch()
export class CommonGroundFilter implements ExceptionFilter {
  private readonly log = new Logger(CommonGroundFilter.name);

  constructor(private readonly errors: CommonGroundErrors) {}

  catch(error: unknown): GraphQLError {
    if (error instanceof GraphQLError) return error;
    if (isDomainError(error)) return new CommonGroundError(render(this.errors, error));
    const id = randomUUID();
    this.log.error({ err: error, id }, 'a request failed');
    return new GraphQLError('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR', id } });
  }
}
