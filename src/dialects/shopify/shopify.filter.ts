import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { IncomingRequest } from '../../access/index.js';
import { isDomainError, render, type DomainError } from '../../common/domain-error.js';
import { exceptionFor, shopifyErrors, ShopifyError, throttledText } from './shopify.errors.js';
import { scopeOf } from './shopify.scopes.js';

const INTERNAL = 'Internal error. Looks like something went wrong on our end.';
const SCOPES_PAGE = 'https://shopify.dev/api/usage/access-scopes';

/** Words what stands beside the data. What is no refusal is a fault: logged once, with the request's id. */
@Catch()
export class ShopifyFilter implements ExceptionFilter {
  private readonly log = new Logger(ShopifyFilter.name);

  catch(error: unknown, host: ArgumentsHost): GraphQLError {
    if (error instanceof GraphQLError) return error;
    const gql = GqlArgumentsHost.create(host);
    const info = gql.getInfo<GraphQLResolveInfo>();
    if (isDomainError(error)) return worded(error, info);
    const { id } = gql.getContext<{ req: IncomingRequest }>().req;
    this.log.error({ err: error, id }, 'a request failed');
    return internalError(id);
  }
}

/** A fault of ours; it tells nothing but the id under which it was logged (SEC-68). */
export function internalError(requestId: string): ShopifyError {
  return new ShopifyError(INTERNAL, { code: 'INTERNAL_SERVER_ERROR', requestId });
}

function worded(error: DomainError, info: GraphQLResolveInfo): ShopifyError {
  const refusal = exceptionFor(info.fieldName, error.code) ?? render(shopifyErrors, error);
  if (!('runtime' in refusal)) return new ShopifyError(refusal.message, { code: refusal.code });
  if (refusal.runtime === 'ACCESS_DENIED') return accessDenied(info, scopeOf(info), refusal.text);
  if (error.is('BUSY')) return new ShopifyError(refusal.text, { code: 'THROTTLED' }, error.details.retryAfterSeconds);
  const message = refusal.runtime === 'THROTTLED' ? throttledText(info.fieldName) : refusal.text;
  return new ShopifyError(message, { code: refusal.runtime });
}

/** A scope is missing, or what `text` says besides. */
export function accessDenied({ fieldName }: GraphQLResolveInfo, scope: string, text = ''): ShopifyError {
  const requiredAccess = [`\`${scope}\` access scope.`, text].filter((part) => part !== '').join(' ');
  return new ShopifyError(`Access denied for ${fieldName} field. Required access: ${requiredAccess}`, {
    code: 'ACCESS_DENIED',
    documentation: SCOPES_PAGE,
    requiredAccess,
  });
}
