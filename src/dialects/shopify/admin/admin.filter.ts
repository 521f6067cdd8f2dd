import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { IncomingRequest } from '../../../access/index.js';
import { isDomainError } from '../../../common/domain-error.js';
import { ShopifyError } from '../shopify.errors.js';
import { accessDenied, internalError } from '../shopify.filter.js';
import { adminScopeOf } from './admin.scopes.js';

/** Words what stands beside the data: a scope that is missing, a service that is busy, a fault. */
@Catch()
export class ShopifyAdminFilter implements ExceptionFilter {
  private readonly log = new Logger(ShopifyAdminFilter.name);

  catch(error: unknown, host: ArgumentsHost): GraphQLError {
    if (error instanceof GraphQLError) return error;
    const gql = GqlArgumentsHost.create(host);
    const info = gql.getInfo<GraphQLResolveInfo>();
    if (isDomainError(error) && error.is('BUSY')) {
      return new ShopifyError('Throttled', { code: 'THROTTLED' }, error.details.retryAfterSeconds);
    }
    if (isDomainError(error) && (error.is('NOT_ALLOWED') || error.is('NOT_SIGNED_IN'))) {
      return accessDenied(info, adminScopeOf(info));
    }
    const { id } = gql.getContext<{ req: IncomingRequest }>().req;
    this.log.error({ err: error, id }, 'a request failed');
    return internalError(id);
  }
}
